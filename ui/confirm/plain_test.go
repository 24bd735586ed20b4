package confirm_test

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/ui"
	"jandon/ui/kit"
)

// talk answers what Plain prints: each line is a choice by its words, after a while.
type talk struct {
	s     *screen
	out   *bytes.Buffer
	want  []string
	after time.Duration // how long somebody listens before answering
	rest  []byte
}

func (c *talk) Read(b []byte) (int, error) {
	if len(c.rest) == 0 {
		if len(c.want) == 0 {
			return 0, io.EOF
		}
		found := regexp.MustCompile(`(?m)^(\d+)  `+regexp.QuoteMeta(c.want[0])+`$`).FindAllStringSubmatch(c.out.String(), -1)
		if len(found) == 0 {
			return 0, io.EOF
		}
		c.want, c.rest = c.want[1:], []byte(found[len(found)-1][1]+"\n")
		c.s.clock.Advance(c.after)
	}
	n := copy(b, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// plain plays choices and PINs in lines.
func plain(t *testing.T, b *bank, after time.Duration, pins []string, choose ...string) (*screen, string) {
	t.Helper()
	s := &screen{bank: b}
	o := s.options("en")
	b.now = s.clock.Now
	o.Secret = func(context.Context, kit.Way) (kit.PIN, error) {
		s.clock.Advance(after)
		if len(pins) == 0 {
			return kit.PIN{}, nil
		}
		pin := kit.NewPIN([]byte(pins[0]))
		pins = pins[1:]
		return pin, nil
	}
	var out bytes.Buffer
	if err := ui.Plain(t.Context(), o, &talk{s: s, out: &out, want: choose, after: after}, &out); err != nil {
		t.Fatal(err)
	}
	return s, out.String()
}

func TestPlainConfirmsInLines(t *testing.T) {
	t.Parallel()
	s, got := plain(t, won(act.NeedPIN), time.Second, []string{"111111", rightPIN}, "do it")
	if !slices.Equal(s.answers, []string{"111111", rightPIN}) {
		t.Errorf("it was answered with %q\n%s", s.answers, got)
	}
	for _, want := range []string{"₩10,000  Kim Minji  110-***-4567", "₩13,000  leaves your balance", "Type the PIN", "This was not confirmed.", "Under way · receipt 3F6F-CD6C"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, rightPIN) || strings.Contains(got, "•") || strings.Contains(got, "_ _") {
		t.Errorf("the PIN or its places were printed:\n%s", got)
	}
	s, got = plain(t, won(act.NeedCode), time.Second, nil, "do it", "yes, confirm")
	if !slices.Equal(s.answers, []string{"-"}) {
		t.Errorf("it was answered with %q\n%s", s.answers, got)
	}
	for _, key := range []string{"Enter confirms", "Esc", "Only y ", "y  Yes", "press y", "Press H"} { // there are none but numbers
		if strings.Contains(got, key) {
			t.Errorf("%q is named in\n%s", key, got)
		}
	}
	s, got = plain(t, won(act.NeedPIN), time.Second, nil, "do it", "quit")
	if len(s.answers) > 0 || !strings.Contains(got, "It waits until") {
		t.Errorf("no PIN is not no:\n%s", got)
	}
}

// TestPlainLinesTypedAheadCannotConfirm answers before anybody can have heard the question.
func TestPlainLinesTypedAheadCannotConfirm(t *testing.T) {
	t.Parallel()
	s, got := plain(t, won(act.NeedCode), 100*time.Millisecond, nil, "do it", "yes, confirm", "yes, confirm")
	if len(s.answers) > 0 || strings.Count(got, "That was typed before the question was there") != 2 {
		t.Errorf("it was answered with %q\n%s", s.answers, got)
	}
}
