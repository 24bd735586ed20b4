package platform_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/wire"
)

// median reports the middle of what was measured, and the slowest of a hundred.
func median(b *testing.B, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(0, "ns/op")
}

// The way of a confirmation on the platform, durable on a file: proof, token,
// nonce, the try that is counted, code and signature, the act's effect. What
// the wallet does with the PIN before is not in it.
func BenchmarkConfirm(b *testing.B) {
	p := customer(b, filepath.Join(b.TempDir(), "p.db"))
	p.client = &http.Client{Transport: &http.Transport{DialContext: p.Dial}}
	var level wire.LevelAnswer
	p.ask(request{method: "PUT", path: "/v1/security-level", key: "key-0123456789-00", body: wire.LevelRequest{Level: wire.Strict}}).is(b, http.StatusOK, &level)
	var n int
	for name, begin := range map[string]func() wire.Act{
		"recovery": func() wire.Act {
			return p.act(http.MethodPut, "/v1/recovery-codes", fmt.Sprintf("key-0123456789-%d", n), wire.RecoveryDigests{Digests: digests()})
		},
		"cashout": func() wire.Act {
			p.at(p.clock().Add(24 * time.Hour)) // of another day's limits
			p.open("totp", p.totp())
			return p.cashOut(p.quoted(map[string]int64{"bank_transfer": 5_000}), fmt.Sprintf("key-0123456789-%d", n))
		},
	} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				n++
				p.at(p.clock().Add(time.Second))
				if n%50 == 0 {
					p.at(p.clock().Add(time.Minute))
					p.open("totp", p.totp())
				}
				c := p.challenge(string(begin().Id))
				with := p.answer(c)
				r := request{method: http.MethodPost, path: "/v1/challenges/" + string(c.Id) + "/confirm", body: with}
				r.proof = p.proof(r)
				began := time.Now()
				a := p.once(r)
				took = append(took, time.Since(began))
				var one wire.Act
				a.is(b, http.StatusOK, &one)
				if !slices.Contains([]act.State{act.Done, act.Going}, act.State(one.State)) {
					b.Fatalf("%+v", one)
				}
			}
			median(b, took)
		})
	}
}

// A session opened by a code of K.
func BenchmarkOpenSession(b *testing.B) {
	p := customer(b, filepath.Join(b.TempDir(), "p.db"))
	p.client = &http.Client{Transport: &http.Transport{DialContext: p.Dial}}
	var took []time.Duration
	for b.Loop() {
		p.at(p.clock().Add(30 * time.Second))
		p.token = ""
		r := request{method: http.MethodPost, path: "/v1/sessions", body: wire.SessionRequest{Device: p.id, Method: wire.Totp, Code: p.totp()}}
		r.proof = p.proof(r)
		began := time.Now()
		a := p.once(r)
		took = append(took, time.Since(began))
		a.is(b, http.StatusCreated, nil)
	}
	median(b, took)
}

// What a proof on each request costs a reader.
func BenchmarkRead(b *testing.B) {
	p := customer(b, filepath.Join(b.TempDir(), "p.db"))
	p.client = &http.Client{Transport: &http.Transport{DialContext: p.Dial}}
	var took []time.Duration
	for b.Loop() {
		if p.at(p.clock().Add(50 * time.Millisecond)); len(took)%1000 == 999 {
			p.at(p.clock().Add(time.Minute))
			p.open("totp", p.totp())
		}
		r := request{method: http.MethodGet, path: "/v1/wallet"}
		r.proof = p.proof(r)
		began := time.Now()
		a := p.once(r)
		took = append(took, time.Since(began))
		a.is(b, http.StatusOK, nil)
	}
	median(b, took)
}
