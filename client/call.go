package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/internal/wire"
)

// answer is what a good call brought.
type answer struct {
	status int
	etag   string
	body   []byte
}

// call is one question to the platform.
type call struct {
	name  string // for the log
	as    as
	pass  *pass  // the session to use; nil: the one that as says
	fresh bool   // its proof needs the platform's nonce
	id    string // in both logs, of all its tries
	build func() (*http.Request, error)
	good  []int              // statuses besides 200
	read  func([]byte) error // checks the body; nil: there is none to read

	// moves says that value or trust may move: unless the platform said no, it
	// may have happened, and a lost answer is fault.UnknownOutcome.
	moves bool
	// once says that it is not sent again when its answer was lost: the platform
	// would not know that it is the same, as it does by an idempotency key.
	once bool
}

// mistake is a call that failed, with what the next try needs to know.
type mistake struct {
	err   *fault.Error
	again bool
	lost  bool // it may have been carried out
	after retryAfter
	moved bool // the clock was moved since the request was signed, by its answer or by another's
	pass  *pass
	other string // the id that the answer goes by, if it is not the call's
}

// get reads something: see do.
func (c *Client) get(ctx context.Context, name string, build func() (*http.Request, error), decode func([]byte) error) (answer, error) {
	return c.do(ctx, call{name: name, as: reader, build: build, good: []int{http.StatusNotModified}, read: decode})
}

// do calls until an answer is good, repeating is no use, or time is up. All
// tries go by one id, that of ctx if it has one, so that whoever looks for a
// failure finds all that led to it; each has a line of its own in both logs.
func (c *Client) do(ctx context.Context, q call) (answer, error) {
	ctx, q.id = fault.Begin(ctx)
	whole, stop := context.WithTimeout(ctx, c.opts.Limits.Call)
	defer stop()
	var wait waits
	var mended mends
	lost := false
	for try := 1; ; try++ {
		a, m := c.try(ctx, whole, q)
		if m == nil {
			c.opts.Log.Debug("call", "name", q.name, "try", try, "status", a.status, "correlation", q.id)
			return a, nil
		}
		m.err = m.err.Under(q.id)
		c.note(ctx, q, try, m)
		if lost = lost || m.lost; lost && q.moves && !settles(m.err.Code) {
			m.lost = true
		}
		if c.mend(&q, m, &mended) {
			try--
			continue
		}
		if !m.again || q.once && lost || try >= c.opts.Limits.Tries {
			return answer{}, c.final(q, m)
		}
		pause, ok := wait.next(c.opts.Jitter(), m.after, c.opts.Limits.Call)
		if !ok {
			return answer{}, c.final(q, m)
		}
		if err := c.opts.Sleep(whole, pause); err != nil {
			if ctx.Err() != nil && !(q.moves && m.lost) {
				return answer{}, c.transportFault(ctx, err).Under(q.id)
			}
			return answer{}, c.final(q, m)
		}
	}
}

// note writes down what became of a try.
func (c *Client) note(ctx context.Context, q call, try int, m *mistake) {
	attrs := []slog.Attr{
		slog.String("name", q.name), slog.Int("try", try), slog.String("code", string(m.err.Code)), slog.String("correlation", m.err.Correlation),
	}
	if m.other != "" {
		attrs = append(attrs, slog.String("answered_as", m.other))
	}
	level := slog.LevelWarn
	if m.err.Code == fault.Canceled || m.err.Code == fault.NonceNeeded { // nobody waits for it any more; or how the first proof goes
		level = slog.LevelDebug
	}
	c.opts.Log.LogAttrs(ctx, level, "call", attrs...)
}

// try sends a call once.
func (c *Client) try(ctx, whole context.Context, q call) (answer, *mistake) {
	limited, stop := context.WithTimeout(whole, c.opts.Limits.Try)
	defer stop()
	p, err := c.enter(whole, q)
	if err != nil {
		return answer{}, &mistake{err: fault.From(err)}
	}
	req, err := q.build()
	if err != nil {
		return answer{}, &mistake{err: fault.Wrap(err, fault.Internal)}
	}
	req = req.WithContext(limited)
	req.Header.Set("Accept", "application/json, "+wire.ProblemType)
	req.Header.Set("User-Agent", c.opts.UserAgent)
	req.Header.Set("Correlation-Id", q.id)
	signed := c.clock.ahead()
	if err := c.sign(req, p, q); err != nil {
		return answer{}, &mistake{err: fault.From(err)}
	}
	res, err := c.http.Do(req)
	if err != nil {
		m := c.unanswered(ctx, err)
		return answer{}, m
	}
	defer res.Body.Close()
	c.clock.heard(res.Header)
	if c.who != nil {
		c.who.given(res.Header)
		c.who.touch(p, c.clock.Now())
	}
	a, m := c.read(ctx, res, q)
	if m == nil && q.read != nil && a.status != http.StatusNotModified {
		if err := q.read(a.body); err != nil {
			m = &mistake{err: c.bad("JSON", err), lost: true}
		}
	}
	if m != nil {
		m.moved, m.pass = (c.clock.ahead()-signed).Abs() > steady, p
		if id := res.Header.Get("Correlation-Id"); id != q.id { // a platform of another version, or something between
			m.other = short(id)
		}
	}
	return a, m
}

// enter is the session that a call needs; nil where it needs none.
func (c *Client) enter(ctx context.Context, q call) (*pass, error) {
	switch {
	case c.who == nil || q.pass != nil || q.as == anyone || q.as == prover:
		return q.pass, nil
	case q.as == reader:
		return c.reading(ctx)
	}
	if p := c.who.open(act.ScopeAct, c.clock.Now()); p != nil {
		return p, nil
	}
	return nil, fault.New(fault.StepUpRequired)
}

// sign says who asks.
func (c *Client) sign(req *http.Request, p *pass, q call) error {
	if c.who == nil || q.as == anyone {
		return nil
	}
	return c.who.sign(req, p, q.fresh, c.clock.Now())
}

// read judges an answer by its status and type before its body.
func (c *Client) read(ctx context.Context, res *http.Response, q call) (answer, *mistake) {
	a := answer{status: res.StatusCode, etag: res.Header.Get("ETag")}
	if len(a.etag) > 200 { // the contract's limit for If-None-Match
		a.etag = ""
	}
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	switch {
	case res.StatusCode >= 400:
		return a, c.refusal(res, kind)
	case res.StatusCode != http.StatusOK && !slices.Contains(q.good, res.StatusCode):
		return a, c.wrong("HTTP " + strconv.Itoa(res.StatusCode))
	case res.StatusCode == http.StatusNotModified || res.StatusCode == http.StatusNoContent && q.read == nil:
		return a, nil
	case kind != "application/json":
		return a, c.wrong("Content-Type " + short(kind))
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, c.opts.Limits.Body+1))
	switch {
	case err != nil:
		m := &mistake{err: c.transportFault(ctx, err), again: ctx.Err() == nil, lost: true}
		if m.err.Code == fault.Unreachable {
			m.err = c.bad("incomplete", err)
		}
		return a, m
	case int64(len(body)) > c.opts.Limits.Body:
		return a, c.wrong("> " + strconv.FormatInt(c.opts.Limits.Body>>20, 10) + " MiB")
	case !utf8.Valid(body):
		return a, c.wrong("UTF-8")
	}
	a.body = body
	return a, nil
}

// wrong is an answer that no platform of the contract gives.
func (c *Client) wrong(detail string) *mistake {
	return &mistake{err: c.bad(detail, nil), lost: true}
}

// bad is BadAnswer. The cause may quote the platform, so it is filtered for the log.
func (c *Client) bad(detail string, cause error) *fault.Error {
	if cause == nil {
		return fault.New(fault.BadAnswer, "url", c.shown, "detail", detail)
	}
	return fault.Wrap(errors.New(short(cause.Error())), fault.BadAnswer, "url", c.shown, "detail", detail)
}

// refusal reads a problem, or makes the best of a status.
func (c *Client) refusal(res *http.Response, kind string) *mistake {
	m := &mistake{after: readRetryAfter(res, c.opts.Now), lost: true}
	switch res.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		m.again = true
	}
	const most = 64 << 10
	var problem wire.Problem
	body, err := io.ReadAll(io.LimitReader(res.Body, most))
	if kind == wire.ProblemType && err == nil && json.Unmarshal(body, &problem) == nil {
		m.err = c.fromProblem(res.StatusCode, problem)
		// A platform that says no has done nothing; but of a proof that it knows, a copy came before.
		m.lost = res.StatusCode >= 500 || m.err.Code == fault.ProofReplayed
		m.again = m.again || m.err.Code == fault.KeyInFlight
		if s := problem.RetryAfterS; s > 0 && !m.after.given {
			m.after = retryAfterSeconds(int64(s))
		}
	} else {
		m.err = c.fromStatus(res.StatusCode)
	}
	m.err.Correlation = "" // what a platform says is not shown: the call has its id
	if m.err.Code == fault.RateLimited {
		m.err.Args = map[string]string{"seconds": strconv.FormatInt(max(1, m.after.seconds()), 10)}
	}
	return m
}

// fromProblem believes a platform's word only about what it can know, under
// the status that goes with it (wire.Codes).
func (c *Client) fromProblem(status int, p wire.Problem) *fault.Error {
	e := p.Fault()
	if wire.Speaks(e.Code) && e.Code.Status() == status && len(e.Args) <= 16 {
		for name, value := range e.Args {
			e.Args[name] = short(value)
		}
		return e
	}
	return c.fromStatus(status)
}

func (c *Client) fromStatus(status int) *fault.Error {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return fault.New(fault.Unauthorized)
	case status == http.StatusTooManyRequests:
		return fault.New(fault.RateLimited)
	case status >= 500:
		return fault.New(fault.ServerError, "status", strconv.Itoa(status))
	default:
		return c.bad("HTTP "+strconv.Itoa(status), nil)
	}
}

// transportFault tells the caller's end, lateness and everything else apart.
func (c *Client) transportFault(ctx context.Context, err error) *fault.Error {
	var late net.Error
	self := selfSigned(err)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return fault.Wrap(context.Canceled, fault.Canceled)
	case errors.Is(err, errPin):
		return fault.Wrap(errPin, fault.PinChanged)
	case self != nil:
		return fault.Wrap(self, fault.Unreachable, "url", c.shown)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &late) && late.Timeout():
		return fault.Wrap(cause(err), fault.TimedOut, "url", c.shown)
	case strings.Contains(err.Error(), "malformed HTTP"): // net/http has no type for it
		return c.bad("HTTP", err)
	default:
		return fault.Wrap(cause(err), fault.Unreachable, "url", c.shown)
	}
}

// cause keeps the words of an error for the log, filtered and cut: net/http
// quotes lines of a broken answer.
func cause(err error) error { return errors.New(short(err.Error())) }

// short filters a text and keeps its first 200 bytes or so.
func short(s string) string {
	const most = 200
	if len(s) > 4*most {
		s = s[:4*most]
	}
	s = safe.Text(s)
	if len(s) > most {
		s = string(bytes.ToValidUTF8([]byte(s[:most]), nil)) + "…"
	}
	return s
}
