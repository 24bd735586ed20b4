package i18n

import (
	"strconv"
	"time"

	"jandon/internal/fault"
)

// Fault is what to say of an error and what a person can do next. A reason with
// words of its own (args why) takes the place of the detail, or follows where
// the error has none.
// Errors that are not of package fault are spoken of as internal ones.
func (p *Printer) Fault(err error) (say, hint string) {
	e := fault.From(err)
	if e == nil {
		return "", ""
	}
	code := e.Code
	if !code.Known() {
		code = fault.Internal
	}
	args := make([]any, 0, 2*len(e.Args)+2)
	for name, value := range e.Args {
		if id := e.Args["why"]; name == "detail" && p.Has(id) { // it has words of its own in each language
			value = p.T(id)
		}
		if n, err := strconv.Atoi(value); name == "seconds" && err == nil {
			value = p.Wait(time.Duration(n) * time.Second)
		}
		args = append(args, name, value)
	}
	args = append(args, anyName, "?") // a sentence may name what this error does not know
	id := "fault." + string(code)
	say, hint = p.F(id+".say", args...), p.F(id+".hint", args...)
	if _, part := e.Args["detail"]; !part && p.Has(e.Args["why"]) { // a sentence of its own
		say += " " + p.F(e.Args["why"], args...)
	}
	return say, hint
}
