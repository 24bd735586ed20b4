package session

// Class says what becomes of a value while it is written.
type Class uint8

// The classes. There is none for secrets: a type that can hold one is not
// listed, and what is not listed is not written.
const (
	Unlisted Class = iota
	Keep           // numbers of layout, flags, times, words of the program
	Word           // a word of the program that came from outside: kept if it is one
	Label          // the name of a field, such as amount_minor: kept if it looks like one
	Name           // people, merchants, issuers, devices, files
	Text           // sentences, and what was typed
	ID             // of lines, lots, acts …; one made of several has them replaced one by one
	Amount         // minor units
	Drop           // left out
	classes
)

var classWords = [classes]string{"unlisted", "keep", "word", "label", "name", "text", "id", "amount", "drop"}

// String is the word for c in a manifest.
func (c Class) String() string {
	if c < classes {
		return classWords[c]
	}
	return classWords[Unlisted]
}

// Fields are the classes of a struct's fields, by name; the keys of a map stand
// under its field's name and [key].
type Fields map[string]Class

const ofKeys = "[key]"
