package i18n

import "jandon/internal/fault"

// Fault is what to say of an error and what a person can do next.
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
	args := make([]any, 0, 2*len(faultArgs)+2*len(e.Args))
	for name, value := range e.Args {
		args = append(args, name, value)
	}
	for _, name := range faultArgs { // a sentence may name what this error does not know
		if _, ok := e.Args[name]; !ok {
			args = append(args, name, "?")
		}
	}
	id := "fault." + string(code)
	return p.F(id+".say", args...), p.F(id+".hint", args...)
}

// faultArgs are the names that sentences of faults may use.
var faultArgs = []string{
	"address", "all", "allow", "detail", "file", "have", "key", "limit", "line", "method", "name", "near",
	"part", "seconds", "status", "url", "value", "want", "what",
}
