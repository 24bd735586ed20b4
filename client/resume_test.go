package client_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/keystore"
)

// left is what waits for the next run.
func left(t *testing.T, s client.Settings) client.Left {
	t.Helper()
	e, err := client.Resume(t.Context(), s)
	must(t, err)
	l := e.Left()
	must(t, e.Leave(t.Context()))
	return l
}

// Every step can be left and gone on with by another run, which is asked for
// nothing that was given already but the code, of which nothing is kept. The account that was there before stays as it
// was until the new device works.
func TestAnEnrolmentIsGoneOnWithAfterEachStep(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.skew = 24 * time.Hour
	s := w.settings()
	before := keystore.Item{Server: "https://old.example/", StoreKey: keystore.RandomSecret(keystore.StoreKeyLen)}
	must(t, keystore.Save(t.Context(), s.Keys, s.ID, before))
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	mark := e.Mark()
	again := func(step client.Step, code bool) {
		t.Helper()
		must(t, e.Leave(t.Context()))
		item, err := keystore.Load(t.Context(), s.Keys, s.ID)
		if err != nil || item.Server != before.Server || item.Enrolled() {
			t.Errorf("the account's own entry is %+v %v", item, err)
		}
		e, err = client.Resume(t.Context(), s)
		must(t, err)
		l := e.Left()
		if l.Step != step || l.Again != code || l.Handle != "mina" || l.Device != "Laptop" || l.Address != s.URL || e.Mark() != mark || l.Over(w.local()) ||
			l.Made.Sub(w.local()).Abs() > time.Minute || l.Until.Sub(l.Made.Add(10*time.Minute)).Abs() > 3*time.Second {
			t.Errorf("left: %+v", l)
		}
	}
	again(client.StepCode, false)
	must(t, e.Continue(t.Context()))
	wantCode(t, e.Activate(t.Context(), secret("AAAA-AAAA")), fault.WrongCode)
	again(client.StepCode, false)
	must(t, e.Activate(t.Context(), w.letter()))
	if l := e.Left(); l.Step != client.StepPIN || l.Again {
		t.Errorf("activated: %+v", l)
	}
	again(client.StepCode, true)
	must(t, e.Continue(t.Context()))
	wantCode(t, e.Seal(t.Context(), secret(firstPIN)), fault.Internal)
	wantCode(t, e.Activate(t.Context(), secret("AAAA-AAAA")), fault.WrongCode)
	again(client.StepCode, true)
	must(t, e.Activate(t.Context(), w.letter()))
	must(t, e.Seal(t.Context(), secret(firstPIN)))
	again(client.StepProof, false)
	must(t, e.Continue(t.Context()))
	wantCode(t, e.Seal(t.Context(), secret(firstPIN)), fault.EnrolmentOver) // K is hidden once
	_, err = e.Finish(t.Context(), secret(secondPIN))
	wantCode(t, err, fault.WrongCode)
	again(client.StepProof, false)
	if done, err := e.Concluded(t.Context()); done || err != nil {
		t.Error(done, err)
	}
	a, err := e.Finish(t.Context(), secret(firstPIN))
	must(t, err)
	must(t, a.Close())

	// The program ended before the settings knew of it.
	e, err = client.Resume(t.Context(), s)
	must(t, err)
	if done, err := e.Concluded(t.Context()); !done || err != nil {
		t.Error(done, err)
	}
	must(t, e.Settle(t.Context()))
	must(t, e.Settle(t.Context()))
	_, err = client.Resume(t.Context(), s)
	wantCode(t, err, fault.KeyringMissing)
	if n := w.devices(); n != 1 {
		t.Errorf("%d devices", n)
	}
	item, err := keystore.Load(t.Context(), s.Keys, s.ID)
	if err != nil || !item.StoreKey.Equal(before.StoreKey) || !item.Enrolled() {
		t.Errorf("in the end: %+v %v", item, err)
	}
	if got := w.acts(); got[act.Waiting] != 0 || got[act.Done] != 1 {
		t.Errorf("acts: %v", got)
	}
}

// approved is a device that asks, and is approved on another one once before was done.
func approved(t *testing.T, before func(client.Settings, *client.Enrolment)) (w *world, there client.Settings, e *client.Enrolment) {
	t.Helper()
	w, s, a := device(t)
	there = s
	there.ID, there.Keys = "a-other", keystore.NewMemory()
	e, err := client.Enrol(t.Context(), there, "mina", "Tablet")
	must(t, err)
	before(there, e)
	page, err := a.Acts(t.Context(), "")
	must(t, err)
	_, err = a.Challenge(t.Context(), page.Acts[0])
	must(t, err)
	typed := secret(firstPIN)
	_, err = a.Confirm(t.Context(), page.Acts[0], &typed)
	must(t, err)
	return w, there, e
}

// What another device approved is the run that asked. A later one has nothing but
// what lies in the keyring, and is asked for the code.
func TestAnEnrolmentApprovedWhileTheWalletWasAway(t *testing.T) {
	t.Parallel()
	w, s, _ := approved(t, func(_ client.Settings, e *client.Enrolment) { must(t, e.Leave(t.Context())) })
	e, err := client.Resume(t.Context(), s)
	must(t, err)
	must(t, e.Continue(t.Context()))
	if l := e.Left(); l.Step != client.StepCode || !l.Later || l.Again {
		t.Errorf("left: %+v", l)
	}
	must(t, e.Activate(t.Context(), w.letter()))
	if e.Step() != client.StepPIN {
		t.Errorf("step %d", e.Step())
	}
}

// A copy of what waits in the keyring gets nothing for another device's approval,
// however soon it asks, and the device that was approved gets its K nevertheless,
// and again if the answer was lost.
func TestACopiedPendingEntryGetsNothingForAnApproval(t *testing.T) {
	t.Parallel()
	var copied keystore.Pending
	w, s, e := approved(t, func(s client.Settings, _ *client.Enrolment) {
		var err error
		copied, err = keystore.LoadPending(t.Context(), s.Keys, s.ID)
		must(t, err)
	})
	thief := s
	thief.Keys = keystore.NewMemory()
	must(t, keystore.SavePending(t.Context(), thief.Keys, thief.ID, copied))
	gets := func(when string) {
		t.Helper()
		f, err := client.Resume(t.Context(), thief)
		must(t, err)
		if err := f.Continue(t.Context()); err != nil || f.Step() != client.StepCode {
			t.Errorf("%s: step %d, %v", when, f.Step(), err)
		}
		must(t, f.Leave(t.Context()))
	}
	gets("before the device asked")
	w.lie(nil, func(*http.Request, *said) bool { return false })
	if err := e.Activate(t.Context(), keystore.Secret{}); err == nil {
		t.Error("activated by a lost answer")
	}
	w.lie(nil, nil)
	gets("after its answer was lost")
	must(t, e.Activate(t.Context(), keystore.Secret{}))
	gets("after it was let in")
	must(t, e.Seal(t.Context(), secret(firstPIN)))
	a, err := e.Finish(t.Context(), secret(firstPIN))
	must(t, err)
	must(t, a.Close())
}

// What took too long, was used up, refused or forgotten says that it is over,
// whatever step it was at, and can be given up.
func TestAResumedEnrolmentThatIsOver(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		steps int
		end   func(*world)
	}{
		"code expired":     {0, func(w *world) { w.pass(11 * time.Minute) }},
		"device forgotten": {1, func(w *world) { w.pass(11 * time.Minute) }},
		"sealed, too late": {2, func(w *world) { w.pass(11 * time.Minute) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			s := w.settings()
			e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
			must(t, err)
			if c.steps > 0 {
				must(t, e.Activate(t.Context(), w.letter()))
			}
			if c.steps > 1 {
				must(t, e.Seal(t.Context(), secret(firstPIN)))
			}
			must(t, e.Leave(t.Context()))
			c.end(w)
			e, err = client.Resume(t.Context(), s)
			must(t, err)
			if over := e.Left().Over(w.local()); over != (c.steps == 0) {
				t.Errorf("over: %v", over)
			}
			if c.steps < 2 {
				wantCode(t, e.Continue(t.Context()), fault.EnrolmentOver)
			} else {
				_, err = e.Finish(t.Context(), secret(firstPIN))
				wantCode(t, err, fault.EnrolmentOver)
			}
			must(t, e.Abandon(t.Context()))
			e, err = client.Enrol(t.Context(), s, "mina", "Laptop")
			must(t, err)
			must(t, e.Leave(t.Context()))
		})
	}
}

// A platform that can't be reached does not keep anybody from beginning anew,
// and neither does one that never answers.
func TestGivingUpWithoutThePlatform(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	s.Limits = client.Limits{Tries: 1}
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	w.lie(func(http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) }, nil)
	must(t, e.Abandon(t.Context()))
	_, err = client.Resume(t.Context(), s)
	wantCode(t, err, fault.KeyringMissing)
}

// A keyring that takes the new entry away and says yes is not believed.
type stubborn struct{ keystore.Store }

func (stubborn) Delete(context.Context, string) error { return nil }

func TestWhatWasNotRemovedIsNotCalledGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	s.Keys = stubborn{s.Keys}
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	wantCode(t, e.Abandon(t.Context()), fault.KeyringDenied)
}

// What stands in the keyring at any step opens nothing by itself: K is in it
// only under the PIN, and what unseals K never is.
func TestWhatWaitsInTheKeyringOpensNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	must(t, e.Activate(t.Context(), w.letter()))
	p, err := keystore.LoadPending(t.Context(), s.Keys, s.ID)
	must(t, err)
	if p.Enrol.Blob.Len() != 0 {
		t.Error("before the PIN")
	}
	must(t, e.Seal(t.Context(), secret(firstPIN)))
	p, err = keystore.LoadPending(t.Context(), s.Keys, s.ID)
	must(t, err)
	if p.Enrol.Blob.Len() == 0 {
		t.Error("after the PIN")
	}
}

// A copy of what waits in the keyring gives nothing to who has not the code:
// neither before it is typed, nor after, nor once the device is in use.
func TestACopiedPendingEntryWithoutTheCodeGetsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	copied, err := keystore.LoadPending(t.Context(), s.Keys, s.ID)
	must(t, err)
	thief := w.settings()
	thief.Keys = keystore.NewMemory()
	must(t, keystore.SavePending(t.Context(), thief.Keys, thief.ID, copied))
	gets := func(when string, want error) {
		t.Helper()
		f, err := client.Resume(t.Context(), thief)
		must(t, err)
		if err := f.Continue(t.Context()); codeOf(err) != codeOf(want) || f.Step() != client.StepCode {
			t.Errorf("%s: step %d, %v", when, f.Step(), err)
		}
		if err := f.Activate(t.Context(), secret("AAAA-AAAA")); err == nil {
			t.Errorf("%s: a guess is let in", when)
		}
		must(t, f.Leave(t.Context()))
	}
	gets("before the code", nil)
	must(t, e.Activate(t.Context(), w.letter()))
	gets("after the code", nil)
	must(t, e.Seal(t.Context(), secret(firstPIN)))
	gets("after the PIN", nil)
	a, err := e.Finish(t.Context(), secret(firstPIN))
	must(t, err)
	defer a.Close()
	gets("in use", fault.New(fault.EnrolmentOver))
}

// A device that the account has already is in use: giving up what was left of
// its enrolment, however late, does not end it.
func TestGivingUpAConcludedEnrolmentKeepsTheDevice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	must(t, e.Activate(t.Context(), w.letter()))
	must(t, e.Seal(t.Context(), secret(firstPIN)))
	a, err := e.Finish(t.Context(), secret(firstPIN))
	must(t, err)
	defer a.Close()
	e, err = client.Resume(t.Context(), s)
	must(t, err)
	must(t, e.Abandon(t.Context()))
	_, err = client.Resume(t.Context(), s)
	wantCode(t, err, fault.KeyringMissing)
	item, err := keystore.Load(t.Context(), s.Keys, s.ID)
	if n := w.devices(); n != 1 || err != nil || !item.Enrolled() {
		t.Errorf("%d devices, enrolled %v, %v", n, item.Enrolled(), err)
	}
}

// Of two enrolments of one account at once, the one whose place was taken
// neither uses nor removes what the other has in the keyring.
func TestTwoEnrolmentsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	first, err := client.Enrol(t.Context(), s, "mina", "First")
	must(t, err)
	must(t, first.Activate(t.Context(), w.letter()))
	must(t, first.Seal(t.Context(), secret(firstPIN)))
	must(t, keystore.DropPending(t.Context(), s.Keys, s.ID))
	second, err := client.Enrol(t.Context(), s, "mina", "Second")
	must(t, err)
	must(t, second.Activate(t.Context(), w.letter()))
	must(t, second.Seal(t.Context(), secret(secondPIN)))
	_, err = first.Finish(t.Context(), secret(firstPIN))
	wantCode(t, err, fault.EnrolmentTaken)
	must(t, first.Settle(t.Context()))
	must(t, first.Abandon(t.Context()))
	a, err := second.Finish(t.Context(), secret(secondPIN))
	must(t, err)
	defer a.Close()
	if n := w.devices(); n != 1 {
		t.Errorf("%d devices", n)
	}
}

// An enrolment that stands in the keyring is not written over, whether it was
// there before the platform was asked or came meanwhile. What was asked for in
// vain waits nowhere.
func TestAnEnrolmentIsNotPushedAside(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	first, err := client.Enrol(t.Context(), s, "mina", "First")
	must(t, err)
	asked := len(w.requests())
	_, err = client.Enrol(t.Context(), s, "mina", "Second")
	wantCode(t, err, fault.EnrolmentTaken)
	if n := len(w.requests()); n != asked {
		t.Errorf("the platform was asked %d times", n-asked)
	}
	must(t, first.Activate(t.Context(), w.letter()))
	there, err := keystore.LoadPending(t.Context(), s.Keys, s.ID)
	must(t, err)
	must(t, first.Abandon(t.Context()))
	w.lie(nil, func(r *http.Request, _ *said) bool {
		if strings.HasSuffix(r.URL.Path, "/enrolments") {
			must(t, keystore.SavePending(t.Context(), s.Keys, s.ID, there))
		}
		return true
	})
	_, err = client.Enrol(t.Context(), s, "mina", "Third")
	wantCode(t, err, fault.EnrolmentTaken)
	kept, err := keystore.LoadPending(t.Context(), s.Keys, s.ID)
	if err != nil || kept.ID != there.ID {
		t.Errorf("there is %s, %v", kept.ID, err)
	}
	if open := w.acts(); open[act.Waiting] != 0 {
		t.Errorf("acts: %v", open)
	}
}

// The slower of two runs that hand in the same code is told that the other has
// taken the registration, and giving up does not end the device of that one.
func TestTheSlowerRunEndsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	first, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	second, err := client.Resume(t.Context(), s)
	must(t, err)
	third, err := client.Resume(t.Context(), s)
	must(t, err)
	code := w.letter()
	must(t, first.Activate(t.Context(), code))
	must(t, first.Seal(t.Context(), secret(firstPIN)))
	a, err := first.Finish(t.Context(), secret(firstPIN))
	must(t, err)
	defer a.Close()
	wantCode(t, second.Activate(t.Context(), code), fault.EnrolmentTaken)
	must(t, first.Settle(t.Context()))
	must(t, third.Abandon(t.Context()))
	if n := w.devices(); n != 1 {
		t.Errorf("%d devices", n)
	}
}

// onlyTakes is a keyring that keeps something else than it was given and lets nothing go.
type onlyTakes struct{ keystore.Store }

func (o onlyTakes) Set(ctx context.Context, account string, _ keystore.Secret) error {
	return o.Store.Set(ctx, account, secret("{}"))
}

func (onlyTakes) Delete(context.Context, string) error { return nil }

func TestWhatCanNotBeRemovedAfterAFailedBeginningIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	s.Keys = onlyTakes{s.Keys}
	_, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	wantCode(t, err, fault.EnrolmentLeft)
}

// Two runs that go on with the same enrolment: K is hidden under one PIN, and the
// other run is told who was faster. One that another run gave up, or brought to
// its end, says so as well, and writes nothing any more.
func TestTwoRunsOfOneEnrolment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	first, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	second, err := client.Resume(t.Context(), s)
	must(t, err)
	must(t, first.Activate(t.Context(), w.letter()))
	must(t, second.Activate(t.Context(), w.letter()))
	must(t, first.Seal(t.Context(), secret(firstPIN)))
	wantCode(t, second.Seal(t.Context(), secret(secondPIN)), fault.EnrolmentTaken)
	third, err := client.Resume(t.Context(), s)
	must(t, err)
	a, err := first.Finish(t.Context(), secret(firstPIN))
	must(t, err)
	must(t, first.Settle(t.Context()))
	_, err = third.Finish(t.Context(), secret(firstPIN))
	wantCode(t, err, fault.EnrolmentTaken)
	must(t, a.Close())

	first, err = client.Enrol(t.Context(), s, "mina", "Other")
	must(t, err)
	second, err = client.Resume(t.Context(), s)
	must(t, err)
	must(t, second.Abandon(t.Context()))
	wantCode(t, first.Activate(t.Context(), w.letter()), fault.EnrolmentTaken)
	second, err = client.Enrol(t.Context(), s, "mina", "Second")
	must(t, err)
	wantCode(t, first.Activate(t.Context(), w.letter()), fault.EnrolmentTaken)
	must(t, second.Activate(t.Context(), w.letter()))
}
