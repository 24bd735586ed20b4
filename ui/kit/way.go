package kit

import "strings"

// Way is what opens a session. Other ways than the PIN are for who has lost
// it: what they open is good for small acts alone.
type Way uint8

// The ways.
const (
	ByPIN      Way = iota // digits that the person chose
	ByApp                 // the code that an authenticator app shows now
	ByRecovery            // a code that was written down, which is used up
)

// Next is the way that is offered after w, around.
func (w Way) Next() Way { return (w + 1) % (ByRecovery + 1) }

// lengths are the least and the most letters of each way. A recovery code has
// the length that keystore/onetime gives it.
var lengths = [...][2]int{ByPIN: {PINLeast, PINMost}, ByApp: {6, 8}, ByRecovery: {longest, longest}}

// longest is the most that a PINField holds.
const longest = 16

// group is how many letters of a recovery code stand together, as on paper.
const group = 4

// Least is the fewest letters that can be right.
func (w Way) Least() int { return lengths[w][0] }

// Lettered reports whether letters belong to it, so that none is a key.
func (w Way) Lettered() bool { return w == ByRecovery }

// Takes reports whether a character belongs to it. Recovery codes are
// Crockford's base32, which has every letter but U: those that look alike are
// read as meant.
func (w Way) Takes(c byte) bool {
	return c >= '0' && c <= '9' || w.Lettered() && strings.IndexByte("ABCDEFGHIJKLMNOPQRSTVWXYZ", c&^' ') >= 0
}

// Joins reports whether a character may stand between those that count.
func (w Way) Joins(c byte) bool { return w.Lettered() && (c == '-' || c == ' ') }
