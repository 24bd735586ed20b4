package cashout_test

import (
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// banks is somebody with two accounts for one rail and one for another; a
// third account has to wait.
func banks(t testing.TB) *platform {
	p := some(t)
	day := func(n int) time.Time { return kittest.Now().AddDate(0, 0, n) }
	to := func(id, rail, name, number string, used int) act.Destination {
		return act.Destination{ID: id, Rail: rail, Name: name, Number: number, Added: day(-90), Usable: day(-90), Used: day(used)}
	}
	p.linked = []act.Destination{
		to("d1", "bank_transfer", "김한결", "110-***-**4321", -1), to("d2", "bank_transfer", "김한결 (생활비)", "220-***-**8765", -9),
		to("d3", "bank_instant", "김한결", "110-***-**4321", -3),
		{ID: "d4", Rail: "bank_transfer", Name: "김한결 (새 통장)", Number: "330-***-**1111", Added: kittest.Now(), Usable: kittest.Now().Add(10 * time.Minute)},
	}
	return p
}

// byBank are banks for whom nothing but the bank is left today, on a page with an amount.
func byBank(t testing.TB, env *kit.Env) (*platform, *kittest.Drive) {
	p := banks(t)
	p.Limits.Used = map[string]int64{"mobile_topup": 100_000, "transit_credit": 100_000, "book_credit": 50_000, "donation": 500_000}
	d := open(p, env, 100, 60)
	d.Type("20000\n")
	return p, d
}

func TestThePreviewShowsWhoIsPaidAndAKeyChangesIt(t *testing.T) {
	t.Parallel()
	p, d := byBank(t, kittest.Env("en"))
	has(t, d, "to 김한결 · 110-***-**4321 · 1 of 2, p changes")
	d.Do("payee")
	has(t, d, "₩20,000", "to 김한결 (생활비) · 220-***-**8765 · 2 of 2")
	d.Do("payee")
	has(t, d, "110-***-**4321 · 1 of 2")
	d.Do("payee", "quote")
	if len(p.asks) != 1 || p.asks[0].To["bank_transfer"] != "d2" || p.asks[0].Amount != money.Won(20_000) {
		t.Fatalf("it asks for %+v", p.asks)
	}
	has(t, d, "to 김한결 (생활비) · 220-***-**8765")
	hasNot(t, d, "p changes", "110-***") // a quote is for whom it names
}

// The choice is a part of the draft: the lock, other amounts and a quote that
// expired leave it as it was.
func TestTheChosenPayeeStays(t *testing.T) {
	t.Parallel()
	e := kittest.Env("en")
	p, d := byBank(t, e)
	d.Do("payee")
	d.Send(kit.Locked{})
	d.Send(kit.Unlocked{})
	d.Send(kit.Changed{})
	has(t, d, "220-***-**8765 · 2 of 2")
	d.Do("amount", "more", "accept")
	has(t, d, "₩21,000", "220-***-**8765 · 2 of 2")
	d.Do("quote")
	p.movErr = fault.New(fault.QuoteExpired)
	pass(d, e, 2)
	d.Do("yes")
	has(t, d, "expired")
	d.Do("anew")
	if len(p.asks) != 2 || p.asks[1].To["bank_transfer"] != "d2" {
		t.Fatalf("it asks for %+v", p.asks)
	}
	d.Do("no")
	has(t, d, "220-***-**8765 · 2 of 2")
}

func TestADestinationThatIsGoneIsNotChosenAnyMore(t *testing.T) {
	t.Parallel()
	p, d := byBank(t, kittest.Env("en"))
	d.Do("payee")
	p.linked = append([]act.Destination(nil), p.linked[0], p.linked[2], p.linked[3])
	d.Send(kit.Changed{})
	has(t, d, "to 김한결 · 110-***-**4321")
	hasNot(t, d, "p changes", "220-***")
	d.Do("quote")
	if len(p.asks) != 1 || p.asks[0].To["bank_transfer"] != "d1" {
		t.Fatalf("it asks for %+v", p.asks)
	}
}

// Where there is nothing to choose, the key says so and changes nothing.
func TestOnePayeeIsNoChoice(t *testing.T) {
	t.Parallel()
	p, d := byBank(t, kittest.Env("en"))
	p.linked = p.linked[2:3]
	d.Send(kit.Changed{})
	for _, b := range d.Page.Keys() {
		if b.Intent == "payee" && (b.Off == "" || !b.Quiet) {
			t.Errorf("%+v", b)
		}
	}
	before := d.Frame()
	d.Do("payee")
	if d.Frame() != before {
		t.Errorf("it changed:\n%s", d.Frame())
	}
}

// In a split, the row that has the keys says whom it pays, and changes that.
func TestARowOfASplitNamesItsPayee(t *testing.T) {
	t.Parallel()
	_, d := byBank(t, kittest.Env("en"))
	d.Do("split", kit.Top)
	has(t, d, "to 김한결 · 110-***-**4321 · 1 of 2, p changes")
	d.Do("payee", kit.Down)
	has(t, d, "bank transfer", "to 김한결 · 110-***-**4321")
	d.Do(kit.Back)
	has(t, d, "220-***-**8765 · 2 of 2")
}

// A destination that waits is named with its time, not as one that is missing.
func TestADestinationThatWaitsIsNamed(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string]string{"en": "bank transfer: 김한결 (새 통장) · 330-***-**1111 can be paid from", "ko": "김한결 (새 통장) · 330-***-**1111에는"} {
		p := banks(t)
		p.linked, p.Limits.Linked = p.linked[3:], nil
		d := open(p, kittest.Env(lang), 80, 60)
		d.Type("20000\n")
		has(t, d, want)
	}
}

// Why all ways together take less than they could is said where it is in the way.
func TestALimitThatIsLessSaysWhy(t *testing.T) {
	t.Parallel()
	p := some(t)
	until := kittest.Now().Add(20 * time.Hour)
	p.Total = act.RailLimit{Act: money.Won(12_000), Day: money.Won(50_000), UsedToday: money.Won(38_000), Why: "new_device", Until: until}
	e := kittest.Env("en")
	d := open(p, e, 80, 60)
	d.Type("13300\n")
	has(t, d, "All ways together may take ₩12,000 now. This device is new: ₩12,000 more may leave from it until "+e.When(until))
	p.Total.Why = "a_newer_word"
	d.Send(kit.Changed{})
	has(t, d, "All ways together may take ₩12,000 now. Limits says more.")
}

// What a row of a split is told is about its own amount, not about the whole.
func TestARowIsToldOfItsOwnAmount(t *testing.T) {
	t.Parallel()
	d := splitting(t, some(t), "2000")
	for range 12 { // down to the books, which take ₩3,000 or more
		if strings.Contains(flat(d), "Book credit takes") {
			break
		}
		d.Do(kit.Down)
	}
	has(t, d, "Book credit takes ₩3,000 or more; there are ₩2,000.") // nothing is placed by hand yet
	d.Do(kit.Open)
	d.Type("1500\n")
	has(t, d, "Book credit takes ₩3,000 or more; there are ₩1,500.")
	hasNot(t, d, "there are ₩2,000")
}
