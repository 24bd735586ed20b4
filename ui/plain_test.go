package ui_test

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"strings"
	"testing"

	"jandon/ui"
)

// plain plays lines against the real pages and gives everything that was printed.
func plain(t *testing.T, lang string, choose ...string) string {
	t.Helper()
	o, c := load(t, "everyday", sunday).options(lang)
	o.Clock.Now = c.Now
	var out bytes.Buffer
	in := &chooser{out: &out, want: choose}
	if err := ui.Plain(context.Background(), o, in, &out); err != nil {
		t.Fatal(err)
	}
	if len(in.want) > 0 && in.want[0] != "" {
		t.Errorf("%q was never offered in\n%s", in.want[0], out.String())
	}
	return out.String()
}

// chooser answers with the number of the choice that it wants next, as last printed.
type chooser struct {
	out  *bytes.Buffer
	want []string
	rest []byte
}

func (c *chooser) Read(b []byte) (int, error) {
	if len(c.rest) == 0 {
		if len(c.want) == 0 {
			return 0, io.EOF
		}
		answer := strings.TrimPrefix(c.want[0], "=")
		if answer == c.want[0] {
			found := regexp.MustCompile(`(?m)^(\d+)  `+regexp.QuoteMeta(answer)+`$`).FindAllStringSubmatch(c.out.String(), -1)
			if len(found) == 0 {
				return 0, io.EOF
			}
			answer = found[len(found)-1][1]
		}
		c.want, c.rest = c.want[1:], []byte(answer+"\n")
	}
	n := copy(b, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

func TestPlainPrintsPagesOnceAndThenWhatChanged(t *testing.T) {
	t.Parallel()
	got := plain(t, "en", "History", "=99", "hide amounts", "한국어", "끝내기")
	for _, want := range []string{"Total held", "History\n", "Choose a number from 1 to", "*****", "내역"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, bad := range []string{"\x1b", "━", "█", "│", "↓"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q was printed", bad)
		}
	}
	if n := strings.Count(got, "Total held"); n != 1 {
		t.Errorf("Home's total was printed %d times although it did not change", n)
	}
}

func TestPlainSearchesByAskingForALine(t *testing.T) {
	t.Parallel()
	got := plain(t, "en", "History", "search", "=coffee", "quit")
	if !strings.Contains(got, "Write the text, then Enter.") || !strings.Contains(got, "> ") || !strings.Contains(strings.ToLower(got), "hill coffee") {
		t.Errorf("the search is not to be read in\n%s", got)
	}
}

func TestPlainEndsWithItsInput(t *testing.T) {
	t.Parallel()
	if got := plain(t, "ko"); !strings.Contains(got, "총 보유 금액") {
		t.Errorf("nothing was printed before the end:\n%s", got)
	}
}

// Silence could be anything: that it is thinking, or that the number was not heard.
func TestPlainSaysThatAChoiceChangedNothing(t *testing.T) {
	t.Parallel()
	got := plain(t, "en", "to the top", "to the top", "History")
	if n := strings.Count(got, "Nothing changed."); n != 1 && n != 2 {
		t.Errorf("it is said %d times in\n%s", n, got)
	}
	if _, after, _ := strings.Cut(got, "\nHistory\n"); strings.Contains(after, "Nothing changed.") {
		t.Errorf("another page is said to be none:\n%s", got)
	}
}
