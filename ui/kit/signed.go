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

// Size draws an amount without its sign, where words say which way it went.
func (e *Env) Size(a money.Amount) string {
	if n, err := a.Neg(); a.Minor < 0 && err == nil {
		a = n
	}
	return e.Amount(a)
}
