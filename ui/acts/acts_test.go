package acts_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/picture"
	"jandon/internal/wallet"
	"jandon/ui"
	"jandon/ui/acts"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/uitest"
)

// book is a platform with a history of acts, given out a few at a time.
type book struct {
	list     []act.Act
	page     int
	err      error
	asked    []string
	canceled []string
	stuck    error
}

func (b *book) Acts(_ context.Context, cursor string) (p act.Page, err error) {
	b.asked = append(b.asked, cursor)
	from := 0
	_, _ = fmt.Sscan(cursor, &from)
	to := min(from+b.page, len(b.list))
	p.Acts = append(p.Acts, b.list[from:to]...)
	if to < len(b.list) {
		p.Next = fmt.Sprint(to)
	}
	return p, b.err
}

func (b *book) find(id string) (*act.Act, error) {
	for i := range b.list {
		if b.list[i].ID == id {
			return &b.list[i], b.err
		}
	}
	return nil, fault.New(fault.NotFound, "what", id)
}

func (b *book) Act(_ context.Context, id string) (act.Act, error) {
	a, err := b.find(id)
	if err != nil {
		return act.Act{}, err
	}
	return *a, nil
}

func (b *book) Cancel(_ context.Context, id string) (act.Act, error) {
	if b.stuck != nil {
		return act.Act{}, b.stuck
	}
	b.canceled = append(b.canceled, id)
	a, err := b.find(id)
	if err != nil {
		return act.Act{}, err
	}
	a.State, a.Until, a.Ended = act.Canceled, time.Time{}, kittest.Now()
	return *a, nil
}

func (b *book) Wallet(context.Context) (wallet.Wallet, error) {
	return wallet.Wallet{Issuers: []wallet.Issuer{{ID: "cafe", Name: "Café Pay"}}, Lots: []wallet.Lot{{ID: "lot-1", Issuer: "cafe", Kind: wallet.Earned}}}, nil
}

// cashout is an act over two rails.
func cashout(id string, state act.State, ago time.Duration) act.Act {
	at := kittest.Now().Add(-ago)
	who := act.Payee{Name: "Kim Minji", ID: "110-***-4567"}
	a := act.Act{
		ID: id, Action: act.Cashout, State: state, Need: act.NeedPIN, Device: "d-9", Made: at, Quote: "q-7", Amount: money.Won(13_000), Fee: money.Won(500),
		Legs: []act.Leg{
			{ID: id + "-1", Rail: "bank_transfer", Payee: who, From: []wallet.Draw{{Lot: "lot-1", Amount: money.Won(10_000)}, {Lot: "lot-2", Amount: money.Won(500)}},
				Amount: money.Won(10_500), Fee: money.Won(500), FeeName: "transfer", Net: money.Won(10_000), State: act.LegWaiting},
			{ID: id + "-2", Rail: "donation", Payee: act.Payee{Name: "Simulated donation credit", ID: "donation"}, Amount: money.Won(2_500), Net: money.Won(2_500), State: act.LegWaiting},
		},
		Reasons: []act.Reason{{Code: "payee_new", Points: 30, Args: map[string]string{"payee": "Kim Minji"}}},
	}
	end := func(states ...act.LegState) {
		a.Receipt, a.Ended = "3F6F-CD6C", at.Add(time.Minute)
		for i, s := range states {
			a.Legs[i].State, a.Legs[i].Ended = s, at.Add(time.Minute)
			if s == act.LegReturned {
				a.Legs[i].Failure = "account_closed"
			}
		}
	}
	switch state {
	case act.Waiting, act.Review:
		a.Until = at.Add(10 * time.Minute)
	case act.Going:
		a.Receipt = "3F6F-CD6C"
		a.Legs[0].State, a.Legs[0].Due = act.LegGoing, at.Add(5*time.Minute)
		a.Legs[1].State, a.Legs[1].Ended = act.LegDone, at.Add(time.Minute)
	case act.Done:
		end(act.LegDone, act.LegDone)
	case act.Partly:
		end(act.LegDone, act.LegReturned)
	case act.Returned:
		end(act.LegReturned, act.LegReturned)
	case act.Canceled, act.Lapsed:
	}
	return a
}

// many is a history of every state, and of acts that move no value.
func many() *book {
	b := &book{page: 50}
	for i, s := range []act.State{act.Waiting, act.Going, act.Review, act.Done, act.Partly, act.Returned, act.Canceled, act.Lapsed} {
		b.list = append(b.list, cashout(fmt.Sprint("act-", i), s, time.Duration(i*i)*7*time.Minute+time.Minute))
	}
	link := act.Act{ID: "act-8", Action: act.AddDestination, State: act.Done, Need: act.NeedPIN, Made: kittest.Now().Add(-30 * time.Hour), Ended: kittest.Now().Add(-30 * time.Hour),
		Subject: act.Payee{Name: "Kim Minji", ID: "110-***-4567"}, Receipt: "AAAA-0001", Device: "d-9"}
	level := act.Act{ID: "act-9", Action: act.LowerLevel, State: act.Lapsed, Need: act.NeedPIN, Made: kittest.Now().Add(-80 * time.Hour), Subject: act.Payee{Name: "standard"}}
	b.list = append(b.list, link, level)
	return b
}

func start(b *book, lang, id string, w, h int) *kittest.Drive {
	return kittest.Start(acts.New(kittest.Env(lang), b, id), w, h)
}

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

func TestTheListSaysWhatMovedAndHowFarItIs(t *testing.T) {
	t.Parallel()
	d := start(many(), "en", "", 100, 30)
	has(t, d, "Waiting for you", "All acts", "Cash out", "bank transfer + donation credit", "₩13,000", "To confirm", "Under way", "Being looked at", "Done", "Partly returned",
		"Returned", "Cancelled", "Lapsed", "Link a destination", "Kim Minji", "Sun 22 Nov", "Standard")
}

func TestWhatWaitsLeadsToItsConfirmation(t *testing.T) {
	t.Parallel()
	d := start(many(), "en", "", 100, 30)
	d.Do(kit.Open, kit.Down, kit.Open)
	if len(d.Visits) != 2 || d.Visits[0] != (kit.Visit{Page: "confirm", Arg: "act-0"}) || d.Visits[1] != (kit.Visit{Page: "acts", Arg: "act-1"}) {
		t.Errorf("it led to %v", d.Visits)
	}
}

func TestOlderActsComeWhereTheListEnds(t *testing.T) {
	t.Parallel()
	b := &book{page: 5}
	for i := range 12 {
		b.list = append(b.list, cashout(fmt.Sprint("act-", i), act.Done, time.Duration(i)*time.Hour))
	}
	d := start(b, "en", "", 100, 40)
	has(t, d, "older acts")
	for range 30 {
		d.Do(kit.Down)
	}
	if got := strings.Join(b.asked, ","); got != ",5,10" {
		t.Errorf("it asked for %s", got)
	}
	if n := strings.Count(d.Frame(), "₩13,000"); n != 12 || strings.Contains(d.Frame(), "older acts") {
		t.Errorf("%d acts in\n%s", n, d.Frame())
	}
	b.list[11].State = act.Returned
	b.list = append([]act.Act{cashout("new", act.Going, 0)}, b.list...)
	d.Send(kit.Changed{})
	if n := strings.Count(d.Frame(), "₩13,000"); n != 13 || !strings.Contains(d.Frame(), "Under way") {
		t.Errorf("after news there are %d acts in\n%s", n, d.Frame())
	}
}

func TestWhileSomethingMovesTheListIsReadAnew(t *testing.T) {
	t.Parallel()
	b := &book{page: 50, list: []act.Act{cashout("a", act.Going, time.Minute)}}
	d := start(b, "en", "", 100, 30)
	b.list[0] = cashout("a", act.Done, time.Minute)
	d.Send(kit.Redraw{})
	has(t, d, "Done")
	asked := len(b.asked)
	d.Send(kit.Redraw{})
	if len(b.asked) != asked {
		t.Error("it is read anew although nothing moves")
	}
}

func TestNothingMovedYetAndNothingRead(t *testing.T) {
	t.Parallel()
	has(t, start(&book{}, "en", "", 80, 20), "Nothing has moved yet.")
	d := start(&book{err: fault.New(fault.Unreachable, "url", "http://wallet")}, "en", "", 80, 20)
	has(t, d, "could not be read", "http://wallet")
	b := many()
	d = start(b, "en", "", 80, 20)
	b.err = fault.New(fault.Unreachable, "url", "http://wallet")
	d.Do(kit.Retry)
	has(t, d, "Not up to date", "Under way")
}

func TestDetailNamesFeesLotsReasonsAndReceipt(t *testing.T) {
	t.Parallel()
	d := start(many(), "en", "act-4", 90, 60)
	has(t, d, "Cash out", "₩13,000", "Partly returned", "Kim Minji", "110-***-4567", "₩10,000", "₩500 transfer fee", "₩10,000 from Café Pay · Earned", "₩500 from what is used up since",
		"came back", "₩2,500 is back", "Why this step was needed", "3F6F-CD6C", "q-7", "d-9", "act-4", "a code of the device, with the PIN", "22 Nov 2026")
	has(t, start(many(), "en", "act-8", 90, 40), "Link a destination  Kim Minji", "110-***-4567", "AAAA-0001")
	has(t, start(many(), "en", "gone", 90, 40), "could not be read")
}

func TestCancelWherePossible(t *testing.T) {
	t.Parallel()
	b := many()
	d := start(b, "en", "act-0", 90, 40)
	has(t, d, "It waits for you", "until 20:09")
	d.Do(kit.Open)
	if len(d.Visits) != 1 || d.Visits[0].Page != "confirm" {
		t.Errorf("Enter leads to %v", d.Visits)
	}
	d.Do("cancel")
	has(t, d, "Cancelled")
	d.Do("cancel")
	done := start(b, "en", "act-3", 90, 40)
	done.Do("cancel")
	if strings.Join(b.canceled, ",") != "act-0" {
		t.Errorf("cancelled %v", b.canceled)
	}
	for _, k := range done.Page.Keys() {
		if k.Intent == "cancel" && k.Off == "" {
			t.Error("the key does not say that it can't")
		}
	}
}

// Cancelling that needs the PIN goes on once it is there.
func TestCancelWaitsForThePIN(t *testing.T) {
	t.Parallel()
	b := many()
	d := start(b, "en", "act-0", 90, 40)
	b.stuck = fault.New(fault.StepUpRequired)
	d.Do("cancel")
	b.stuck = nil
	d.Send(kit.StayedLocked{})
	if d.Send(kit.Unlocked{}); len(b.canceled) > 0 {
		t.Error("cancelled though the PIN was not given")
	}
	b.stuck = fault.New(fault.StepUpRequired)
	d.Do("cancel")
	b.stuck = nil
	d.Send(kit.Unlocked{})
	d.Send(kit.Unlocked{})
	if strings.Join(b.canceled, ",") != "act-0" {
		t.Errorf("cancelled %v", b.canceled)
	}
	has(t, d, "Cancelled")
}

func TestEveryFrameFits(t *testing.T) {
	t.Parallel()
	b := many()
	b.list[1].Legs[0].Payee.Name = strings.Repeat("긴 이름", 30)
	b.list[8].Subject.Name = strings.Repeat("x", 200)
	for _, lang := range []string{"en", "ko"} {
		for _, id := range []string{"", "act-0", "act-1", "act-4", "act-8", "gone"} {
			d := start(b, lang, id, 80, 20)
			for _, size := range [][2]int{{0, 0}, {1, 1}, {20, 4}, {40, 14}, {59, 10}, {80, 20}, {120, 36}, {250, 66}} {
				d.Resize(size[0], size[1])
				for _, do := range []kit.Intent{kit.Down, kit.PageDown, kit.Bottom, kit.Top} {
					d.Do(do)
					if err := d.Check(); err != nil {
						t.Fatalf("%q in %s at %v: %v", id, lang, size, err)
					}
				}
			}
		}
	}
}

var pictures = flag.String("pictures", "", "a directory to draw pages into, for people to look at")

func TestPictures(t *testing.T) {
	if *pictures == "" {
		return
	}
	for _, l := range []struct {
		name, lang, theme string
		w, h              int
	}{{"en-80", "en", "dark", 80, 24}, {"ko-80", "ko", "light", 80, 24}, {"en-120", "en", "light", 120, 40}, {"ko-40", "ko", "dark", 40, 16}} {
		for _, id := range []string{"", "act-0", "act-1", "act-4"} {
			b, c := many(), uitest.NewClock(kittest.Now())
			shell, err := ui.New(ui.Options{
				Lang: l.lang, Zone: kittest.Seoul(), Theme: l.theme, Source: "everyday", MadeUp: true, Version: "1.0", Clock: ui.Clock{Now: c.Now, Tick: c.Tick},
				DemoPIN: "284751", Unlock: func(context.Context, kit.PIN) error {
					return fault.New(fault.Unreachable, "url", "https://wallet.example")
				},
				Pages: []ui.Maker{{Name: "acts", Label: "acts.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page { return acts.New(env, b, id) }}},
			})
			if err != nil {
				t.Fatal(err)
			}
			s := uitest.Start(shell, c, l.w, l.h)
			s.Press("down", "down")
			scheme := picture.Dark
			if l.theme == "light" {
				scheme = picture.Light
			}
			draw := func(name string) {
				if err := os.WriteFile(filepath.Join(*pictures, l.name+"-"+name+".svg"), s.Picture(scheme), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			draw("acts" + id)
			s.Press("L")
			s.Type("2847")
			draw("lock")
			s.Type("51")
			s.Press("enter")
			draw("lock-offline")
		}
	}
}
