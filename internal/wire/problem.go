package wire

import (
	"strconv"
	"strings"

	"jandon/internal/fault"
	"jandon/internal/safe"
)

// ProblemType is the media type of a problem (RFC 9457, section 3).
const ProblemType = "application/problem+json"

// TypeOf is the problem type of a code: a path on the platform.
func TypeOf(c fault.Code) string { return "/problems/" + string(c) }

// TitleOf is a code in words: "Bad cursor" for bad_cursor.
func TitleOf(c fault.Code) string {
	words := strings.ReplaceAll(string(c), "_", " ")
	if words == "" {
		return words
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// FromFault is the problem of a fault. Its cause stays behind.
func FromFault(e *fault.Error, detail string, fields ...ProblemField) Problem {
	p := Problem{
		Type: safe.Line(TypeOf(e.Code)), Title: safe.Line(TitleOf(e.Code)), Status: e.Code.Status(), Code: safe.Line(e.Code),
		Detail: safe.Line(detail), Errors: fields, CorrelationId: safe.Line(e.Correlation),
	}
	if len(e.Args) > 0 {
		p.Args = make(map[string]Line, len(e.Args))
		for name, value := range e.Args {
			p.Args[name] = safe.Line(value)
		}
	}
	if s, err := strconv.Atoi(e.Args["seconds"]); err == nil && s > 0 {
		p.RetryAfterS = s
	}
	return p
}

// Fault is the fault that a problem tells of. A code that this build does not
// know becomes server_error with the status, so that its sentence can be said.
func (p Problem) Fault() *fault.Error {
	code := fault.Code(p.Code)
	if !code.Known() {
		e := fault.New(fault.ServerError, "status", strconv.Itoa(p.Status))
		e.Correlation = string(p.CorrelationId)
		return e
	}
	e := fault.New(code)
	if len(p.Args) > 0 {
		e.Args = make(map[string]string, len(p.Args))
		for name, value := range p.Args {
			e.Args[name] = string(value)
		}
	}
	e.Correlation = string(p.CorrelationId)
	return e
}
