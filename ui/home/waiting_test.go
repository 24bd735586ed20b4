package home_test

import (
	"context"
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/ui/home"
	"jandon/ui/kit/kittest"
)

// An act that waits for its confirmation is told of in one line, with the key
// that leads there; without the platform nothing is said of it.
func TestAnActThatWaitsIsToldOf(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		for _, width := range []int{80, 120, 180} {
			n, failed := 1, error(nil)
			page := home.New(kittest.Env(lang), kittest.Book(t, "everyday"), home.Options{Waiting: func(context.Context) (home.Waiting, error) { return home.Waiting{Acts: n}, failed }})
			d := kittest.Start(page, width, 40)
			want := map[string]string{"en": "1 act waits for your confirmation: c", "ko": "확인을 기다리는 일이 1건 있어요: c"}[lang]
			if !strings.Contains(d.Frame(), want) {
				t.Fatalf("%d: nothing is said:\n%s", width, d.Frame())
			}
			d.Do("home_confirm")
			if len(d.Visits) != 1 || d.Visits[0].Page != "acts" {
				t.Errorf("it leads to %v", d.Visits)
			}
			failed = fault.New(fault.Unreachable)
			d.Do("retry")
			if !strings.Contains(d.Frame(), want) {
				t.Error("what was known is not said any more")
			}
			n, failed = 0, nil
			d.Do("retry")
			if strings.Contains(d.Frame(), want) {
				t.Error("it is still said")
			}
		}
	}
}
