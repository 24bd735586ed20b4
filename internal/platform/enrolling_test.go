package platform_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// Whether there is such a person is told by nothing that a stranger sees.
func TestUnknownHandleLooksLikeAKnownOne(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		var said []string
		for _, handle := range []string{"mina", "nobody"} {
			p := s.newPhone()
			a := p.post("/v1/enrolments", wire.EnrolRequest{Handle: handle, DeviceName: "laptop", HpkePublicKey: p.public, Store: wire.Keyring})
			var e wire.Enrolment
			a.is(t, http.StatusAccepted, &e)
			p.enrolID = string(e.Enrolment)
			line := fmt.Sprintf("%d %d %v", a.status, len(a.body), e.Expires)
			for range 6 {
				b := p.activate("0000-0000")
				line += fmt.Sprintf(" %d %s", b.status, b.problem(t).Code)
			}
			line += fmt.Sprintf(" %s", p.activate("").problem(t).Code)
			said = append(said, line)
		}
		if said[0] != said[1] {
			t.Errorf("\n%s\n%s", said[0], said[1])
		}
		if letters := s.Outbox(); len(letters) != 1 || letters[0].Handle != "mina" {
			t.Errorf("letters %v", letters)
		}
	})
}

func TestActivationCode(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.newPhone()
		p.enrol("mina", "laptop")
		code := s.letter("laptop")
		for range 4 {
			p.activate("0000-0000").refused(t, "a wrong code", fault.WrongCode)
		}
		other := s.newPhone()
		other.enrolID = p.enrolID
		other.activate(code).refused(t, "another key", fault.EnrolmentOver)
		if a := p.activate(strings.ToLower(strings.ReplaceAll(code, "-", " "))); a.status != http.StatusOK { // as a person types it
			t.Fatalf("the fifth: %d %s", a.status, a.body)
		}
		guesser := s.newPhone()
		guesser.enrol("mina", "guesser")
		for range 5 {
			guesser.activate("0000-0000").refused(t, "a wrong code", fault.WrongCode)
		}
		guesser.activate(s.letter("guesser")).refused(t, "a sixth try", fault.EnrolmentOver)

		late := s.newPhone()
		late.enrol("mina", "late")
		s.at(day(60).Add(10 * time.Minute))
		late.activate(s.letter("late")).refused(t, "after ten minutes", fault.EnrolmentOver)
		none := s.newPhone()
		none.enrolID = "e-none"
		none.activate(code).refused(t, "no enrolment", fault.EnrolmentOver)
	})
}

// The answer of an activation may be lost: the same code brings the same K, as
// long as the device has not shown it.
func TestActivationAnswerLost(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.newPhone()
		p.enrol("mina", "laptop")
		code := s.letter("laptop")
		p.activate(code).is(t, http.StatusOK, nil)
		id, k := p.id, p.k
		p.activate(code).is(t, http.StatusOK, nil)
		if p.id != id || !p.k.Equal(k) {
			t.Error("another device came of it")
		}
		p.open("totp", p.totp())
		token := p.token
		p.token = ""
		p.activate(code).refused(t, "after its first use", fault.EnrolmentOver)
		p.token = token
		var list wire.DeviceList
		p.look("/v1/devices").into(t, &list)
		if len(list.Devices) != 1 {
			t.Errorf("devices %+v", list.Devices)
		}
	})
}

// A wallet that ended after its code was taken is given the same K again for the
// same code, after the last try and after the code's end, too, until the device
// has shown what it was given; nobody else's key gets anything.
func TestActivatedWalletEndedBeforeItsPIN(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.newPhone()
		p.enrol("mina", "laptop")
		code := s.letter("laptop")
		for range 4 {
			p.activate("0000-0000").refused(t, "a wrong code", fault.WrongCode)
		}
		s.at(day(60).Add(5 * time.Minute))
		p.activate(code).is(t, http.StatusOK, nil) // the last try
		id, k := p.id, p.k
		p.activate(code).is(t, http.StatusOK, nil) // whose answer was lost
		s.at(day(60).Add(14 * time.Minute))        // its code is over, the device is not
		p.activate(code).is(t, http.StatusOK, nil)
		if p.id != id || !p.k.Equal(k) {
			t.Error("another device came of it")
		}
		other := s.newPhone()
		other.enrolID = p.enrolID
		other.activate(code).refused(t, "another key", fault.EnrolmentOver)
		p.open("totp", p.totp())
		p.token = ""
		p.activate(code).refused(t, "after its first use", fault.EnrolmentOver)

		late := s.newPhone()
		late.enrol("mina", "late")
		late.activate(s.letter("late")).is(t, http.StatusOK, nil)
		s.at(day(60).Add(24 * time.Minute))
		late.activate(s.letter("late")).refused(t, "after ten minutes", fault.EnrolmentOver)
		late.activate("").refused(t, "nothing, after ten minutes", fault.EnrolmentOver)
	})
}

// Who has a copy of the keys that wait in the keyring, but not the code, gets
// nothing of a device that is in, and guesses no longer than before it was.
func TestCopiedKeysWithoutTheCodeGetNothing(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.newPhone()
		p.enrol("mina", "laptop")
		code := s.letter("laptop")
		p.activate(code).is(t, http.StatusOK, nil)
		thief := *p
		thief.activate("").refused(t, "nothing typed", fault.WrongCode)
		for range 4 {
			thief.activate("0000-0000").refused(t, "a guess", fault.WrongCode)
		}
		p.activate(code).is(t, http.StatusOK, nil) // the fifth
		thief.activate("0000-0000").refused(t, "a sixth try", fault.EnrolmentOver)

		// Another device's approval lets in who opens it with the key that it was begun
		// with, as often as it takes.
		p.open("totp", p.totp())
		q := s.newPhone()
		q.enrol("mina", "tablet")
		var page wire.ActPage
		p.look("/v1/acts?limit=1").is(t, http.StatusOK, &page)
		p.confirmed(string(page.Acts[0].Id))
		thief = *q
		thief.seal, thief.public = newSeal(t)
		thief.activate("").refused(t, "approved, asked first", fault.WrongCode)
		q.activate("").is(t, http.StatusOK, nil)
		id, k := q.id, q.k
		thief.activate("").refused(t, "approved, asked again", fault.WrongCode)
		q.activate("").is(t, http.StatusOK, nil) // whose answer was lost
		if q.id != id || !q.k.Equal(k) {
			t.Error("another device came of it")
		}
		q.seal, q.public = newSeal(t) // it ended, and a later run has but the code
		q.activate("").refused(t, "approved, another run", fault.WrongCode)
		q.activate(s.letter("tablet")).is(t, http.StatusOK, nil)
		if q.id != id || !q.k.Equal(k) {
			t.Error("another device came of it")
		}
	})
}

// What was begun and left is over at its time, and sooner if the device takes
// it back: nothing waits for other devices for ever.
func TestAbandonedEnrolmentsDoNotWait(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		states := func() (list []act.State) {
			var page wire.ActPage
			p.look("/v1/acts").is(t, http.StatusOK, &page)
			for _, a := range page.Acts {
				if a.Subject.Name != "laptop" {
					list = append(list, act.State(a.State))
				}
			}
			return list
		}
		devices := func() int {
			var list wire.DeviceList
			p.look("/v1/devices").into(t, &list)
			return len(list.Devices)
		}
		q := s.newPhone()
		q.enrol("mina", "left")
		if got := states(); len(got) != 1 || got[0] != act.Waiting {
			t.Fatalf("begun: %v", got)
		}
		q.giveUp().is(t, http.StatusNoContent, nil)
		q.giveUp().is(t, http.StatusNoContent, nil)
		q.activate(s.letter("left")).refused(t, "one given up", fault.EnrolmentOver)
		if got := states(); got[0] != act.Canceled {
			t.Errorf("given up: %v", got)
		}

		q = s.newPhone()
		q.enrol("mina", "let in")
		q.activate(s.letter("let in")).is(t, http.StatusOK, nil)
		other := s.newPhone()
		other.enrolID = q.enrolID
		other.giveUp().refused(t, "another key", fault.EnrolmentOver)
		if n := devices(); n != 2 {
			t.Errorf("%d devices", n)
		}
		q.giveUp().is(t, http.StatusNoContent, nil)
		q.session("totp", q.totp()).refused(t, "a device given up", fault.DeviceRevoked)
		if n := devices(); n != 1 {
			t.Errorf("given up: %d devices", n)
		}
		nobody := s.newPhone()
		nobody.enrol("nobody", "stranger")
		nobody.giveUp().is(t, http.StatusNoContent, nil)

		q = s.newPhone()
		q.enrol("mina", "forgotten")
		s.at(day(60).Add(10 * time.Minute))
		p.open("totp", p.totp())
		if got := states(); got[0] != act.Lapsed {
			t.Errorf("forgotten: %v", got)
		}
		q.giveUp().is(t, http.StatusNoContent, nil)
		if got := states(); got[0] != act.Lapsed {
			t.Errorf("given up too late: %v", got)
		}
	})
}

// How many tries are left is told to whom they are counted for.
func TestWrongCodesSayHowManyAreLeft(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.newPhone()
	p.enrol("mina", "laptop")
	left := func(a answer) string { return string(a.problem(t).Args["left"]) }
	for _, want := range []string{"4", "3"} {
		if got := left(p.activate("0000-0000")); got != want {
			t.Errorf("an activation code: %q left, want %q", got, want)
		}
	}
	p.activate(s.letter("laptop")).is(t, http.StatusOK, nil)
	p.open("totp", p.totp())
	p.token = ""
	for _, want := range []string{"4", "3", "2", "1"} {
		if got := left(p.session("totp", wrong(p.totp()))); got != want {
			t.Errorf("a session: %q left, want %q", got, want)
		}
	}
	// The fifth says what it brought about, and does not wait for a sixth to say so.
	last := p.session("totp", wrong(p.totp()))
	last.refused(t, "the fifth", fault.WrongCode)
	if args := last.problem(t).Args; args["seconds"] != "900" || args["until"] == "" || args["left"] != "5" {
		t.Errorf("the fifth: %v", args)
	}
}

// A device that its code let in was added: its act has not lapsed.
func TestAnActivatedDeviceWasAdded(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		var page wire.ActPage
		p.look("/v1/acts").is(t, http.StatusOK, &page)
		if len(page.Acts) != 1 || act.Action(page.Acts[0].Action) != act.AddDevice || act.State(page.Acts[0].State) != act.Done {
			t.Errorf("acts %+v", page.Acts)
		}
	})
}

// Only a good code makes a device active, and only within ten minutes.
func TestPendingDevice(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.newPhone()
		p.enrol("mina", "laptop")
		p.activate(s.letter("laptop")).is(t, http.StatusOK, nil)
		p.session("", "").refused(t, "reading", fault.StepUpRequired)
		p.session("totp", wrong(p.totp())).refused(t, "a wrong code", fault.WrongCode)
		if n := p.alerts(wallet.AlertNewDevice); n != 0 {
			t.Errorf("%d alerts of a device that is pending", n)
		}
		s.at(day(60).Add(10 * time.Minute))
		p.session("totp", p.totp()).refused(t, "after ten minutes", fault.DeviceRevoked)

		q := s.newPhone()
		q.enrol("mina", "tablet")
		q.activate(s.letter("tablet")).is(t, http.StatusOK, nil)
		q.open("totp", q.totp())
		if n := q.alerts(wallet.AlertNewDevice); n != 1 {
			t.Errorf("%d alerts", n)
		}
		var list wire.DeviceList
		q.look("/v1/devices").into(t, &list)
		if len(list.Devices) != 1 || !list.Devices[0].Limited.Equal(day(61).Add(10*time.Minute)) {
			t.Errorf("devices %+v", list.Devices)
		}
		s.at(day(61).Add(10 * time.Minute))
		q.open("totp", q.totp())
		list = wire.DeviceList{}
		q.look("/v1/devices").into(t, &list)
		if !list.Devices[0].Limited.IsZero() {
			t.Errorf("a day later: %+v", list.Devices[0])
		}
	})
}

// Another device approves instead of a code.
func TestDeviceApproved(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		q := s.newPhone()
		q.enrol("mina", "tablet")
		q.activate("").refused(t, "before it is approved", fault.WrongCode)
		var page wire.ActPage
		p.look("/v1/acts?limit=1").is(t, http.StatusOK, &page)
		one := page.Acts[0]
		if act.Action(one.Action) != act.AddDevice || one.Subject.Name != "tablet" || string(one.Subject.Id) != s.Outbox()[1].Mark {
			t.Fatalf("act %+v", one)
		}
		p.confirmed(string(one.Id))
		stranger := s.newPhone()
		stranger.enrolID = q.enrolID
		stranger.activate("").refused(t, "another key", fault.EnrolmentOver)
		q.activate("").is(t, http.StatusOK, nil)
		q.open("totp", q.totp())

		// What is refused can't be finished, not even with the code.
		r := s.newPhone()
		r.enrol("mina", "thief")
		p.look("/v1/acts?limit=1").is(t, http.StatusOK, &page)
		var canceled wire.Act
		p.post("/v1/acts/"+string(page.Acts[0].Id)+"/cancel", nil).is(t, http.StatusOK, &canceled)
		r.activate(s.letter("thief")).refused(t, "a refused one", fault.EnrolmentOver)
	})
}

func TestDeviceLimit(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	var last *phone
	for i := range ledger.MaxDevices {
		if i == 9 { // a person is not named so often within a minute
			s.at(day(60).Add(10 * time.Minute))
		}
		last = s.enrolled("mina", fmt.Sprint("device ", i))
	}
	p := s.newPhone()
	p.enrol("mina", "one too many")
	a := p.activate(s.letter("one too many"))
	a.refused(t, "one too many", fault.DeviceLimit)
	if last.ask(request{method: http.MethodDelete, path: "/v1/devices/" + last.id}).status != http.StatusNoContent {
		t.Fatal("revoking")
	}
	p.activate(s.letter("one too many")).is(t, http.StatusOK, nil)
}

func TestEnrolmentsAreSlowedDown(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.newPhone()
	var a answer
	for range 11 {
		a = p.post("/v1/enrolments", wire.EnrolRequest{Handle: "mina", DeviceName: "x", HpkePublicKey: p.public, Store: wire.Keyring})
	}
	a.refused(t, "the eleventh", fault.RateLimited)
	if a.header.Get("Retry-After") != "60" {
		t.Errorf("Retry-After %s", a.header.Get("Retry-After"))
	}
	if b := p.post("/v1/enrolments", wire.EnrolRequest{Handle: "jun", DeviceName: "x", HpkePublicKey: p.public, Store: wire.Keyring}); b.status != http.StatusAccepted {
		t.Errorf("somebody else: %d %s", b.status, b.body)
	}
	s.at(day(60).Add(time.Minute))
	s.enrolled("mina", "laptop")
}

func TestEnrolmentsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.newPhone()
	good := wire.EnrolRequest{Handle: "mina", DeviceName: "laptop", HpkePublicKey: p.public, Store: wire.Keyring}
	for pointer, change := range map[string]func(*wire.EnrolRequest){
		"/body/handle": func(e *wire.EnrolRequest) { e.Handle = "" }, "/body/device_name": func(e *wire.EnrolRequest) { e.DeviceName = "a\x1b[31mb" },
		"/body/hpke_public_key": func(e *wire.EnrolRequest) { e.HpkePublicKey = strings.Repeat("A", 87) }, "/body/store": func(e *wire.EnrolRequest) { e.Store = "cloud" },
	} {
		e := good
		change(&e)
		a := p.post("/v1/enrolments", e)
		a.refused(t, pointer, fault.BadRequest)
		if problem := a.problem(t); len(problem.Errors) != 1 || string(problem.Errors[0].Pointer) != pointer {
			t.Errorf("%s: %+v", pointer, problem.Errors)
		}
	}
	if n := len(s.Outbox()); n != 0 {
		t.Errorf("%d letters", n)
	}
}

// Two runs may hand in the same code in the same instant: to the platform that
// is one code and an answer that was lost, and both are let in as the same device.
func TestTheSameCodeTwiceAtOnce(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		for n := range 4 {
			p, name := s.newPhone(), fmt.Sprint("laptop ", n)
			p.enrol("mina", name)
			code := s.letter(name)
			runs := [4]phone{*p, *p, *p, *p}
			var answers [len(runs)]answer
			var all sync.WaitGroup
			for i := range runs {
				all.Go(func() { answers[i] = runs[i].activate(code) })
			}
			all.Wait()
			for i, a := range answers {
				if a.status != http.StatusOK || runs[i].id != runs[0].id {
					t.Fatalf("%d, as %q beside %q: %s", a.status, runs[i].id, runs[0].id, a.body)
				}
			}
		}
	})
}
