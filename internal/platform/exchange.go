package platform

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"jandon/internal/fault"
)

// exchange is what the log may know of a request and its answer. It is an
// allow-list: no token, no query, no path beyond its pattern, no body.
type exchange struct {
	http.ResponseWriter
	correlation string
	route       string // the pattern, "" if there is none
	person      int64
	status      int
	bytes       int
	cause       error    // why it failed, for the log alone
	provoked    []string // rules of a plan of faults that befell it
}

type exchangeKey struct{}

func exchangeOf(ctx context.Context) *exchange {
	x, ok := ctx.Value(exchangeKey{}).(*exchange)
	if !ok {
		return &exchange{}
	}
	return x
}

// WriteHeader notes the status.
func (x *exchange) WriteHeader(status int) {
	if x.status == 0 {
		x.status = status
	}
	x.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (x *exchange) Write(b []byte) (int, error) {
	if x.status == 0 {
		x.status = http.StatusOK
	}
	n, err := x.ResponseWriter.Write(b)
	x.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (x *exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }

// observed gives every exchange its id, its line in the log, and an answer
// even when something of ours breaks.
func (p *Platform) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := &exchange{ResponseWriter: w, correlation: correlationOf(r)}
		r = r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x))
		x.Header().Set("Correlation-Id", x.correlation)
		x.Header().Set("X-Content-Type-Options", "nosniff")
		x.Header().Set("Cache-Control", "no-store")
		defer p.note(r, x)
		defer p.recover(x, r)
		x.Header().Set("Date", p.now().UTC().Format(http.TimeFormat)) // the clock that codes and proofs go by
		next.ServeHTTP(x, r)
	})
}

// correlationOf is the id that a wallet gave its request, or a new one: what has
// another form comes into no log. Tries of one call share theirs, and each has
// its line.
func correlationOf(r *http.Request) string {
	if ids := r.Header.Values("Correlation-Id"); len(ids) == 1 && fault.IsID(ids[0]) {
		return ids[0]
	}
	return fault.NewID()
}

// recover turns a panic into a problem. What kind of panic it was and where it
// came from goes to the log only.
func (p *Platform) recover(x *exchange, r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(v)
	}
	cause := fault.Caught(v)
	if x.status != 0 { // the answer is under way: all that is left is to cut it off
		x.cause = cause
		panic(http.ErrAbortHandler)
	}
	p.fail(x, r, fault.Wrap(cause, fault.Internal))
}

func (p *Platform) note(r *http.Request, x *exchange) {
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("correlation", x.correlation), slog.String("method", method(r.Method)), slog.String("route", x.route),
		slog.Int("status", x.status), slog.Int("bytes", x.bytes), slog.Int64("person", x.person),
	}
	if len(x.provoked) > 0 {
		attrs = append(attrs, slog.String("provoked", strings.Join(x.provoked, ",")))
	}
	if x.cause != nil && (x.status >= http.StatusInternalServerError || x.status < http.StatusBadRequest) {
		level = slog.LevelError
		attrs = append(attrs, slog.String("cause", x.cause.Error()))
	}
	p.log.LogAttrs(r.Context(), level, "answered", attrs...)
}

// method is m if it is one that HTTP knows: the others are text from outside.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}
