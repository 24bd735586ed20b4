package platform

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/clock"
	"jandon/internal/platform/faults"
	"jandon/internal/safe"
)

// What a tester may do. It is no part of the contract: no wallet asks for it,
// and a platform that is not in tester mode has no such paths.

// longestTest is the most that a tester may send: a plan of faults.
const longestTest = 16 << 10

// clockView is the clock as a tester sees and sets it.
type clockView struct {
	Time    time.Time `json:"time"`
	Speed   float64   `json:"speed"`
	Stopped bool      `json:"stopped"`
}

// clockWish is what a tester wants of the clock; what is left out stays.
type clockWish struct {
	Time    *time.Time `json:"time"`    // set to
	Step    *string    `json:"step"`    // ahead by, as 90s or 24h
	Speed   *float64   `json:"speed"`   // times as fast
	Stopped *bool      `json:"stopped"` // held
}

// faultsView is the plan of faults.
type faultsView struct {
	Plan   string   `json:"plan"`
	Seed   uint64   `json:"seed"`
	Places []string `json:"places"` // what can stand behind @
}

type faultsWish struct {
	Plan *string `json:"plan"`
	Seed uint64  `json:"seed"`
}

type letterView struct {
	At      time.Time `json:"at"`
	Handle  string    `json:"handle"`
	Device  string    `json:"device"`
	Mark    string    `json:"mark"`
	Code    string    `json:"code"`
	Expires time.Time `json:"expires"`
}

// tested answers a tester before anything else looks at a request: no pace, no
// session and no fault stands in the way of taking a fault back.
func (p *Platform) tested(next http.Handler) http.Handler {
	if p.clock == nil {
		return next
	}
	mux := http.NewServeMux()
	for pattern, answer := range map[string]func(*http.Request) (any, error){
		"GET /test/clock":  func(*http.Request) (any, error) { return p.clockView(), nil },
		"PUT /test/clock":  p.moveClock,
		"GET /test/faults": func(*http.Request) (any, error) { return p.faultsView(), nil },
		"PUT /test/faults": p.planFaults,
		"GET /test/outbox": func(*http.Request) (any, error) { return p.lettersView(), nil },
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			exchangeOf(r.Context()).route = pattern
			body, err := answer(r)
			if err != nil {
				p.fail(w, r, err)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			if err := json.NewEncoder(w).Encode(body); err != nil {
				exchangeOf(r.Context()).cause = err // the other side is gone
			}
		})
	}
	tester := p.routed(mux, mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/test/") {
			next.ServeHTTP(w, r)
			return
		}
		if !near(r) {
			p.fail(w, r, fault.New(fault.NotFound, "what", "path"))
			return
		}
		tester.ServeHTTP(w, r)
	})
}

// near reports a request of this machine that no page of a browser made, not
// even one that has its own name lead here.
func near(r *http.Request) bool {
	if r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" {
		return false
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if ok && local.Network() == (pipeAddr{}).Network() {
		return true
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !from.Addr().Unmap().IsLoopback() {
		return false
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}

// wish reads what a tester sends: one object, no member that is not known.
func wish(r *http.Request, into any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return fault.New(fault.BadMedia)
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, longestTest+1))
	if err != nil {
		return fault.Wrap(err, fault.BadRequest, "detail", "the body ended early")
	}
	if len(body) > longestTest {
		return fault.New(fault.TooLarge, "limit", strconv.Itoa(longestTest))
	}
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fault.Wrap(err, fault.BadRequest, "detail", safe.Text(strings.TrimPrefix(err.Error(), "json: ")))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fault.New(fault.BadRequest, "detail", "one object is enough")
	}
	return nil
}

func (p *Platform) clockView() clockView {
	s := p.clock.State()
	return clockView{s.Time.UTC().Truncate(time.Millisecond), s.Speed, s.Stopped}
}

// moveClock does all of a wish, or nothing. Time comes first and going on last,
// so that one request can set an instant and hold it.
func (p *Platform) moveClock(r *http.Request) (any, error) {
	var w clockWish
	if err := wish(r, &w); err != nil {
		return nil, err
	}
	var step time.Duration
	if w.Step != nil {
		var err error
		if step, err = time.ParseDuration(*w.Step); err != nil || step < 0 {
			return nil, badField("/step", "must be a time such as 90s or 24h; the clock does not go back")
		}
	}
	if w.Speed != nil && !(*w.Speed >= clock.Slowest && *w.Speed <= clock.Fastest) {
		return nil, badField("/speed", "must be from 0.01 to 86400")
	}
	move, where := func() error { return p.clock.Step(step) }, "/step"
	if w.Time != nil {
		move, where = func() error { return p.clock.Set(w.Time.Add(step)) }, "/time"
	}
	if err := move(); err != nil {
		return nil, badField(where, p.whyNot(err))
	}
	if w.Speed != nil {
		_ = p.clock.Speed(*w.Speed) // it was checked
	}
	switch {
	case w.Stopped == nil:
	case *w.Stopped:
		p.clock.Stop()
	default:
		p.clock.Run()
	}
	p.wake() // something may be due now
	return p.clockView(), nil
}

func (p *Platform) whyNot(err error) string {
	if errors.Is(err, clock.ErrFar) {
		return "must be before the year 9999"
	}
	return "must not be before " + p.clock.Now().UTC().Format(time.RFC3339Nano) + ", which the books may have seen: the clock does not go back"
}

func (p *Platform) faultsView() faultsView {
	plan := p.faults.Load()
	return faultsView{plan.String(), plan.Seed(), Places()}
}

func (p *Platform) planFaults(r *http.Request) (any, error) {
	var w faultsWish
	if err := wish(r, &w); err != nil {
		return nil, err
	}
	if w.Plan == nil {
		return nil, badField("/plan", `is needed, such as "drop=0.1@confirm"; "" takes all faults back`)
	}
	plan, err := faults.Parse(*w.Plan, w.Seed, Places())
	if err != nil {
		args := fault.From(err).Args
		return nil, badField("/plan", "can't have "+strconv.Quote(safe.Text(args["value"]))+"; right would be: "+args["want"])
	}
	p.Provoke(plan)
	return p.faultsView(), nil
}

func (p *Platform) lettersView() any {
	list := []letterView{}
	for _, l := range p.Outbox() {
		l.Code.Expose(func(code []byte) {
			list = append(list, letterView{l.At.UTC(), l.Handle, l.Device, l.Mark, string(code), l.Expires.UTC()})
		})
	}
	return map[string]any{"letters": list}
}
