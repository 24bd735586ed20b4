// Package session records what a person saw, so that somebody else can see the
// same without learning who it was.
//
// A recording is the messages that reached the screens, in order: commands are
// not run when it is replayed. What may be written is listed type by type and
// field by field (Registry); what is not listed is refused, not guessed. Names,
// texts and ids become others of the same shape while they are written, word by
// word, amounts are multiplied by one factor, so that sums and shares stay true:
// disguised, not secret, since who knows one true amount knows the factor. The
// keys of both are thrown away with the recorder. Secrets have no class at all.
// A file that was cut off, altered or made to harm is read as far as it is good.
package session

import "time"

// Version of the format that is written; a higher one is refused.
const Version = 1

// Header says what a replay has to know before the first step.
type Header struct {
	Version int       `json:"version"`
	Build   string    `json:"build"` // of the program that recorded
	Began   time.Time `json:"began"` // by the clock of the screens
	Width   int       `json:"width"` // of the window, in cells
	Height  int       `json:"height"`
	Screen  []byte    `json:"screen,omitempty"` // what else draws, as the screens know it
	Kept    bool      `json:"kept,omitempty"`   // amounts are as they were
}

// Step is one message.
type Step struct {
	At   time.Duration // since Header.Began
	For  int           // whom it was for, as the screens number their visits; 0: the shell
	Rung time.Duration // of what was waited for: when that was over, since Header.Began; else 0
	Kind string        // as the Registry names its type
	Body []byte        // redacted, as JSON
}

// Tail ends a recording that was ended and not cut off.
type Tail struct {
	Steps    int      `json:"steps"`
	Manifest Manifest `json:"manifest"`
	// Frames are the hashes of what was drawn after each step, eight bytes each;
	// empty if nobody drew it.
	Frames []byte `json:"frames,omitempty"`
	// Drawn is their text, packed as the screens like it.
	Drawn []byte `json:"drawn,omitempty"`
}

// MaxTail is how many bytes Frames and Drawn may have together: a record takes a
// third more for them.
const MaxTail = MaxRecord/4*3 - 1<<16

// FrameLen is the length of a frame's hash.
const FrameLen = 8

// Recording is a whole file, read.
type Recording struct {
	Header
	Steps []Step
	Tail  Tail
	// Partial says why the end is missing: the steps up to there are good. nil: all is there.
	Partial error
}
