package kit

import (
	"strconv"

	"jandon/internal/fault"
	"jandon/internal/i18n"
)

// Stopped is the fault of a code that was wrong and the last before the device has
// to wait: what it has to wait for says more than that it was wrong. Any other
// fault is itself.
func Stopped(f *fault.Error) *fault.Error {
	if f == nil || f.Code != fault.WrongCode || f.Args["seconds"] == "" {
		return f
	}
	waits := *f
	waits.Code = fault.DevicePaused
	return &waits
}

// Wrong says what was typed wrong, by its catalogue id, and how many tries are
// left where the platform has told (fault.WrongCode).
func Wrong(text *i18n.Printer, id string, f *fault.Error) string {
	say := text.T(id)
	if n, err := strconv.Atoi(f.Args["left"]); err == nil && n > 0 && n <= 99 {
		say += " " + text.N("lock.tries", n)
	}
	return say
}
