package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

var seoul = func() *time.Location {
	zone, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		panic(err)
	}
	return zone
}()

func end() time.Time { return storetest.End }

// testKey is a key for tests alone.
type testKey byte

func (k testKey) Expose(use func([]byte)) {
	b := make([]byte, store.KeyLen)
	for i := range b {
		b[i] = byte(k) ^ byte(i*7)
	}
	use(b)
}

func options(path string) store.Options {
	return store.Options{Path: path, Key: testKey(1), Zone: seoul, Now: end}
}

const year = 365 * 24 * time.Hour

// shape is a size of history: a fixed span, in which only the weeks grow denser,
// or a person's pace of 60 lines a day, in which the years grow more.
type shape struct {
	lines int
	span  time.Duration
}

func (s shape) String() string { return fmt.Sprintf("%d_in_%dy", s.lines, s.span/year) }

var shapes = []shape{{10_000, 2 * year}, {100_000, 2 * year}, {1_000_000, 2 * year}, {1_000_000, 45 * year}}

var filled struct {
	mu    sync.Mutex
	dir   string
	paths map[shape]string
}

// benchStore is a store of a shape, made once for all benchmarks.
func benchStore(b *testing.B, s shape) string {
	b.Helper()
	filled.mu.Lock()
	defer filled.mu.Unlock()
	if path, ok := filled.paths[s]; ok {
		return path
	}
	path := filepath.Join(filled.dir, s.String())
	st, err := store.Open(b.Context(), options(path))
	if err == nil {
		err = storetest.Fill(b.Context(), st, s.lines, s.span)
	}
	if err == nil {
		err = st.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
	filled.paths[s] = path
	return path
}

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		applyUntilKilled(path)
	}
	if path := os.Getenv(importPath); path != "" {
		importAndExit(path)
	}
	dir, err := os.MkdirTemp("", "jandon-store")
	if err != nil {
		panic(err)
	}
	filled.dir, filled.paths = dir, map[shape]string{}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// each runs a benchmark on an open store of every shape.
func each(b *testing.B, run func(b *testing.B, s *store.Store)) {
	for _, shape := range shapes {
		b.Run(shape.String(), func(b *testing.B) {
			s, err := store.Open(b.Context(), options(benchStore(b, shape)))
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			b.ReportAllocs()
			b.ResetTimer()
			run(b, s)
		})
	}
}

func must(b *testing.B, err error) {
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkOpen opens a store, reads the last 50 lines, and closes it.
func BenchmarkOpen(b *testing.B) {
	for _, shape := range shapes {
		b.Run(shape.String(), func(b *testing.B) {
			path := benchStore(b, shape)
			b.ResetTimer()
			for b.Loop() {
				s, err := store.Open(b.Context(), options(path))
				must(b, err)
				_, err = s.Rows(b.Context(), history.Query{}, history.Window{Older: true, Limit: 50})
				must(b, err)
				must(b, s.Close())
			}
		})
	}
}

var thisWeek = history.WeekOf(history.DayOf(storetest.End, seoul))

func BenchmarkWeeks(b *testing.B) {
	each(b, func(b *testing.B, s *store.Store) {
		for b.Loop() {
			_, err := s.Weeks(b.Context(), thisWeek.Add(-8), thisWeek, history.ByNothing)
			must(b, err)
		}
	})
}

func BenchmarkWeeksByCategoryAll(b *testing.B) {
	each(b, func(b *testing.B, s *store.Store) {
		span, err := s.Span(b.Context())
		must(b, err)
		for b.Loop() {
			_, err := s.Weeks(b.Context(), history.WeekOf(span.First), history.WeekOf(span.Last), history.ByCategory)
			must(b, err)
		}
	})
}

// BenchmarkHome reads what the first screen shows.
func BenchmarkHome(b *testing.B) {
	each(b, func(b *testing.B, s *store.Store) {
		for b.Loop() {
			must(b, home(b.Context(), s))
		}
	})
}

func home(ctx context.Context, s *store.Store) error {
	if _, err := s.Span(ctx); err != nil {
		return err
	}
	if _, err := s.Wallet(ctx); err != nil {
		return err
	}
	if _, err := s.Alerts(ctx); err != nil {
		return err
	}
	if _, err := s.Weeks(ctx, thisWeek.Add(-8), thisWeek, history.ByNothing); err != nil {
		return err
	}
	if _, err := s.Days(ctx, thisWeek.Monday, thisWeek.Sunday()); err != nil {
		return err
	}
	for _, by := range []history.Dimension{history.ByCategory, history.ByMerchant, history.ByIssuer, history.ByKind} {
		if _, err := s.Groups(ctx, thisWeek.Add(-3).Monday, thisWeek.Sunday(), by); err != nil {
			return err
		}
	}
	return nil
}

// window reads windows of 50 rows at steps through the list.
func window(q history.Query) func(b *testing.B, s *store.Store) {
	return func(b *testing.B, s *store.Store) {
		from := history.Cursor{}
		for b.Loop() {
			page, err := s.Rows(b.Context(), q, history.Window{From: from, Older: true, Limit: 50})
			must(b, err)
			from = history.Cursor{}
			if n := len(page.Rows); page.More {
				from = page.Rows[n-1].Cursor
			}
		}
	}
}

func BenchmarkRowsFirst(b *testing.B) {
	each(b, func(b *testing.B, s *store.Store) {
		for b.Loop() {
			_, err := s.Rows(b.Context(), history.Query{}, history.Window{Older: true, Limit: 50})
			must(b, err)
		}
	})
}

func BenchmarkRowsNext(b *testing.B) { each(b, window(history.Query{})) }

func BenchmarkRowsMiddle(b *testing.B) {
	each(b, func(b *testing.B, s *store.Store) {
		at := storetest.End.Add(-year).UnixMilli()
		for b.Loop() {
			_, err := s.Rows(b.Context(), history.Query{}, history.Window{From: history.Cursor{At: at, N: 1}, Limit: 50})
			must(b, err)
		}
	})
}

func BenchmarkRowsFiltered(b *testing.B) {
	carrier, dear := wallet.CarrierCredit, int64(14_900)
	for _, c := range []struct {
		name string
		q    history.Query
	}{
		{"merchant", history.Query{Merchant: "Pixel Mart 229"}}, {"category", history.Query{Category: "cafe"}}, {"issuer", history.Query{Issuer: "orbit"}},
		{"kind", history.Query{Kind: &carrier}}, {"type", history.Query{Type: wallet.Refund}}, {"pending", history.Query{Status: wallet.Pending}},
		{"bill", history.Query{Settlement: "bill-2026-10"}}, {"dear", history.Query{Min: &dear}}, {"dear_cafe", history.Query{Min: &dear, Text: "cafe"}},
		{"text", history.Query{Text: "커피"}}, {"initials", history.Query{Text: "ㅅㅈ"}}, {"order", history.Query{Text: "-00012"}}, {"nothing", history.Query{Text: "없는말"}},
	} {
		b.Run(c.name, func(b *testing.B) { each(b, window(c.q)) })
	}
}

// BenchmarkSearch resolves a search anew each time, as while a person types.
func BenchmarkSearch(b *testing.B) {
	each(b, func(b *testing.B, s *store.Store) {
		texts := []string{"ㅋㅍ", "커", "커피", "mart", "nova", "서점 한빛", "1", "26", "2611", "-0001"}
		for i := 0; b.Loop(); i++ {
			q := history.Query{Text: texts[i%len(texts)] + strings.Repeat(" ", i%1000)} // not asked before
			_, err := s.Rows(b.Context(), q, history.Window{Older: true, Limit: 50})
			must(b, err)
		}
	})
}

// BenchmarkApply stores 100,000 lines in a new store.
func BenchmarkApply100k(b *testing.B) {
	for b.Loop() {
		s, err := store.Open(b.Context(), options(filepath.Join(b.TempDir(), "store")))
		must(b, err)
		must(b, storetest.Fill(b.Context(), s, 100_000, 2*year))
		must(b, s.Close())
	}
}
