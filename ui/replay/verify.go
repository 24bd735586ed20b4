package replay

import (
	"slices"
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
// the lines that differ marked. Where none is, they differ in looks alone. What
// is wider than w cells is cut to the columns of the first difference; 0 is
// room for all.
func (d *Difference) Beside(w int) string {
	left, right := d.Recorded, plain(d.After)
	if left == nil {
		left = plain(d.Before)
	}
	high := max(len(left), len(right))
	left, right = append(slices.Clone(left), make([]string, high-len(left))...), append(right, make([]string, high-len(right))...)
	wide, most := 0, 0
	for i := range high {
		wide, most = max(wide, ansi.StringWidth(left[i])), max(most, ansi.StringWidth(right[i]))
	}
	from, cut := 0, w > 0 && wide+most+len("  ")+len(" | ") > w
	if cut {
		half := max((w-5)/2, 1)
		from = max(min(differAt(left, right)-half/4, max(wide, most)-half), 0)
		wide = half
	}
	var b strings.Builder
	for i := range high {
		l, r, mark := left[i], right[i], "  "
		if l != r {
			mark = "≠ "
		}
		if cut {
			l, r = ansi.Cut(l, from, from+wide), ansi.Cut(r, from, from+wide)
		}
		b.WriteString(mark + l + strings.Repeat(" ", max(wide-ansi.StringWidth(l), 0)) + " │ " + strings.TrimRight(r, " ") + "\n")
	}
	return b.String()
}

// differAt is the column of the first letter that differs, of the first line that does.
func differAt(left, right []string) int {
	for i := range left {
		if left[i] == right[i] {
			continue
		}
		l, r := []rune(left[i]), []rune(right[i])
		n := 0
		for n < min(len(l), len(r)) && l[n] == r[n] {
			n++
		}
		return ansi.StringWidth(string(l[:n]))
	}
	return 0
}

func plain(f Frame) []string {
	lines := strings.Split(ansi.Strip(f.Content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}
