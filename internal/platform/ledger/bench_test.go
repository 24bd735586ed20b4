package ledger_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// Each act is one durable transaction on a file.
func BenchmarkPurchase(b *testing.B) {
	l, u := books(b, filepath.Join(b.TempDir(), "books.db"))
	must(b, l.Grant(b.Context(), u, line("g", day(0), wallet.Topup, 1<<40), lot("l", 1<<40, day(0), time.Time{})))
	n := 0
	for b.Loop() {
		n++
		must(b, l.Spend(b.Context(), u, line(fmt.Sprint("s", n), day(1), wallet.Payment, -10)))
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}

func BenchmarkGrant(b *testing.B) {
	l, u := books(b, filepath.Join(b.TempDir(), "books.db"))
	n := 0
	for b.Loop() {
		n++
		id := fmt.Sprint(n)
		must(b, l.Grant(b.Context(), u, line("g"+id, day(0), wallet.Topup, 10), lot("l"+id, 10, day(0), day(90))))
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}

func BenchmarkSeed(b *testing.B) {
	p := long(20_000)
	for b.Loop() {
		l, err := ledger.Open(b.Context(), ledger.Options{Path: filepath.Join(b.TempDir(), "books.db")})
		must(b, err)
		must(b, l.Seed(b.Context(), p, nil))
		must(b, l.Close())
	}
	b.ReportMetric(float64(b.N*len(p.Steps))/b.Elapsed().Seconds(), "steps/s")
}

// A page of changes costs the same at the start and at the end of a long history.
func BenchmarkChanges(b *testing.B) {
	l := open(b, filepath.Join(b.TempDir(), "books.db"))
	must(b, l.Seed(b.Context(), long(40_000), nil))
	u, err := l.User(b.Context(), "mina")
	must(b, err)
	for _, after := range []int64{0, 39_000} {
		b.Run(fmt.Sprintf("after=%d", after), func(b *testing.B) {
			for b.Loop() {
				view(b, l, u, func(v *ledger.View) error {
					c, _, err := v.Changes(after, 500)
					if len(c) != 500 {
						b.Fatalf("%d changes", len(c))
					}
					return err
				})
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "books.db")
	open(b, path)
	for b.Loop() {
		l, err := ledger.Open(b.Context(), ledger.Options{Path: path})
		must(b, err)
		must(b, l.Close())
	}
}
