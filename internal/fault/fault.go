// Package fault is how anything that went wrong reaches a person.
//
// An Error has a stable Code, which is also the word on the wire, and the
// things its sentence names (Args). The sentence and the hint belong to the
// code and stand in the catalogue of internal/i18n under fault.<code>.say and
// fault.<code>.hint. The cause goes to the log, never to a screen.
// One table here leads from a code to its HTTP status and its exit status.
//
// What a person asks for has one id (Anew), from the screen or command through
// all calls and their retries to the platform. An error shows it, and the
// wallet's log, the platform's and a recording have it: every error of a call,
// and every other one that is logged (Code.Logged); input that is typed wrong
// and settings have none.
package fault

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Code names one way of failing; it never changes once published.
type Code string

// Error is a failure with its code.
type Error struct {
	Code        Code
	Args        map[string]string // what the sentence names: file, line, key …
	Correlation string            // by which logs have it, of the form of NewID; "" if they don't
	cause       error
}

// New is an error of a code; args are pairs of name and value for its sentence.
func New(code Code, args ...string) *Error {
	e := &Error{Code: code}
	for i := 0; i+1 < len(args); i += 2 {
		if e.Args == nil {
			e.Args = make(map[string]string, len(args)/2)
		}
		e.Args[args[i]] = args[i+1]
	}
	return e
}

// Wrap is New with the cause kept for the log and for errors.Is. It goes by the
// id of the cause.
func Wrap(cause error, code Code, args ...string) *Error {
	e := New(code, args...)
	e.cause = cause
	var inner *Error
	if errors.As(cause, &inner) {
		e.Correlation = inner.Correlation
	}
	return e
}

// Error is the form for logs: code, args in order of name, and the cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	names := make([]string, 0, len(e.Args))
	for name := range e.Args {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(&b, " %s=%q", name, e.Args[name])
	}
	if e.cause != nil {
		fmt.Fprintf(&b, ": %v", e.cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// Is makes errors.Is compare codes.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && t.Args == nil && t.cause == nil
}

// From finds the Error in err; anything else becomes an internal one with err as its cause.
func From(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return Wrap(err, Internal)
}
