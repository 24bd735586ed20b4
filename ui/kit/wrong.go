package kit

import (
	"strconv"

	"jandon/internal/fault"
	"jandon/internal/i18n"
)

// Wrong says what was typed wrong, by its catalogue id, and how many tries are
// left where the platform has told (fault.WrongCode).
func Wrong(text *i18n.Printer, id string, f *fault.Error) string {
	say := text.T(id)
	if n, err := strconv.Atoi(f.Args["left"]); err == nil && n > 0 && n <= 99 {
		say += " " + text.N("lock.tries", n)
	}
	return say
}
