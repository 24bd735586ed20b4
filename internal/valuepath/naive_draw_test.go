package valuepath_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

var kst = time.FixedZone("KST", 9*60*60)

// naiveRail is a rail as its terms read.
type naiveRail struct {
	id, nature, need      string
	kinds                 []string
	voucher               bool // takes vouchers alone
	fixed, bp, floor, cap int64
	min, unit, seconds    int64
	verified, linked      bool
	from, to              int // hours of the day
	act, day              [4]int64
}

func (r *naiveRail) file() string {
	var s strings.Builder
	fmt.Fprintf(&s, "[[rails]]\nid = %q\nnature = %q\nkinds = [%q", r.id, r.nature, r.kinds[0])
	for _, k := range r.kinds[1:] {
		fmt.Fprintf(&s, ", %q", k)
	}
	s.WriteString("]\n")
	if r.voucher {
		s.WriteString("origins = [\"voucher\"]\n")
	}
	if r.need != "" {
		fmt.Fprintf(&s, "needs = [%q]\n", r.need)
	}
	fmt.Fprintf(&s, "fee = { name = \"any\", fixed = %d, bp = %d, floor = %d, cap = %d }\n", r.fixed, r.bp, r.floor, r.cap)
	fmt.Fprintf(&s, "min = %d\nunit = %d\nseconds = %d\nverified = %v\ndestination = %v\n", r.min, r.unit, r.seconds, r.verified, r.linked)
	fmt.Fprintf(&s, "open = [{ days = \"mon-sun\", from = \"%02d:00\", to = \"%02d:00\" }]\n[rails.limits]\n", r.from, r.to)
	for t, name := range []string{"new", "settled", "trusted", "verified"} {
		fmt.Fprintf(&s, "%s = { act = %d, day = %d }\n", name, r.act[t], r.day[t])
	}
	return s.String()
}

// drawRail makes a rail on which every kind of trouble is common: minima over
// limits, limits that are no whole units, floors, caps, hours, kinds, rules.
func drawRail(rnd *rand.Rand, id string) naiveRail {
	one := func(in int) bool { return rnd.IntN(in) == 0 }
	r := naiveRail{id: id, nature: []string{"cash", "cash", "cash_like", "credit", "gift", "source"}[rnd.IntN(6)], kinds: []string{"prepaid", "earned", "promotional"}, to: 24}
	if one(2) {
		r.kinds = slices.Delete(r.kinds, rnd.IntN(2), 2)
	}
	if r.nature == "source" && one(2) {
		r.kinds = append(r.kinds, "carrier_credit", "card_funded")
	}
	r.need = []string{"", "", "", "", "", "", "", "", "settling", "settling", "withdrawal", "voucher_rest", "voucher_expired"}[rnd.IntN(13)]
	r.voucher = r.need == "voucher_expired" || one(10)
	r.unit = []int64{1, 1, 2, 3, 5, 10}[rnd.IntN(6)]
	r.min = r.unit * (1 + rnd.Int64N(3))
	if one(2) {
		r.fixed = rnd.Int64N(4)
	}
	if one(3) {
		r.floor = rnd.Int64N(5)
	}
	if one(3) {
		r.cap = max(r.floor, 1) + rnd.Int64N(4)
	}
	if won := rnd.Int64N(6); one(2) && won < r.unit { // of each unit
		if r.bp = won * 10_000 / r.unit; r.bp*r.unit != won*10_000 {
			r.bp = 0
		}
	}
	r.seconds = []int64{0, 10, 60, 60, 3600, 86400}[rnd.IntN(6)]
	r.verified, r.linked = one(10), one(10)
	if one(4) {
		r.from = rnd.IntN(23)
		r.to = r.from + 1 + rnd.IntN(24-r.from)
	}
	for t := range r.act {
		r.act[t] = rnd.Int64N(30) + 20*int64(min(1, rnd.IntN(4)))
		r.day[t] = r.act[t] + rnd.Int64N(20)
	}
	return r
}

// drawCase makes a catalogue of one to four rails and what a person asks of it.
func drawCase(rnd *rand.Rand) (rails []naiveRail, q valuepath.Request) {
	at := time.Date(2026, 11, 16+rnd.IntN(14), rnd.IntN(24), 30*rnd.IntN(2), 0, 0, kst)
	q = valuepath.Request{At: at, Zone: kst, Tier: valuepath.Tier(rnd.IntN(4)), Verified: rnd.IntN(4) > 0}
	q.Linked, q.Used, q.Pinned, q.Without = map[string]bool{}, map[string]int64{}, map[string]int64{}, map[string]bool{}
	for i := range 1 + rnd.IntN(4) {
		id := fmt.Sprint("rail_", i)
		rails = append(rails, drawRail(rnd, id))
		q.Linked[id], q.Without[id] = rnd.IntN(4) > 0, rnd.IntN(12) == 0
		if rnd.IntN(3) == 0 {
			q.Used[id] = rnd.Int64N(40)
		}
	}
	have := int64(0)
	for i := range 1 + rnd.IntN(5) {
		kind := []wallet.Kind{wallet.Prepaid, wallet.Earned, wallet.Promotional, wallet.CarrierCredit, wallet.CardFunded, wallet.KindUnknown}[max(0, rnd.IntN(14)-8)]
		origin := []string{"bank_transfer", "voucher", "gift", "promotion", "card", "of another world"}[max(0, rnd.IntN(12)-6)]
		if rnd.IntN(3) == 0 {
			kind, origin = wallet.Earned, "tip"
		}
		won := rnd.Int64N(18)
		l := wallet.Lot{ID: fmt.Sprint("lot", i), Kind: kind, Origin: origin, Granted: money.Won(won), Amount: money.Won(won), Received: at.Add(-time.Duration(rnd.IntN(60)) * time.Hour)}
		if rnd.IntN(3) == 0 {
			l.Granted.Minor += rnd.Int64N(40)
			l.Spent = money.Won(rnd.Int64N(1 + l.Granted.Minor - won))
		}
		if rnd.IntN(3) == 0 {
			l.Received = at.AddDate(0, 0, -rnd.IntN(2500))
		}
		switch rnd.IntN(4) {
		case 0:
			l.Expires = at.Add(time.Duration(rnd.IntN(200)-40) * time.Hour)
		case 1:
			l.Expires = at.Add(time.Duration(1+rnd.IntN(3)) * 24 * time.Hour)
		}
		if rnd.IntN(6) == 0 {
			q.Pinned[l.ID] = rnd.Int64N(won + 2)
		}
		have += max(0, won-q.Pinned[l.ID])
		q.Lots = append(q.Lots, l)
	}
	if q.Amount = money.Won(min(have, 40)); have > 0 && rnd.IntN(2) == 0 {
		q.Amount = money.Won(1 + rnd.Int64N(min(have, 40)))
	}
	return rails, q
}

// catalogue is a book of the shipped rules and other rails.
func catalogue(t *testing.T, rules []byte, rails []naiveRail) *valuepath.Book {
	t.Helper()
	file := "version = \"2026-11-01\"\nsource = \"a test\"\nfrom = 2026-11-01\ncurrency = \"KRW\"\n"
	for i := range rails {
		file += rails[i].file()
	}
	b, err := valuepath.Parse(rules, []byte(file))
	if err != nil {
		t.Fatalf("%v:\n%s", err, file)
	}
	return b
}
