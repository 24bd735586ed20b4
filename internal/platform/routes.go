package platform

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"strconv"

	"jandon/internal/fault"
	"jandon/internal/wire"
)

// bodyLimit is the most that a request may carry: 1 MiB.
const bodyLimit = 1 << 20

// routes puts the layers together: watch, find the route, weigh the body,
// know the caller, check the parameters, answer.
func (p *Platform) routes() http.Handler {
	mux := http.NewServeMux()
	strict := wire.NewStrictHandlerWithOptions(&answers{p}, nil, wire.StrictHTTPServerOptions{
		RequestErrorHandlerFunc:  p.badRequest,
		ResponseErrorHandlerFunc: func(w http.ResponseWriter, r *http.Request, err error) { p.fail(w, r, err) },
	})
	wire.HandlerWithOptions(strict, wire.StdHTTPServerOptions{BaseRouter: mux, ErrorHandlerFunc: p.badRequest})
	mux.HandleFunc("GET /openapi.yaml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/yaml")
		_, _ = io.Copy(w, bytes.NewReader(wire.Contract))
	})
	return p.observed(located(p.tested(p.routed(mux, p.provoked(p.weighed(p.signedIn(p.checked(mux))))))))
}

// badRequest is the last resort for what checked let through.
func (p *Platform) badRequest(w http.ResponseWriter, r *http.Request, err error) {
	name := "request"
	var format *wire.InvalidParamFormatError
	if errors.As(err, &format) {
		name = format.ParamName
	}
	p.fail(w, r, fault.Wrap(err, fault.BadRequest, "detail", name+" is not understood"), field("/"+name, "is not understood"))
}

// routed finds the route of a request. Where there is none, the mux knows
// whether the path or the method is wrong, and we say it in a problem.
func (p *Platform) routed(mux *http.ServeMux, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "" || path.Clean(r.URL.Path) != r.URL.Path { // the mux would redirect
			p.fail(w, r, fault.New(fault.NotFound, "what", "path"))
			return
		}
		h, pattern := mux.Handler(r)
		if pattern == "" {
			answer := refusal{header: make(http.Header)}
			h.ServeHTTP(&answer, r)
			if answer.status == http.StatusMethodNotAllowed {
				p.fail(w, r, fault.New(fault.BadMethod, "method", method(r.Method), "allow", answer.header.Get("Allow")))
				return
			}
			p.fail(w, r, fault.New(fault.NotFound, "what", "path"))
			return
		}
		exchangeOf(r.Context()).route = pattern
		next.ServeHTTP(w, r)
	})
}

// refusal catches what the mux says instead of letting it through as text.
type refusal struct {
	header http.Header
	status int
}

func (r *refusal) Header() http.Header         { return r.header }
func (r *refusal) WriteHeader(status int)      { r.status = status }
func (r *refusal) Write(b []byte) (int, error) { return len(b), nil }

// weighed reads what a request carries up to the limit. Nothing here takes a
// body yet, so what is there must at least be one that could be understood.
func (p *Platform) weighed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength == 0 || r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		tooLarge := fault.New(fault.TooLarge, "limit", strconv.Itoa(bodyLimit))
		if r.ContentLength > bodyLimit {
			p.fail(w, r, tooLarge)
			return
		}
		if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
			p.fail(w, r, fault.New(fault.BadMedia))
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
		var over *http.MaxBytesError
		switch {
		case errors.As(err, &over):
			p.fail(w, r, tooLarge)
			return
		case err != nil:
			p.fail(w, r, fault.Wrap(err, fault.BadRequest, "detail", "the body ended early"), field("/body", "ended early"))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}
