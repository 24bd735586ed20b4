package replay

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"jandon/internal/session"
)

// Difference is the first frame that this build draws differently from what
// was drawn when the recording was ended.
type Difference struct {
	Step     int // 0: before the first one
	Info     Info
	Recorded []string // the lines of what was drawn then; nil if the recording has none
	Before   Frame    // the last frame that was equal
	After    Frame    // what is drawn now
}

// Verify compares every frame with the recorded hashes; nil if all are equal.
// known is false where the recording has none: it was cut off.
func Verify(rec *session.Recording) (first *Difference, known bool, err error) {
	p, err := Open(rec)
	if err != nil {
		return nil, false, err
	}
	return p.Verify()
}

// Verify is the same for a recording that is open.
func (p *Player) Verify() (first *Difference, known bool, err error) {
	sums := p.rec.Tail.Frames
	if len(sums) == 0 {
		return nil, false, nil
	}
	for n := range min(p.Len(), len(sums)/session.FrameLen) {
		f := p.Frame(n)
		if string(f.Hash[:]) != string(sums[n*session.FrameLen:(n+1)*session.FrameLen]) {
			d := &Difference{Step: n, Info: p.Info(n), Before: p.Frame(n - 1), After: f}
			if lines, ok := drawnAt(p.rec.Tail.Drawn, n); ok {
				d.Recorded = lines
			}
			return d, true, nil
		}
	}
	return nil, true, nil
}

// Beside sets the two frames side by side as text, the recorded one on the left,
// the lines that differ marked. Where none is, they differ in looks alone.
func (d *Difference) Beside() string {
	left, right := d.Recorded, plain(d.After)
	if left == nil {
		left = plain(d.Before)
	}
	wide := 0
	for _, line := range left {
		wide = max(wide, ansi.StringWidth(line))
	}
	var b strings.Builder
	for i := range max(len(left), len(right)) {
		l, r, mark := "", "", "  "
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		if l != r {
			mark = "≠ "
		}
		b.WriteString(mark + l + strings.Repeat(" ", wide-ansi.StringWidth(l)) + " │ " + strings.TrimRight(r, " ") + "\n")
	}
	return b.String()
}

func plain(f Frame) []string {
	lines := strings.Split(ansi.Strip(f.Content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}
