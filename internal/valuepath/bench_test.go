package valuepath

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// drawWallet is a wallet of up to 24 lots of every kind and origin, made from a seed.
func drawWallet(seed uint64) (lots []wallet.Lot, total int64) {
	rnd := rand.New(rand.NewPCG(seed, 7))
	ways := []struct {
		kind   wallet.Kind
		origin string
	}{
		{wallet.Prepaid, "bank_transfer"}, {wallet.Prepaid, "voucher"}, {wallet.Prepaid, "gift"}, {wallet.Earned, "tip"}, {wallet.Earned, "reward"},
		{wallet.Promotional, "promotion"}, {wallet.CarrierCredit, "phone_bill"}, {wallet.CardFunded, "card"}, {wallet.KindUnknown, "unknown"},
		{wallet.Prepaid, "bank_transfer"}, {wallet.Earned, "tip"},
	}
	scale := []int64{2000, 30000, 400000, 5000000}[rnd.IntN(4)]
	for i := range 1 + rnd.IntN(24) {
		w := ways[rnd.IntN(len(ways))]
		l := lot(fmt.Sprint(i), w.kind, w.origin, 1+rnd.Int64N(scale), received(noon.Add(-time.Duration(rnd.IntN(2000))*time.Hour)))
		l.Granted.Minor += rnd.Int64N(1 + 2*l.Amount.Minor)
		l.Spent = money.Won(rnd.Int64N(1 + l.Granted.Minor - l.Amount.Minor))
		if rnd.IntN(3) == 0 {
			l.Expires = noon.Add(time.Duration(rnd.IntN(3000)-500) * time.Hour)
		}
		lots = append(lots, l)
		total += l.Amount.Minor
	}
	return lots, total
}

// drawRequest is an amount up to ₩10,000,000 of such a wallet, for somebody of any tier at any hour.
func drawRequest(b *Book, seed uint64) Request {
	lots, total := drawWallet(seed)
	rnd := rand.New(rand.NewPCG(seed, 9))
	r := ask(b, 1+rnd.Int64N(min(total, 10_000_000)), lots...)
	r.Tier = Tier(rnd.IntN(int(tiers)))
	r.At = noon.Add(time.Duration(rnd.IntN(168)) * time.Hour)
	r.Verified = rnd.IntN(4) > 0
	r.Used = map[string]int64{"mobile_topup": rnd.Int64N(50) * 1000, "bank_instant": rnd.Int64N(100) * 100}
	return r
}

// BenchmarkPlan is the whole answer for the shipped catalogue of twelve rails:
// rules, front, legs, reasons and options. It reports the distribution.
func BenchmarkPlan(b *testing.B) {
	k := book(b)
	requests := make([]Request, 2000)
	for i := range requests {
		requests[i] = drawRequest(k, uint64(i))
	}
	took := make([]time.Duration, 0, b.N)
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		took = append(took, quickest(b, k, requests[i%len(requests)]))
		i++
	}
	report(b, took)
}

// BenchmarkPreview is a plan while typing: the wallet of the scenario at
// amounts that grow by a digit, as keys come in.
func BenchmarkPreview(b *testing.B) {
	k := book(b)
	lots := []wallet.Lot{
		lot("a", wallet.Prepaid, "bank_transfer", 23_400), lot("b", wallet.Earned, "reward", 4_310, expires(noon.AddDate(0, 0, 6))),
		lot("c", wallet.CarrierCredit, "phone_bill", 1_100), lot("d", wallet.Prepaid, "voucher", 3_800, granted(10_000)), lot("e", wallet.Promotional, "promotion", 900),
	}
	took := make([]time.Duration, 0, b.N)
	amounts := []int64{1, 13, 130, 1300, 13000, 2, 25, 250, 2500, 25000}
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		r := ask(k, amounts[i%len(amounts)], lots...)
		took = append(took, quickest(b, k, r))
		i++
	}
	report(b, took)
}

// BenchmarkManyLots is a plan of a thousand lots that settle one after another:
// its cost has to grow with them, and not with their square.
func BenchmarkManyLots(b *testing.B) {
	k := book(b)
	var lots []wallet.Lot
	for i := range 1000 {
		lots = append(lots, lot(fmt.Sprint(i), wallet.Earned, "tip", 1000, received(noon.Add(-23*time.Hour+time.Duration(i)*17*time.Second))))
	}
	r := ask(k, 900_000, lots...)
	var took []time.Duration
	for b.Loop() {
		took = append(took, quickest(b, k, r))
	}
	report(b, took)
}

// quickest is the best of three, which leaves out what other processes took.
func quickest(b *testing.B, k *Book, r Request) time.Duration {
	best := time.Hour
	for range 3 {
		start := time.Now() //nolint:forbidigo // a benchmark reads the real clock
		if _, err := k.Plan(r); err != nil {
			b.Fatal(err)
		}
		best = min(best, time.Since(start)) //nolint:forbidigo // as above
	}
	return best
}

func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	at := func(part float64) float64 { return float64(took[int(part*float64(len(took)-1))]) / 1e3 }
	b.ReportMetric(at(0.5), "median-µs")
	b.ReportMetric(at(0.9), "p90-µs")
	b.ReportMetric(at(0.99), "p99-µs")
	b.ReportMetric(at(1), "max-µs")
}
