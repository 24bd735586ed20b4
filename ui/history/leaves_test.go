package history_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"jandon/internal/fault"
	past "jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/ui/history"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// V10: every field is there, and one that is missing says so.
func TestLineHidesNothing(t *testing.T) {
	t.Parallel()
	book := past.NewBook([]wallet.Transaction{{
		ID: "t1", At: kittest.Now(), Type: wallet.Payment, Status: wallet.Pending, Amount: money.Won(-4_500), Issuer: "cafe", Kind: wallet.Prepaid,
		Merchant: "Onion Hill", Category: "coffee", Channel: "app", Reason: "Flat white", Contact: "02-123", Order: "A-77", Settlement: "s9",
	}, {ID: "t2", At: kittest.Now(), Amount: money.Won(4_500), Type: wallet.Refund, RefundOf: "t1"}},
		past.BookOptions{Zone: kittest.Seoul(), Wallet: wallet.Wallet{Issuers: []wallet.Issuer{{ID: "cafe", Name: "Café Pay", Contact: "1588"}}}})
	for _, h := range []int{40, 13} {
		d := kittest.Start(history.New(kittest.Env("en"), book, trails{}, "tx=t1"), 80, h)
		all := d.Frame()
		for range 30 {
			d.Do(kit.Down)
			all += d.Frame()
		}
		for _, want := range []string{
			"Onion Hill", "-₩4,500", "22 Nov 2026, 20:00", "Flat white", "Payment", "Pending", "Café Pay", "Prepaid", "app", "02-123", "A-77", "t1",
			"The bill it is on", "Bank", "this one", "+₩10,000",
		} {
			if !strings.Contains(all, want) {
				t.Errorf("in %d lines there is no %q in\n%s", h, want, all)
			}
		}
	}
	d := kittest.Start(history.New(kittest.Env("en"), book, nil, "tx=t2"), 80, 40)
	has(t, d, "not given", "The payment it gives back", "A statement does not say")
	d.Do(kit.Open, kit.Open) // the first press chooses
	if len(d.Visits) != 1 || d.Visits[0].Arg != "tx=t1" {
		t.Errorf("from the refund it went to %v", d.Visits)
	}
}

func TestTrailOfflineLeavesTheRest(t *testing.T) {
	t.Parallel()
	page := history.New(kittest.Env("en"), kittest.Book(t, "everyday"), trails{fault.New(fault.Unreachable, "url", "http://wallet")}, "tx="+anyLine(t))
	d := kittest.Start(page, 80, 40)
	has(t, d, "Merchant", "http://wallet")
}

func TestTrailLeadsToItsOtherLines(t *testing.T) {
	t.Parallel()
	d := weeks(t, "en", "tx="+anyLine(t), 80, 40)
	d.Do(kit.Bottom, kit.Open)
	if len(d.Visits) != 1 || d.Visits[0].Arg != "tx=other" {
		t.Errorf("the last step that is another line led to %v", d.Visits)
	}
}

// V7: from a bill to its charges and back; the sums match, and who saw what is said.
func TestBillAndItsCharges(t *testing.T) {
	t.Parallel()
	ctx, book := context.Background(), kittest.Book(t, "everyday")
	bills, _ := book.Settlements(ctx)
	if len(bills) == 0 {
		t.Fatal("the scenario has no bills")
	}
	for _, b := range bills {
		d := weeks(t, "en", "bill="+b.ID, 100, 60)
		has(t, d, money.Style{}.Format(b.Total), "the sum is exactly the bill", "Period", "Due", "Paid", "Who saw which data", "Charges")
		for _, x := range b.Disclosure {
			has(t, d, x.Who)
		}
		d.Do(kit.Bottom, kit.Open)
		line := follow(t, d, book, 80, 40)
		has(t, line, "The bill it is on")
		line.Do("open_bill")
		if got := line.Visits[0].Arg; got != (url.Values{"bill": {b.ID}}).Encode() {
			t.Errorf("back from a charge of %s leads to %s", b.ID, got)
		}
	}
}

func TestBillThatDoesNotAddUpSaysSo(t *testing.T) {
	t.Parallel()
	book := past.NewBook([]wallet.Transaction{{ID: "t", At: kittest.Now(), Type: wallet.Payment, Amount: money.Won(-900), Settlement: "s"}},
		past.BookOptions{Zone: kittest.Seoul(), Settlements: []wallet.Settlement{{ID: "s", Total: money.Won(1_000), Count: 1}}})
	d := kittest.Start(history.New(kittest.Env("en"), book, nil, "bill=s"), 80, 30)
	has(t, d, "come to ₩900", "not what the bill says", "The issuer has not said")
}

func TestEvidenceShowsTheLines(t *testing.T) {
	t.Parallel()
	ctx, book := context.Background(), kittest.Book(t, "everyday")
	alerts, _ := book.Alerts(ctx)
	seen := false
	for _, a := range alerts {
		d := weeks(t, "en", "alert="+a.ID, 80, 40)
		if a.Kind != wallet.AlertDoubleCharge {
			continue
		}
		seen = true
		has(t, d, "Charged twice?", "apart", a.Merchant)
		d.Do(kit.Down, kit.Down, kit.Open)
		if want := "tx=" + a.Transactions[1]; len(d.Visits) != 1 || d.Visits[0].Arg != want {
			t.Errorf("the second line leads to %v, want %s", d.Visits, want)
		}
	}
	if !seen {
		t.Error("the scenario has no double charge")
	}
}

// V9: value that came in at two times has two ways, each from where it came.
func TestTrailFollowsEachLot(t *testing.T) {
	t.Parallel()
	id, at := anyLine(t), kittest.Now()
	step := func(lot, tx string, typ wallet.Type, minor int64) wallet.TrailStep {
		return wallet.TrailStep{At: at, Transaction: tx, Type: typ, Lot: lot, Kind: wallet.Prepaid, Merchant: tx, Amount: money.Won(minor)}
	}
	way := given{
		step("a", "FirstIn", wallet.Topup, 5_000), step("b", "SecondIn", wallet.Topup, 9_000), step("a", id, wallet.Payment, -5_000), step("b", id, wallet.Payment, -2_000),
	}
	d := kittest.Start(history.New(kittest.Env("en"), kittest.Book(t, "everyday"), way, "tx="+id), 80, 40)
	var order []string
	for _, line := range strings.Split(d.Frame(), "\n") {
		for _, mark := range []string{"┌", "├", "└"} {
			if strings.Contains(line, mark) {
				order = append(order, mark+line[strings.LastIndex(line, " ")+1:])
			}
		}
	}
	if got, want := strings.Join(order, " "), "┌+₩5,000 └-₩5,000 ┌+₩9,000 └-₩2,000"; got != want {
		t.Errorf("the ways are %s, want %s\n%s", got, want, d.Frame())
	}
}

// given is a trail that is what it is.
type given []wallet.TrailStep

func (g given) Trail(context.Context, string) ([]wallet.TrailStep, error) { return g, nil }

// The list is quiet: what is decided about a charge is decided on its own page.
func TestAMerchantWhoseLettersMisleadIsMarkedOnItsLine(t *testing.T) {
	t.Parallel()
	const badge = "Look closely"
	for name, marked := range map[string]bool{"Рaypal": true, "Paypal": false, "카페 Paypal": false} { // the first has a Cyrillic letter
		book := past.NewBook([]wallet.Transaction{{ID: "t1", At: kittest.Now(), Type: wallet.Payment, Amount: money.Won(-4_500), Merchant: name}},
			past.BookOptions{Zone: kittest.Seoul()})
		for _, w := range []int{40, 80} {
			if d := kittest.Start(history.New(kittest.Env("en"), book, nil, "tx=t1"), w, 40); strings.Contains(d.Frame(), badge) != marked {
				t.Errorf("%q:\n%s", name, d.Frame())
			}
		}
		if d := kittest.Start(history.New(kittest.Env("en"), book, nil, ""), 80, 24); strings.Contains(d.Frame(), badge) {
			t.Errorf("the list marks %q:\n%s", name, d.Frame())
		}
	}
}
