package fault

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Defect is what may be told of a panic: what kind of value it had, and the
// functions of this program that it came through, the innermost first, by file
// and line. The value itself is nowhere in it, since it may be anything that
// was on the screen or in a request, nor are arguments or directories.
type Defect string

// Error is that.
func (d Defect) Error() string { return string(d) }

// mostPlaces of a defect are told.
const mostPlaces = 4

// Caught is the Defect of what recover gave, for the deferred function that
// called it. Functions with one of but in their names, which only pass panics
// on, are no places; what was caught once stays as it is.
func Caught(v any, but ...string) Defect {
	switch r := v.(type) {
	case Defect:
		return r
	case runtime.Error: // of types, lengths and addresses
		return Defect(r.Error() + places(but))
	}
	return Defect(fmt.Sprintf("a defect of type %T", v) + places(but))
}

func places(but []string) string {
	var at [64]uintptr
	frames := runtime.CallersFrames(at[:runtime.Callers(4, at[:])]) // below Callers, places, Caught and who called that
	var b strings.Builder
	for n := 0; n < mostPlaces; {
		one, more := frames.Next()
		name, ours := strings.CutPrefix(one.Function, "jandon/")
		passes := func(s string) bool { return strings.Contains(one.Function, s) }
		if (ours || strings.HasPrefix(one.Function, "main.")) && !slices.ContainsFunc(but, passes) {
			fmt.Fprintf(&b, " · %s %s:%d", name, filepath.Base(one.File), one.Line)
			n++
		}
		if !more {
			break
		}
	}
	return b.String()
}
