package valuepath

import (
	"sync"
	"testing"
	"time"

	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// noon is a Monday on which every rail of the shipped catalogue is open.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, seoul)

var seoul = time.FixedZone("KST", 9*60*60)

func book(t testing.TB) *Book {
	t.Helper()
	b, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lot is value that came in a month ago and never expires; with changes it.
func lot(id string, kind wallet.Kind, origin string, won int64, with ...func(*wallet.Lot)) wallet.Lot {
	l := wallet.Lot{
		ID: id, Issuer: "golmok", Kind: kind, Origin: origin, Source: "t-" + id,
		Granted: money.Won(won), Amount: money.Won(won), Received: noon.AddDate(0, -1, 0),
	}
	for _, w := range with {
		w(&l)
	}
	return l
}

func expires(at time.Time) func(*wallet.Lot)  { return func(l *wallet.Lot) { l.Expires = at } }
func received(at time.Time) func(*wallet.Lot) { return func(l *wallet.Lot) { l.Received = at } }
func granted(won int64) func(*wallet.Lot)     { return func(l *wallet.Lot) { l.Granted = money.Won(won) } }

// spends is a lot of a larger face value of which so much was used at merchants.
func spends(face, won int64) func(*wallet.Lot) {
	return func(l *wallet.Lot) { l.Granted, l.Spent = money.Won(face), money.Won(won) }
}

func spentOf(won int64) func(*wallet.Lot) { return func(l *wallet.Lot) { l.Spent = money.Won(won) } }

// ask is a request of a settled, verified person with everything linked.
func ask(b *Book, won int64, lots ...wallet.Lot) Request {
	r := Request{Lots: lots, Amount: money.Won(won), At: noon, Zone: seoul, Tier: TierSettled, Verified: true, Linked: map[string]bool{}}
	for _, rail := range b.Rails {
		r.Linked[rail.ID] = true
	}
	return r
}

// without is r less some rails.
func without(r Request, rails ...string) Request {
	r.Without = map[string]bool{}
	for _, id := range rails {
		r.Without[id] = true
	}
	return r
}

// only is r with no other rails than those.
func only(b *Book, r Request, rails ...string) Request {
	r.Without = map[string]bool{}
	for _, rail := range b.Rails {
		r.Without[rail.ID] = true
	}
	for _, id := range rails {
		delete(r.Without, id)
	}
	return r
}

func plan(t testing.TB, b *Book, r Request) *Outcome {
	t.Helper()
	out, err := b.Plan(r)
	if err != nil {
		t.Fatal(err)
	}
	sums(t, b, &r, out)
	return out
}

var printers = sync.OnceValue(func() map[string]*i18n.Printer {
	return map[string]*i18n.Printer{"en": i18n.Must("en"), "ko": i18n.Must("ko")}
})

func says(lang string) Speaker {
	return Speaker{Words: printers()[lang], Money: money.Style{Lang: lang}, Zone: seoul}
}

// fataler is what sums needs of testing.TB and rapid.T.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// sums checks what holds of every outcome: amounts add up, no lot gives more
// than it has free, none goes where a rule bars it, nothing is told twice.
func sums(t fataler, b *Book, r *Request, out *Outcome) {
	t.Helper()
	lots := map[string]wallet.Lot{}
	for _, l := range r.Lots {
		lots[l.ID] = l
	}
	for i := range out.Front {
		p := &out.Front[i]
		if got := p.Value.Minor + p.Given.Minor + p.Fees.Minor + p.Rest.Minor; got != r.Amount.Minor || p.Amount != r.Amount {
			t.Fatalf("plan %d: value %v + given %v + fees %v + rest %v is not %v", i, p.Value, p.Given, p.Fees, p.Rest, r.Amount)
		}
		if out.Proved && !p.Proved {
			t.Fatalf("plan %d is not proved, but all are", i)
		}
		drawn, stays := map[string]int64{}, int64(0)
		for _, leg := range p.Legs {
			rail, _ := b.Rail(leg.Rail)
			sum := int64(0)
			for _, d := range leg.From {
				l := lots[d.Lot]
				if v := b.Eligible(l, rail, r.At); v.Code != OK {
					t.Fatalf("plan %d: %s takes lot %s, which is %s", i, leg.Rail, d.Lot, v.Code)
				}
				if b.Tainted(&l) && rail.Nature != Source {
					t.Fatalf("plan %d: tainted lot %s became %s", i, d.Lot, rail.Nature)
				}
				if d.Amount.Minor <= 0 {
					t.Fatalf("plan %d: draws %v", i, d.Amount)
				}
				sum += d.Amount.Minor
				drawn[d.Lot] += d.Amount.Minor
			}
			if sum != leg.Amount.Minor || leg.Amount.Minor != leg.Net.Minor+leg.Fee.Minor || leg.Fee.Minor != rail.Fee.Of(sum) || leg.Net.Minor <= 0 {
				t.Fatalf("plan %d: leg %+v does not add up", i, leg)
			}
			limit := rail.Limit(r.Tier)
			if sum < rail.Min || sum%rail.Unit != 0 || sum > min(limit.Act, limit.Day-r.Used[rail.ID]) || leg.Fee.Minor > 0 && leg.FeeName == "" {
				t.Fatalf("plan %d: leg %+v is not what the rail takes", i, leg)
			}
		}
		for id, n := range drawn {
			if l := lots[id]; n > l.Amount.Minor-r.Pinned[id] {
				t.Fatalf("plan %d: lot %s gives %d of %d", i, id, n, l.Amount.Minor-r.Pinned[id])
			}
		}
		for _, s := range p.Stays {
			if s.Amount.Minor <= 0 || s.Code == OK || s.Rule == "" || s.Since == "" || s.Say.ID == "" || s.Remedy.ID == "" {
				t.Fatalf("plan %d: %+v stays without reason", i, s)
			}
			if drawn[s.Lot]+s.Amount.Minor > lots[s.Lot].Amount.Minor {
				t.Fatalf("plan %d: lot %s goes and stays", i, s.Lot)
			}
			stays += s.Amount.Minor
		}
		if stays != p.Rest.Minor {
			t.Fatalf("plan %d: %d stay, %v is the rest", i, stays, p.Rest)
		}
	}
	for _, f := range out.Refused {
		if f.Code == OK || f.Rule == "" || f.Since == "" || f.Say.ID == "" || f.Remedy.ID == "" || f.Amount.Minor <= 0 {
			t.Fatalf("refusal without reason: %+v", f)
		}
	}
	for _, o := range []*Option{out.Spend, out.Wait} {
		if o != nil && o.Gain.Minor <= 0 {
			t.Fatalf("an option that wins nothing: %+v", o)
		}
	}
}
