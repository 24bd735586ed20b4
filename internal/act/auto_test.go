package act_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

var seoul = time.FixedZone("KST", 9*3600)

// Whatever is changed of the terms after the code was made makes another digest.
func TestTermsChangedAfterTheCode(t *testing.T) {
	t.Parallel()
	asked := act.Terms{Ceiling: money.Won(30_000), Keep: money.Won(5_000), Rail: "bank_transfer", Destination: "to-1", Every: act.EveryWeek}
	for name, change := range map[string]func(*act.Terms){
		"ceiling": func(x *act.Terms) { x.Ceiling.Minor++ }, "keep": func(x *act.Terms) { x.Keep.Minor-- }, "rail": func(x *act.Terms) { x.Rail = "bank_instant" },
		"destination": func(x *act.Terms) { x.Destination = "to-2" }, "every": func(x *act.Terms) { x.Every = act.EveryMonth },
		"currency": func(x *act.Terms) { x.Ceiling.Currency, x.Keep.Currency = money.USD, money.USD },
		"no payee": func(x *act.Terms) { x.Destination = "" },
	} {
		other := asked
		change(&other)
		if other.Digest() == asked.Digest() {
			t.Errorf("%s: the same digest", name)
		}
	}
	// It is on the wire and in receipts: another build must make the same.
	if got := asked.Digest(); got != "auto-qTXDvO_-KOqJDdiGVXD_1XrYR8zY7WzrNgPDMQPg0Mw" {
		t.Errorf("the digest is %s", got)
	}
}

func TestWhenItGoes(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		every      act.Every
		from, want string
	}{
		{act.EveryWeek, "2026-11-22T09:00:00+09:00", "2026-11-23T09:00:00+09:00"},  // Sunday
		{act.EveryWeek, "2026-11-23T08:59:59+09:00", "2026-11-23T09:00:00+09:00"},  // Monday, before
		{act.EveryWeek, "2026-11-23T09:00:00+09:00", "2026-11-30T09:00:00+09:00"},  // Monday, then
		{act.EveryWeek, "2026-12-29T12:00:00+09:00", "2027-01-04T09:00:00+09:00"},  // over the year
		{act.EveryWeek, "2026-11-22T16:00:00Z", "2026-11-23T09:00:00+09:00"},       // Monday there already
		{act.EveryMonth, "2026-11-22T09:00:00+09:00", "2026-12-01T09:00:00+09:00"}, // over the month
		{act.EveryMonth, "2026-12-01T08:00:00+09:00", "2026-12-01T09:00:00+09:00"},
		{act.EveryMonth, "2026-12-31T23:00:00+09:00", "2027-01-01T09:00:00+09:00"},
	} {
		from, err := time.Parse(time.RFC3339, x.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := x.every.After(from, 9, seoul).Format(time.RFC3339); got != x.want {
			t.Errorf("every %s after %s: %s, not %s", x.every, x.from, got, x.want)
		}
	}
}

// Whatever is held: never more than the ceiling, never what is to stay, only
// over the rail, and never a won that may not go.
func TestTheCeilingIsNeverExceeded(t *testing.T) {
	t.Parallel()
	book, err := valuepath.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	kinds := []wallet.Kind{wallet.Prepaid, wallet.Earned, wallet.Promotional, wallet.CarrierCredit, wallet.CardFunded, wallet.KindUnknown}
	rapid.Check(t, func(r *rapid.T) {
		var lots []wallet.Lot
		for i := range rapid.IntRange(0, 8).Draw(r, "lots") {
			amount := money.Won(rapid.Int64Range(1, 200_000).Draw(r, "amount"))
			lots = append(lots, wallet.Lot{
				ID: string(rune('a' + i)), Issuer: "shop", Kind: rapid.SampledFrom(kinds).Draw(r, "kind"), Origin: rapid.SampledFrom([]string{"bank_transfer", "phone_bill", "gift", "unknown"}).Draw(r, "origin"),
				Granted: amount, Amount: amount, Received: at.AddDate(0, -3, 0),
			})
		}
		l := act.Limits{Means: act.Means{Tier: valuepath.Tier(rapid.IntRange(0, 3).Draw(r, "tier")), Verified: true, Linked: map[string]bool{"bank_transfer": true, "bank_instant": true}, Pinned: map[string]int64{"a": rapid.Int64Range(0, 300_000).Draw(r, "pinned")}}}
		l.Total = act.RailLimit{Act: money.Won(rapid.Int64Range(0, 300_000).Draw(r, "act")), Day: money.Won(rapid.Int64Range(0, 300_000).Draw(r, "day"))}
		x := act.Terms{
			Ceiling: money.Won(rapid.Int64Range(1, 300_000).Draw(r, "ceiling")), Keep: money.Won(rapid.Int64Range(0, 100_000).Draw(r, "keep")),
			Rail: rapid.SampledFrom([]string{"bank_transfer", "bank_instant", "mobile_topup", "gone"}).Draw(r, "rail"), Every: act.EveryWeek,
		}
		plan, err := x.Plan(book, &l, lots, at, seoul)
		if err != nil {
			r.Fatal(err)
		}
		if plan == nil {
			return
		}
		rail, _ := book.Rail(x.Rail)
		var out, could int64
		for _, lot := range lots {
			if book.Eligible(lot, rail, at).Code == valuepath.OK {
				could += max(0, lot.Amount.Minor-l.Pinned[lot.ID])
			}
		}
		for _, leg := range plan.Legs {
			out += leg.Amount.Minor
			if leg.Rail != x.Rail {
				r.Fatalf("over %s", leg.Rail)
			}
			for _, d := range leg.From {
				for _, lot := range lots {
					if lot.ID == d.Lot && book.Eligible(lot, rail, at).Code != valuepath.OK {
						r.Fatalf("%s of %v goes by itself", d.Amount.Plain(), lot.Kind)
					}
				}
			}
		}
		if out <= 0 || out > x.Ceiling.Minor || out > could-x.Keep.Minor || l.Total.Day.Minor > 0 && out > min(l.Total.Act.Minor, l.Total.Day.Minor) {
			r.Fatalf("%d goes of %d under %+v", out, could, x)
		}
	})
}

// What is to stay of what could go stays, to the won.
func TestWhatIsToStayStays(t *testing.T) {
	t.Parallel()
	book, err := valuepath.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	lot := func(id string, kind wallet.Kind, won int64) wallet.Lot {
		return wallet.Lot{ID: id, Issuer: "shop", Kind: kind, Origin: "bank_transfer", Granted: money.Won(won), Amount: money.Won(won), Received: at.AddDate(0, -3, 0)}
	}
	lots := []wallet.Lot{lot("a", wallet.Prepaid, 10_000), lot("b", wallet.CarrierCredit, 90_000)}
	l := act.Limits{Means: act.Means{Tier: valuepath.TierVerified, Verified: true, Linked: map[string]bool{"bank_transfer": true}}}
	for keep, want := range map[int64]int64{0: 10_000, 4_000: 6_000, 9_500: 0, 20_000: 0} {
		x := act.Terms{Ceiling: money.Won(20_000), Keep: money.Won(keep), Rail: "bank_transfer", Every: act.EveryWeek}
		plan, err := x.Plan(book, &l, lots, at, seoul)
		if err != nil {
			t.Fatal(err)
		}
		got := int64(0)
		if plan != nil {
			got = plan.Amount.Minor - plan.Rest.Minor
		}
		if got != want {
			t.Errorf("keeping %d of 10,000: %d goes, not %d", keep, got, want)
		}
	}
}
