package presence

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"jandon/keystore/internal/bus/bustest"
)

// brief are deadlines that keep the tests quick; slack is for a busy machine.
var brief = Limits{Quick: 300 * time.Millisecond, Patient: 300 * time.Millisecond}

const slack = 2 * time.Second

// timely is brief with time to touch.
var timely = Limits{Quick: 2 * time.Second, Patient: 10 * time.Second}

func TestStateSaysHowTheReaderStandsInTimeAndAsksNobody(t *testing.T) {
	over := make(chan struct{})
	defer close(over)
	hang := func(method string) func(string) {
		return func(m string) {
			if m == method {
				<-over
			}
		}
	}
	for _, c := range []struct {
		name  string
		set   func(t *testing.T)
		state State
	}{
		{"no bus", func(t *testing.T) { systemBus(t, "unix:path="+filepath.Join(t.TempDir(), "none")) }, None},
		{"a bus that is nonsense", func(t *testing.T) { systemBus(t, "nonsense") }, None},
		{"a bus that would be started", func(t *testing.T) { systemBus(t, "autolaunch:") }, None},
		{"a bus that never answers", func(t *testing.T) { systemBus(t, deaf(t)) }, Stuck},
		{"no service", func(t *testing.T) { systemBus(t, bustest.Start(t, service, "")) }, None},
		{"a service that can't start", func(t *testing.T) { systemBus(t, bustest.Start(t, service, "/bin/false")) }, None},
		{"a service stuck while starting", func(t *testing.T) { systemBus(t, bustest.Start(t, service, "/bin/sleep 30")) }, Stuck},
		{"no reader", func(t *testing.T) {
			serve(t, &fprintd{err: map[string]string{"GetDefaultDevice": errorPrefix + "NoSuchDevice"}})
		}, None},
		{"no finger", func(t *testing.T) {
			serve(t, &fprintd{err: map[string]string{"ListEnrolledFingers": errorPrefix + "NoEnrolledPrints"}})
		}, NotEnrolled},
		{"an empty list of fingers", func(t *testing.T) { serve(t, &fprintd{fingers: []string{}}) }, NotEnrolled},
		{"not allowed", func(t *testing.T) {
			serve(t, &fprintd{err: map[string]string{"ListEnrolledFingers": errorPrefix + "PermissionDenied"}})
		}, Refused},
		{"something new", func(t *testing.T) {
			serve(t, &fprintd{err: map[string]string{"ListEnrolledFingers": errorPrefix + "Unheard"}})
		}, Stuck},
		{"stuck on the first question", func(t *testing.T) { serve(t, &fprintd{before: hang("GetDefaultDevice")}) }, Stuck},
		{"stuck on the fingers", func(t *testing.T) { serve(t, &fprintd{before: hang("ListEnrolledFingers")}) }, Stuck},
		{"ready", func(t *testing.T) { serve(t, &fprintd{}) }, Ready},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.set(t)
			r := New(timely)
			if c.state == Stuck {
				r = New(brief)
			}
			began := time.Now() //nolint:forbidigo // how long it takes is the point
			if got := r.State(t.Context()); got != c.state {
				t.Errorf("state %v, want %v", got, c.state)
			}
			if c.state != Ready {
				if got := r.Ask(t.Context()); got != c.state {
					t.Errorf("asked, it is %v, want %v", got, c.state)
				}
			}
			if took := time.Since(began); took > 2*time.Second+slack {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestLookingClaimsNothing(t *testing.T) {
	f := serve(t, &fprintd{})
	if got := New(brief).State(t.Context()); got != Ready {
		t.Fatal(got)
	}
	if want := []string{"GetDefaultDevice", "ListEnrolledFingers"}; !slices.Equal(f.made(), want) {
		t.Errorf("it called %q", f.made())
	}
}

func TestATouchIsWhatTheServiceSaysAndTheReaderIsGivenBack(t *testing.T) {
	for status, want := range map[string]State{
		"verify-match": Matched, "verify-no-match": NoMatch, "verify-disconnected": Stuck, "verify-unknown-error": Stuck, "verify-unheard": Stuck,
	} {
		f := serve(t, &fprintd{started: func(f *fprintd, _ int) {
			f.says("verify-retry-scan", false) // a bad touch does not end it
			f.says("verify-remove-and-retry", false)
			f.says(status, true)
		}})
		if got := New(timely).Ask(t.Context()); got != want {
			t.Errorf("%s: %v, want %v", status, got, want)
		}
		want := []string{"GetDefaultDevice", "ListEnrolledFingers", "Claim", "VerifyStart any", "VerifyStop", "Release"}
		if !slices.Equal(f.made(), want) {
			t.Errorf("%s: it called %q", status, f.made())
		}
	}
}

func TestAReaderThatCantBeHadSaysWhy(t *testing.T) {
	for _, c := range []struct {
		method, name string
		want         State
	}{
		{"Claim", errorPrefix + "AlreadyInUse", Busy},
		{"Claim", errorPrefix + "PermissionDenied", Refused},
		{"Claim", "org.freedesktop.DBus.Error.AccessDenied", Refused},
		{"Claim", errorPrefix + "Internal", Stuck},
		{"VerifyStart any", errorPrefix + "AlreadyInUse", Busy},
		{"VerifyStart any", errorPrefix + "NoEnrolledPrints", NotEnrolled},
		{"VerifyStart any", errorPrefix + "Internal", Stuck},
	} {
		f := serve(t, &fprintd{err: map[string]string{c.method: c.name}})
		if got := New(timely).Ask(t.Context()); got != c.want {
			t.Errorf("%s fails with %s: %v, want %v", c.method, c.name, got, c.want)
		}
		if !f.free() {
			t.Errorf("%s fails with %s: the reader was kept", c.method, c.name)
		}
	}
}

// Whatever hangs, the answer comes in time and the reader is free afterwards.
func TestAReaderThatHangsIsLeftInTime(t *testing.T) {
	for _, method := range []string{"Claim", "VerifyStart any", "VerifyStop", "Release"} {
		let := make(chan struct{})
		serve(t, &fprintd{
			started: func(f *fprintd, _ int) { f.says("verify-match", true) },
			before: func(m string) {
				if m == method {
					<-let
				}
			},
		})
		want := Stuck
		if method == "VerifyStop" || method == "Release" {
			want = Matched // it was touched; giving back may hang as it likes
		}
		began := time.Now() //nolint:forbidigo // as above
		if got := New(brief).Ask(t.Context()); got != want {
			t.Errorf("%s hangs: %v, want %v", method, got, want)
		}
		if took := time.Since(began); took > 3*brief.Quick+slack {
			t.Errorf("%s hangs: it took %v", method, took)
		}
		close(let)
	}
}

func TestNobodyTouchesIt(t *testing.T) {
	f := serve(t, &fprintd{})
	if got := New(brief).Ask(t.Context()); got != TimedOut || !f.free() {
		t.Errorf("%v, given back: %v", got, f.free())
	}
}

func TestLeavingGivesTheReaderBack(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	f := serve(t, &fprintd{started: func(*fprintd, int) { leave() }})
	if got := New(timely).Ask(ctx); got != Canceled || !f.free() {
		t.Errorf("%v, given back: %v", got, f.free())
	}
	if got := New(timely).Ask(ctx); got != Canceled {
		t.Errorf("after the end it is %v", got)
	}
}

func TestASecondQuestionWaitsUntilTheReaderIsBack(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	f := &fprintd{}
	claimed := make(chan struct{}) // a second time, or late enough
	var claims atomic.Int32
	var slow sync.Once
	f.before = func(method string) {
		if method == "Claim" {
			if claims.Add(1) == 2 {
				close(claimed)
			}
		}
		if method == "VerifyStop" {
			slow.Do(func() {
				select {
				case <-claimed:
				case <-time.After(300 * time.Millisecond):
				}
			})
		}
	}
	f.started = func(f *fprintd, attempt int) {
		if attempt == 1 {
			leave()
			return
		}
		f.says("verify-match", true)
	}
	serve(t, f)
	r := New(timely)
	first := make(chan State, 1)
	go func() { first <- r.Ask(ctx) }()
	<-ctx.Done()
	if got := r.Ask(t.Context()); got != Matched {
		t.Errorf("the second question: %v", got)
	}
	if got := <-first; got != Canceled {
		t.Errorf("the first: %v", got)
	}
}

// The reader is pulled out, or its service ends, while a finger is awaited.
func TestWhatVanishesWhileItIsAskedIsStuckAndNotAMatch(t *testing.T) {
	for name, vanish := range map[string]func(*fprintd){
		"the service ends":     func(f *fprintd) { _ = f.conn.Close() },
		"it gives its name up": func(f *fprintd) { _, _ = f.conn.ReleaseName(service) },
	} {
		serve(t, &fprintd{started: func(f *fprintd, _ int) { go vanish(f) }})
		if got := New(Limits{Quick: time.Second, Patient: 20 * time.Second}).Ask(t.Context()); got != Stuck {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Another program on the bus says that the finger matched.
func TestAForeignMatchDoesNotCount(t *testing.T) {
	var stranger atomic.Pointer[dbus.Conn]
	serve(t, &fprintd{started: func(f *fprintd, _ int) {
		match := &dbus.Message{
			Type: dbus.TypeSignal, Body: []any{"verify-match", true},
			Headers: map[dbus.HeaderField]dbus.Variant{
				dbus.FieldPath: dbus.MakeVariant(readerPath), dbus.FieldInterface: dbus.MakeVariant(deviceIface),
				dbus.FieldMember: dbus.MakeVariant("VerifyStatus"), dbus.FieldDestination: dbus.MakeVariant(f.asker), // to nobody else
				dbus.FieldSignature: dbus.MakeVariant(dbus.SignatureOf("", true)),
			},
		}
		if call := stranger.Load().Send(match, nil); call != nil && call.Err != nil {
			t.Error(call.Err)
		}
		_ = stranger.Load().Emit(readerPath, deviceIface+".VerifyStatus", "verify-match", true)
	}})
	stranger.Store(join(t))
	if got := New(brief).Ask(t.Context()); got != TimedOut {
		t.Errorf("%v", got)
	}
}

func TestEveryStateHasAWord(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for s := Unknown; s <= Canceled; s++ {
		if seen[s.String()] {
			t.Errorf("%d has the word of another: %v", s, s)
		}
		seen[s.String()] = true
	}
	if got := (Canceled + 1).String(); got != "unknown" || len(words) != int(Canceled)+1 {
		t.Errorf("%s, %d words", got, len(words))
	}
}
