package safe

import "encoding/json"

// Line is a text that has passed the filter. Decoding into it filters, which
// makes it the type of every free text in the contract with the platform.
type Line string

// NewLine is the Line of a text.
func NewLine(s string) Line { return Line(Text(s)) }

// UnmarshalText filters b.
func (l *Line) UnmarshalText(b []byte) error {
	*l = NewLine(string(b))
	return nil
}

// UnmarshalJSON reads a JSON string and filters it; null leaves l as it is.
func (l *Line) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s != nil {
		*l = NewLine(*s)
	}
	return nil
}

// String is the text.
func (l Line) String() string { return string(l) }
