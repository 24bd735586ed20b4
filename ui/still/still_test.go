package still_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/ui/still"
)

// hostile are pieces of what a file might want a terminal to do.
var hostile = []string{
	"\x1b]0;title\x07", "\x1b]52;c;aGk=\x1b\\", "\x1b[2J", "\x1b[6n", "\x1b[?1049h", "\x9b2J", "\x90q\x9c", "\x1bP+q\x1b\\", "\x1b_G\x1b\\", "\x1bc",
	"\x07", "\b\b", "\r", "\x00", "\u202e", "\u200b", "\u009b31m", "\x1b]8;;http://x\x1b\\", "\x1b[", "\x1b", "\x1b[31", "\x1b[>4m", "\x1b[?25m",
}

func TestOnlyStylesAreLeft(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		pieces := rapid.SliceOf(rapid.SampledFrom(append([]string{"한글", " ", "abc", "é", "\x1b[1;31m", "\x1b[m", "│"}, hostile...))).Draw(rt, "pieces")
		line := still.Line(strings.Join(pieces, ""))
		rest := line
		for rest != "" {
			at := strings.IndexByte(rest, 0x1b)
			if at < 0 {
				break
			}
			rest = rest[at:]
			end := strings.IndexByte(rest, 'm')
			if end < 0 || !strings.HasPrefix(rest, "\x1b[") || strings.Trim(rest[2:end], "0123456789;:") != "" {
				rt.Fatalf("%q of %q", line, pieces)
			}
			rest = rest[end+1:]
		}
		for _, text := range []string{strings.ReplaceAll(line, "\x1b", ""), still.Text(strings.Join(pieces, ""))} {
			for _, r := range strings.TrimSuffix(text, "\n") {
				if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x202e || r == 0x200b {
					rt.Fatalf("%q of %q holds %U", text, pieces, r)
				}
			}
		}
	})
}

func TestTextKeepsColumns(t *testing.T) {
	t.Parallel()
	if got, want := still.Text("\x1b[1m a  한\x1b[m   b  \nc"), " a  한   b\nc\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := still.Line("  \x1b[1mx\x1b[m  y"), "  \x1b[1mx\x1b[m  y"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	cells := still.Cells("ab\n한", 4, 2)
	if got, want := still.Frame(cells, 1, 1), "ab\n한\n~ 1:1 cursor\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
