package kit

import "jandon/internal/money"

// Signed draws an amount with its sign, plus or minus, or the mask.
func (e *Env) Signed(a money.Amount) string {
	if e.Hidden {
		return e.Amount(a)
	}
	style := e.Style
	style.Plus = true
	return style.Format(a)
}
