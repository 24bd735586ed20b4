package ui_test

import (
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/ui"
	"jandon/ui/kit"
)

// TestALongNoticeIsReadToItsEnd is of what a recording says when it ends: the
// file and the command that looks into it stand at the end of the sentence.
func TestALongNoticeIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	const file = "/home/somebody/.local/state/jandon/recordings/2026-11-22T09-00-00.jandon"
	for _, lang := range []string{"en", "ko"} {
		for _, size := range [][2]int{{60, 16}, {60, 24}, {80, 16}, {80, 24}, {120, 40}} {
			b := fakes(t, size[0], size[1], func(b *bench) { b.o.Lang = lang })
			b.Send(ui.Recorded{File: file})
			got := strings.Join(strings.Fields(b.Text()), "")
			for _, want := range []string{file, "jandonsessionshow"} {
				if !strings.Contains(got, want) {
					t.Errorf("%s, %v: no %q in\n%s", lang, size, want, b.Text())
				}
			}
			if err := b.Check(); err != nil {
				t.Errorf("%s, %v: %v", lang, size, err)
			}
			b.clock.Advance(1 << 40)
			b.misses(t, "session")
		}
	}
}

// What can be done about a failure stands beside it, however long it is.
func TestALongFailureKeepsItsAnswer(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.pages[0].reply[kit.Next] = kit.Request(kit.Notice{Level: kit.Failure, Err: fault.New(fault.Unreachable, "url", "https://wallet.example/"+strings.Repeat("far/", 30)+"end")})
	b.Press("n")
	got := strings.Join(strings.Fields(b.Text()), "")
	for _, want := range []string{"far/end", "Escdismiss", "Edetails"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, b.Text())
		}
	}
}

// A failure says by what support finds it, whole or not at all.
func TestAFailureHasItsMark(t *testing.T) {
	t.Parallel()
	const id = "48d3891711c9291a"
	for _, lang := range []string{"en", "ko"} {
		for _, size := range [][2]int{{40, 16}, {60, 20}, {80, 24}, {120, 40}} {
			for _, long := range []int{0, 1, 3, 8, 30} {
				b := fakes(t, size[0], size[1], func(b *bench) { b.o.Lang = lang })
				f := fault.New(fault.Unreachable, "url", "https://wallet.example/"+strings.Repeat("far/", long)+"end")
				f.Correlation = id
				b.pages[0].reply[kit.Next] = kit.Request(kit.Notice{Level: kit.Failure, Err: f})
				b.Press("n")
				if err := b.Check(); err != nil {
					t.Errorf("%s, %v: %v", lang, size, err)
				}
				got := b.Text()
				if !strings.Contains(got, "unreachable · "+id) && (size[0] >= 60 && long < 8 || strings.Contains(got, id[:8])) {
					t.Errorf("%s, %v, %d: the mark is cut or missing in\n%s", lang, size, long, got)
				}
			}
		}
	}
}
