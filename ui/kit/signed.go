package kit

import (
	"strconv"

	"jandon/internal/money"
)

// Signed draws an amount with its sign, plus or minus, or the mask.
func (e *Env) Signed(a money.Amount) string {
	if e.Hidden {
		return e.Amount(a)
	}
	style := e.Style
	style.Plus = true
	return style.Format(a)
}

// Size draws an amount without its sign, where words say which way it went.
func (e *Env) Size(a money.Amount) string {
	if n, err := a.Neg(); a.Minor < 0 && err == nil {
		a = n
	}
	return e.Amount(a)
}

// Percent is a part of a whole in words of at most four cells; less than
// nothing has no share.
func Percent(part, whole int64) string {
	switch share := 100 * float64(part) / float64(whole); {
	case part <= 0 || whole <= 0:
		return ""
	case share < 0.5:
		return "<1%"
	default:
		return strconv.Itoa(int(share+0.5)) + "%"
	}
}
