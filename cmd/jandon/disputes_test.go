package main

import (
	"strings"
	"testing"
	"time"
)

// What there is not is named as it was written, in either language.
func TestADisputeOfNothingNamesIt(t *testing.T) {
	t.Parallel()
	w := openHall(t).wallet()
	w.enrolled()
	for _, lang := range []string{"en", "ko"} {
		for _, what := range [][]string{{"t-nowhere", "--reason", "not_mine"}, {"--withdraw", "t-nowhere"}} {
			_, told := w.want(5, append([]string{"dispute", "--lang", lang, "--pin-fd", handed(t, canaryPIN)[0]}, what...)...)
			w.h.pass(time.Minute) // a code is good once in its half minute
			if !strings.Contains(told, "t-nowhere") || lang == "ko" && strings.Contains(told, "transaction") {
				t.Errorf("%s %v: %s", lang, what, told)
			}
		}
	}
}
