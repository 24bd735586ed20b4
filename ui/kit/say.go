package kit

import (
	"maps"
	"time"

	"jandon/internal/fault"
)

// Fault is the sentence and the hint of an error, with instants as the person
// reads them: on the wire they are RFC 3339.
func (e *Env) Fault(err error) (say, hint string) {
	f := fault.From(err)
	if f == nil {
		return "", ""
	}
	said := *f
	said.Args = maps.Clone(f.Args)
	for name, value := range said.Args {
		if t, bad := time.Parse(time.RFC3339, value); bad == nil {
			said.Args[name] = e.When(t)
		}
	}
	return e.Text.Fault(&said)
}

// Traced is Fault with a hint that ends with the code and the platform's id of
// the answer, by which both find it in their logs; the same as Fault where no
// platform answered.
func (e *Env) Traced(err error) (say, hint string) {
	say, hint = e.Fault(err)
	if f := fault.From(err); f != nil && f.Correlation != "" {
		hint += " [" + string(f.Code) + " · " + f.Correlation + "]"
	}
	return say, hint
}
