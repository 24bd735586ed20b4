//go:build unix

package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"jandon/internal/platform"
	"jandon/internal/platform/faults"
)

// What is said of an answer that was lost is true: a line that works again is
// gone on with at once, one that stays broken leaves an act that waits, is found
// by the next command, and is finished, once, by the command that is named.
func TestALostAnswerIsFoundAndCanBeFinished(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	before := w.total()
	fail := func(plan string) {
		t.Helper()
		p, err := faults.Parse(plan, 1, platform.Places())
		if err != nil {
			t.Fatal(err)
		}
		h.Provoke(p)
	}
	careful := handed(t, canaryPIN)
	w.want(0, "limits", "level", "careful", "--yes", "--pin-fd", careful[0])
	h.pass(time.Minute)

	fail("disconnect=0.5@confirm")
	pin := handed(t, canaryPIN, canaryPIN, canaryPIN)
	_, told := w.want(0, "cashout", "--amount", "1000", "--goal", "fast", "--yes", "--pin-fd", pin[0])
	if !strings.Contains(told, "here is the question again") {
		t.Errorf("nothing was lost: %s", told)
	}
	h.pass(time.Minute)

	fail("disconnect@confirm")
	_, told = w.want(6, "cashout", "--amount", "1000", "--goal", "fast", "--yes", "--pin-fd", pin[1])
	if !strings.Contains(told, "[unknown_outcome") || !strings.Contains(told, "can be confirmed") {
		t.Errorf("it says %s", told)
	}
	fail("")
	list := w.acts()
	if len(list) != 2 || list[0].State != "waiting" {
		t.Fatalf("%+v", list)
	}
	h.pass(time.Minute)
	if _, told = w.want(2, "cashout", "--amount", "1000", "--pin-fd", pin[2]); !strings.Contains(told, "jandon acts confirm "+list[0].ID) {
		t.Errorf("the next one does not find it: %s", told)
	}
	h.pass(time.Minute)
	again := handed(t, canaryPIN)
	w.want(0, "acts", "confirm", list[0].ID, "--yes", "--wait", "--pin-fd", again[0])
	if list = w.acts(); len(list) != 2 || list[0].State != "done" || list[1].State != "done" || w.total() != before-2000 {
		t.Errorf("in the end %d are left of %d: %+v", w.total(), before, list)
	}
}

// cue is a command's words, at some of which something happens.
type cue struct {
	shared
	words string
	do    func()
}

func (c *cue) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte(c.words)) {
		c.do()
	}
	return c.shared.Write(b)
}

// Whoever stops waiting for an answer that was lost is not told that it was
// canceled: it may have gone through, and here it did.
func TestStoppedWhileTheAnswerIsLost(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	pin := handed(t, canaryPIN, canaryPIN)
	w.want(0, "limits", "level", "careful", "--yes", "--pin-fd", pin[0])
	h.pass(time.Minute)
	lost, err := faults.Parse("drop@confirm,disconnect@acts", 1, platform.Places())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	told := &cue{words: " · account ", do: func() { h.Provoke(lost) }}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	a := w.app(strings.NewReader(""), &out, told)
	a.pause = func(context.Context, time.Duration) error { stop(); return nil }
	status := a.run(ctx, []string{"cashout", "--amount", "1000", "--goal", "fast", "--yes", "--pin-fd", pin[1]})
	h.Provoke(nil)
	if status != 6 || !strings.Contains(told.String(), "[unknown_outcome") {
		t.Errorf("it ends with %d and says %s%s", status, out.String(), told)
	}
	if list := w.acts(); len(list) != 1 || list[0].State == "waiting" || list[0].State == "canceled" {
		t.Errorf("it went through, and is %+v", list)
	}
}

// What was done is told before anything else is fetched: a platform that is gone
// by then, or a person who does not wait, changes nothing of it.
func TestToldBeforeTheRestIsFetched(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	gone, err := faults.Parse("disconnect@changes", 1, platform.Places())
	if err != nil {
		t.Fatal(err)
	}
	h.Provoke(gone)
	var out, told bytes.Buffer
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	a := w.app(strings.NewReader(""), &out, &told)
	a.pause = func(context.Context, time.Duration) error {
		if out.Len() == 0 {
			t.Error("it fetches first")
		}
		stop()
		return nil
	}
	if status := a.run(ctx, []string{"cashout", "--amount", "1000", "--goal", "fast", "--yes", "--pin-fd", handed(t, canaryPIN)[0]}); status != 0 || ctx.Err() == nil {
		t.Errorf("it ends with %d, stopped: %v, and says %s%s", status, ctx.Err(), &out, &told)
	}
	h.Provoke(nil)
}
