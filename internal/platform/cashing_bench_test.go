package platform_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jandon/internal/money"
	"jandon/internal/wire"
)

// timed is how long requests took, one by one; their preparation is not in it.
type timed []time.Duration

func (d *timed) do(f func()) {
	began := time.Now()
	f()
	*d = append(*d, time.Since(began))
}

func (d timed) report(b *testing.B) {
	slices.Sort(d)
	ms := func(n time.Duration) float64 { return float64(n.Microseconds()) / 1000 }
	b.ReportMetric(ms(d[len(d)/2]), "p50-ms")
	b.ReportMetric(ms(d[len(d)*99/100]), "p99-ms")
}

// A quote over four lots and all rails, over HTTP inside the process, on a file.
func BenchmarkQuote(b *testing.B) {
	p := customer(b, filepath.Join(b.TempDir(), "p.db"))
	p.client.Transport = p.client.Transport.(*witness).next
	var took timed
	for b.Loop() {
		b.StopTimer()
		r := request{method: http.MethodPost, path: "/v1/quotes", body: wire.QuoteRequest{AmountMinor: 1_234_567, Currency: money.KRW}}
		r.proof = p.proof(r)
		b.StartTimer()
		took.do(func() { p.once(r).is(b, http.StatusCreated, nil) })
	}
	took.report(b)
}

// A small cash-out that needs no code, over HTTP inside the process, each one
// durable on a file. Each is of another day, since a day has few of them.
func BenchmarkCashOut(b *testing.B) {
	p := customer(b, filepath.Join(b.TempDir(), "p.db"))
	p.client.Transport = p.client.Transport.(*witness).next
	n := 0
	var took timed
	for b.Loop() {
		b.StopTimer()
		n++
		p.at(p.clock().Add(24 * time.Hour))
		p.open("totp", p.totp())
		q := p.quoted(map[string]int64{"donation": 10})
		r := request{method: http.MethodPost, path: "/v1/cashouts", key: fmt.Sprintf("key-of-sixteen-%d", n), body: wire.CashoutRequest{Quote: string(q.Id)}}
		r.proof = p.proof(r)
		b.StartTimer()
		var a wire.Act
		took.do(func() { p.once(r).is(b, http.StatusCreated, &a) })
		if a.State != wire.ActStateGoing {
			b.Fatalf("it is %+v", a)
		}
	}
	took.report(b)
}
