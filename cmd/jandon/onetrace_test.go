package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/client/platformtest"
	"jandon/internal/fault"
)

// impatient is a line to a platform whose time is over as soon as a request to a
// place was sent: the platform has it, and its answer comes too late.
type impatient struct {
	http.RoundTripper
	at atomic.Pointer[string] // nil: nowhere
}

func (i *impatient) RoundTrip(r *http.Request) (*http.Response, error) {
	if at := i.at.Load(); at == nil || !strings.HasSuffix(r.URL.Path, "/"+*at) {
		return i.RoundTripper.RoundTrip(r)
	}
	ctx, stop := context.WithCancel(r.Context())
	defer stop()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { stop() }})
	res, err := i.RoundTripper.RoundTrip(r.WithContext(ctx)) //nolint:bodyclose // there is none
	if err != nil {
		return nil, context.DeadlineExceeded
	}
	_ = res.Body.Close()
	return nil, context.DeadlineExceeded
}

// seen is a failure as a person saw it.
type seen struct {
	fault, id string
	code      fault.Code
}

// failures finds them in the list of the screen.
var failures = regexp.MustCompile(`([a-z_]+) · ([0-9a-f]{16})\b`)

// newest is the newest failure in the list, if it is none that was known.
func (r *trialRoom) newest(known map[string]bool) (s seen, ok bool) {
	r.Press("f8")
	defer r.Press("esc")
	m := failures.FindStringSubmatch(r.Text())
	if m == nil || known[m[2]] {
		return seen{}, false
	}
	return seen{code: fault.Code(m[1]), id: m[2]}, true
}

// logsHave wants what a person saw in both logs: what failed and the call that
// led to it in the wallet's, the request in the platform's.
func (r *trialRoom) logsHave(home string, s seen) {
	r.t.Helper()
	own, err := os.ReadFile(filepath.Join(home, logFile))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, want := range []string{`msg=failed .* code=` + string(s.code) + ` correlation=` + s.id, `msg=call .* correlation=` + s.id} {
		if !regexp.MustCompile(want).Match(own) {
			r.t.Errorf("%s: the wallet's log has no line like %s:\n%s", s.fault, want, tail(string(own)))
		}
	}
	_, place, _ := strings.Cut(s.fault, "@")
	if !r.log.hears(r.t.Context(), "correlation="+s.id, "/"+place+`"`) {
		r.t.Errorf("%s: the platform's log has nothing of %s:\n%s", s.fault, s.id, tail(r.log.String()))
	}
}

// settled are faults that no person hears of: whether it was confirmed can be
// asked, and was. The logs have them all the same. (Nor does anybody hear of
// requests that overtake each other.)
var settled = map[string]bool{"drop@confirm": true, "truncate@confirm": true, "duplicate@confirm": true}

// lastCall is the id of the last call of a name that went wrong.
func (r *trialRoom) lastCall(home, name string) string {
	r.t.Helper()
	own, err := os.ReadFile(filepath.Join(home, logFile))
	if err != nil {
		r.t.Fatal(err)
	}
	all := regexp.MustCompile(`msg=call name="?`+name+`"? .* correlation=([0-9a-f]{16})`).FindAllSubmatch(own, -1)
	if len(all) == 0 {
		r.t.Fatalf("no call %q went wrong:\n%s", name, tail(string(own)))
	}
	return string(all[len(all)-1][1])
}

// tail is the end of a log.
func tail(log string) string { return log[max(0, len(log)-2000):] }

// rest lets what is being looked for be found, and goes back to the first page.
func (r *trialRoom) rest() {
	r.Clock.Advance(6 * time.Second)
	r.Press("esc", "esc", "esc", "1")
	if !r.wallet.Unlocked() {
		r.unlock()
	}
}

// confirms says yes to a question, or types the PIN where it wants that.
func (r *trialRoom) confirms() {
	r.Clock.Advance(3 * time.Second)
	if strings.Contains(r.Text(), "PIN  _") {
		r.Type(platformtest.PIN)
		r.Press("enter")
		return
	}
	r.Press("y")
}

// offered has an option of a cash-out chosen, and goes on from there.
func (r *trialRoom) offered(then func()) {
	r.Press("6", "t", "ctrl+u")
	r.Type("1300")
	r.Press("enter", "down")
	then()
}

// Whatever the line or the platform does to a request, and whatever was asked:
// what the screen shows, what the wallet's log and the platform's have, and what
// a recording lists go by one id.
func TestAFailureGoesByOneIDEverywhere(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"latency=20ms", "drop", "disconnect", "truncate", "error=paused", "duplicate"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			meetEverywhere(t, kind)
		})
	}
}

// meetEverywhere meets one fault at each place, as a person of whom no platform
// thinks that they are too fast.
func meetEverywhere(t *testing.T, kind string) {
	home := t.TempDir()
	line := &impatient{RoundTripper: http.DefaultTransport.(*http.Transport).Clone()}
	tape := filepath.Join(t.TempDir(), "all.session")
	r := openTrialOf(t, trialOptions{lang: "en", wallets: logIn(home), over: line, tape: tape})

	r.Send(tea.WindowSizeMsg{Width: 80, Height: 24})
	var all []seen
	known := map[string]bool{}
	// meet has something done under a fault, and looks up what the screen then says.
	meet := func(what string, do func()) {
		t.Helper()
		r.server.Fail(what, 1)
		if kind, place, _ := strings.Cut(what, "@"); strings.HasPrefix(kind, "latency") {
			line.at.Store(&place)
		}
		do()
		line.at.Store(nil)
		r.server.Fail("", 0)
		s, ok := r.newest(known)
		if settled[what] {
			r.shows(what, "Confirmed.")
			id := r.lastCall(home, "confirm")
			if ok || known[id] || !r.log.hears(t.Context(), "correlation="+id, `/confirm"`) {
				t.Errorf("%s: the screen lists %v, and the platform's log may not have %s", what, s, id)
			}
			known[id] = true
			return
		}
		if !ok {
			t.Errorf("%s: the screen lists no failure with an id:\n%s", what, r.Text())
			return
		}
		s.fault = what
		known[s.id] = true
		all = append(all, s)
		r.logsHave(home, s)
	}

	places := map[string]func(what string){
		"changes": func(what string) { meet(what, func() { r.Press("f5") }) },
		"limits":  func(what string) { meet(what, func() { r.Press("8", "r") }) },
		"quotes":  func(what string) { r.offered(func() { meet(what, func() { r.Press("enter") }) }) },
		"cashouts": func(what string) {
			r.offered(func() { r.Press("enter"); meet(what, r.yes) })
		},
		"confirm": func(what string) {
			r.offered(func() { r.Press("enter"); r.yes(); meet(what, r.confirms) })
		},
	}
	for _, place := range []string{"changes", "limits", "quotes", "cashouts", "confirm"} {
		places[place](kind + "@" + place)
		r.rest()
	}

	if err := r.tape.wound(); err != nil {
		t.Fatal(err)
	}
	shown := tryAt(t, t.TempDir(), "", "session", "show", tape, "--json")
	var told sessionJSON
	if err := json.Unmarshal([]byte(shown.out), &told); err != nil {
		t.Fatal(err, shown.told)
	}
	for _, s := range all {
		found := false
		for _, e := range told.Errors {
			found = found || e.Correlation == s.id && e.Code == string(s.code)
		}
		if !found {
			t.Errorf("%s: the recording does not list %s · %s", s.fault, s.code, s.id)
		}
	}
}
