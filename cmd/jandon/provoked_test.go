package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jandon/client"
	"jandon/client/platformtest"
	"jandon/config"
	"jandon/internal/fault"
	"jandon/internal/i18n"
	"jandon/internal/wire"
	"jandon/keystore"
	"jandon/ui"
	"jandon/ui/uitest"
)

// trialRoom is an enrolled wallet and its real screens, over a platform that
// fails on demand.
type trialRoom struct {
	*uitest.Stage
	t      *testing.T
	server *platformtest.Server
	wallet *client.Account
	text   *i18n.Printer
	log    *logged
	tape   *taping
}

// trialOptions are what a room can have beside its platform and its wallet.
type trialOptions struct {
	lang    string
	wallets *slog.Logger      // the wallet's log; nil: none
	over    http.RoundTripper // the wallet's line; nil: a usual one
	tape    string            // a file that all is recorded in; "": nothing is
}

// logged is what the platform has in its log.
type logged struct {
	mu    sync.Mutex
	b     strings.Builder
	wrote sync.Cond
}

func (s *logged) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wrote.Broadcast()
	return s.b.Write(p)
}

// hears waits for a line with two texts: a request whose answer nobody waits for
// may still be under way.
func (s *logged) hears(ctx context.Context, text, and string) bool {
	ctx, stop := context.WithTimeout(ctx, 5*time.Second)
	defer stop()
	defer context.AfterFunc(ctx, s.wrote.Broadcast)()
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for line := range strings.Lines(s.b.String()) {
			if strings.Contains(line, text) && strings.Contains(line, and) {
				return true
			}
		}
		if ctx.Err() != nil {
			return false
		}
		s.wrote.Wait()
	}
}

func (s *logged) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func openTrial(t *testing.T, lang string) *trialRoom { return openTrialOf(t, trialOptions{lang: lang}) }

func openTrialOf(t *testing.T, with trialOptions) *trialRoom {
	t.Helper()
	lang := with.lang
	r := &trialRoom{t: t, text: i18n.Must(lang), log: &logged{}}
	r.log.wrote.L = &r.log.mu
	r.server = platformtest.Start(t, platformtest.Options{Scenario: "everyday", Log: slog.New(slog.NewTextHandler(r.log, nil)), Wallets: with.wallets, Over: with.over})
	r.wallet = r.server.Account()
	if _, err := r.wallet.Sync(t.Context(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	environ := []string{"JANDON_HOME=" + t.TempDir(), "LANG=C.UTF-8"}
	cfg, err := config.Load(config.Sources{Environ: environ, Flags: map[string]string{"lang": lang, "zone": "Asia/Seoul"}})
	if err != nil {
		t.Fatal(err)
	}
	a := &app{in: strings.NewReader(""), out: io.Discard, err: io.Discard, environ: environ, now: r.server.Clock.Now, cfg: cfg, logs: with.wallets}
	from := sourceOf(r.wallet, "platform", r.server.Clock.Now)
	o, err := a.shell(from)
	if err != nil {
		t.Fatal(err)
	}
	if r.tape = &a.tape; with.tape != "" {
		r.tape.file = with.tape
		if err := a.recordable(&o, a.setting(from)); err != nil {
			t.Fatal(err)
		}
	}
	c := uitest.NewClock(r.server.Clock.Now())
	o.Theme, o.Idle, o.Clock = "dark", 0, ui.Clock{Now: r.server.Clock.Now, Tick: c.Tick}
	shell, err := ui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	r.Stage = uitest.Start(shell, c, 120, 40)
	return r
}

// flat is a text without its breaks: where a line ends says nothing.
func flat(s string) string { return strings.Join(strings.Fields(s), "") }

// shows wants a text on the screen.
func (r *trialRoom) shows(what, text string) {
	r.t.Helper()
	if !strings.Contains(flat(r.Text()), flat(text)) {
		r.t.Errorf("%s: the screen does not say %q:\n%s", what, text, r.Text())
	}
}

var hexes = regexp.MustCompile(`\b[0-9a-f]{16}\b`)

var correlated = regexp.MustCompile(` · ([0-9a-f]{16})\b`)

// told looks at the list of failures: its newest says a code's sentence and
// hint, the code, and an id that stands in the platform's log.
func (r *trialRoom) told(what string, code fault.Code) {
	r.t.Helper()
	r.Press("f8")
	screen := r.Text()
	i := strings.Index(screen, string(code)+" · ")
	if i < 0 {
		r.t.Errorf("%s: no %s with an id:\n%s", what, code, screen)
		r.Press("esc")
		return
	}
	id := correlated.FindStringSubmatch(screen[i:])
	if id == nil || !strings.Contains(r.log.String(), "correlation="+id[1]) {
		r.t.Errorf("%s: the id is not in the platform's log: %v", what, id)
	}
	about := screen[:i]
	for _, empty := range []string{"{{", "<no value>", `"?"`, " ? ", "?.", "(?)", "internal"} {
		if strings.Contains(about, empty) {
			r.t.Errorf("%s: a sentence names nothing:\n%s", what, about)
		}
	}
	r.Press("esc")
}

// Every code that a wallet takes from a platform can be provoked by its name,
// and reaches the screen as its own sentence, with what it names, the code and
// the id.
func TestEveryErrorOfTheContractIsSaidOnTheScreen(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := openTrial(t, lang)
			for _, code := range wire.Codes() {
				place := "@changes"
				if code == fault.CursorOld {
					place = "@wallet" // by changes it says that the ledger was replaced, which is looked at
				}
				r.server.Fail("error="+string(code)+place, 1)
				r.Press("f5")
				r.told("provoked "+string(code), code)
				say, hint := r.text.Fault(fault.New(code))
				if words := strings.FieldsFunc(say, func(c rune) bool { return c == '?' }); len(words) > 0 {
					r.Press("f8")
					r.shows(string(code), strings.TrimSpace(words[0]))
					if first, _, _ := strings.Cut(hint, "?"); first != "" {
						r.shows(string(code)+"'s hint", strings.TrimSpace(first))
					}
					r.Press("esc")
				}
				r.Press("esc")
				if err := r.Check(); err != nil {
					t.Errorf("%s: %v", code, err)
				}
			}
			// What a platform can't know is not believed; its id is kept all the same.
			for code, want := range map[fault.Code]fault.Code{
				fault.Internal: fault.ServerError, fault.StoreBusy: fault.ServerError, fault.KeyringNone: fault.ServerError,
				fault.Unbalanced: fault.ServerError, fault.BadFlag: fault.BadAnswer, fault.WeakPIN: fault.BadAnswer, fault.PinChanged: fault.Unauthorized,
			} {
				r.server.Fail("error="+string(code)+"@changes", 1)
				r.Press("f5")
				r.told("not believed: "+string(code), want)
			}
			r.server.Fail("", 0)
			r.Press("f5")
			if _, err := r.wallet.Client.Status(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// says wants a code's sentence on a page, and beside it the code and the id
// of an answer in the platform's log.
func (r *trialRoom) says(place string, code fault.Code) {
	r.t.Helper()
	say, _ := r.text.Fault(fault.New(code))
	head, _, _ := strings.Cut(say, "?") // what is named stands there
	screen := r.Text()
	for _, word := range strings.Fields(head) { // columns stand beside each other: a sentence is no run of text
		if !strings.Contains(screen, word) {
			r.t.Errorf("%s@%s: the page does not say %q of %q:\n%s", code, place, word, head, screen)
			break
		}
	}
	logged := func(id string) bool { return strings.Contains(r.log.String(), "correlation="+id) }
	if !strings.Contains(screen, string(code)) || !slices.ContainsFunc(hexes.FindAllString(screen, -1), logged) {
		r.t.Errorf("%s@%s: no code, or no id of the platform's log:\n%s", code, place, screen)
	}
	if err := r.Check(); err != nil {
		r.t.Errorf("%s@%s: %v", code, place, err)
	}
}

// yes lets the moment pass after which y counts, and presses it.
func (r *trialRoom) yes() {
	r.Clock.Advance(3 * time.Second)
	r.Press("y")
}

// What refuses a cash-out is said on the page where it happens.
func TestWhatRefusesACashOutIsSaidWhereItHappens(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := openTrial(t, lang)
			fail := func(place string, code fault.Code) { r.server.Fail("error="+string(code)+"@"+place, 1) }
			r.Press("6")
			r.Type("1300")
			r.Press("enter", "down")
			for _, code := range []fault.Code{
				fault.Paused, fault.OverLimit, fault.Insufficient, fault.NotVerified, fault.NoDestination, fault.DestinationNew,
				fault.BadAmount, fault.BadRequest, fault.RateLimited, fault.DeviceRevoked, fault.NotFound,
			} {
				fail("quotes", code)
				r.Press("enter")
				r.says("quotes", code)
			}
			for _, code := range []fault.Code{
				fault.Paused, fault.OverLimit, fault.Insufficient, fault.QuoteExpired, fault.QuoteOutdated, fault.NotVerified, fault.NoDestination, fault.DestinationNew,
			} {
				r.server.Fail("", 0)
				r.Press("esc", "enter")
				fail("cashouts", code)
				r.yes()
				r.says("cashouts", code)
			}
			// By which act a quote was used is looked for; here by none.
			r.server.Fail("", 0)
			r.Press("esc", "enter")
			fail("cashouts", fault.QuoteUsed)
			r.yes()
			r.shows("a used quote", r.text.T("cashout.never_began"))
			r.told("a used quote", fault.QuoteUsed)

			r.server.Fail("", 0)
			r.Press("esc", "enter")
			fail("challenge", fault.Paused)
			r.yes()
			r.says("challenge", fault.Paused)
			for _, code := range []fault.Code{fault.DevicePaused, fault.DeviceBlocked, fault.TooLate, fault.NotFound, fault.ChallengeExpired} {
				fail("challenge", code)
				r.Press("a")
				r.says("challenge", code)
			}
			for _, code := range []fault.Code{fault.WrongCode, fault.DevicePaused, fault.Paused, fault.ChallengeExpired} {
				r.server.Fail("", 0)
				r.Press("a")
				fail("confirm", code)
				r.yes()
				if code == fault.ChallengeExpired { // it says of itself that nothing moved
					r.told("an expired challenge", code)
					continue
				}
				r.says("confirm", code)
			}
			if _, err := r.server.Platform.Check(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// unlock opens a session after the last one ended.
func (r *trialRoom) unlock() {
	r.t.Helper()
	pin := keystore.NewSecret([]byte(platformtest.PIN))
	defer pin.Wipe()
	if _, err := r.wallet.Unlock(r.t.Context(), pin); err != nil {
		r.t.Fatal(err)
	}
}
