//go:build outside

package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"jandon/internal/export"
	"jandon/internal/history"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

// lived is a scenario's history, and the files that tell it to other programs.
func lived(t *testing.T, name string, f export.Format) (*history.Book, scenario.World, string) {
	t.Helper()
	s, err := scenario.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Generate(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	w, err := p.Play()
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Book()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	span, err := b.Span(ctx)
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]string)
	for _, is := range p.Issuers {
		names[is.ID] = is.Name
	}
	head := export.Head{Zone: p.Zone, Currency: p.Currency, First: span.First, Name: func(id string) string { return names[id] }, Bills: w.Settlements}
	var out bytes.Buffer
	if err := export.Write(&out, f, head, export.Oldest(ctx, b, history.Query{})); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name+"."+string(f))
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return b, w, path
}

// sum is what hledger says some accounts come to at the end.
func sum(t *testing.T, journal, accounts string) int64 {
	t.Helper()
	table, err := csv.NewReader(strings.NewReader(output(t, "hledger", "-f", journal, "balance", accounts, "-1", "-O", "csv", "--layout=bare"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	last := table[len(table)-1]
	if len(table) == 1 {
		return 0
	}
	n, err := strconv.ParseInt(last[len(last)-1], 10, 64)
	if err != nil && last[len(last)-1] != "" {
		t.Fatal(err)
	}
	return n
}

// hledger adds up the journal of every scenario by itself: what was spent in
// each week, what the wallet holds, and what is owed.
func TestHledgerAgreesOnEveryScenario(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, w, journal := lived(t, name, export.Hledger)
			output(t, "hledger", "-f", journal, "check", "--strict")
			held, owed := int64(0), int64(0)
			for _, l := range w.Wallet.Lots {
				held += l.Amount.Minor
			}
			for _, x := range w.Transactions {
				if x.Kind == wallet.CarrierCredit && x.Channel == "phone_bill" {
					owed -= x.Amount.Minor
				}
			}
			for _, s := range w.Settlements {
				if !s.Paid.IsZero() {
					owed -= s.Total.Minor
				}
			}
			if got := sum(t, journal, "^assets"); got != held {
				t.Errorf("hledger says the wallet holds %d, we %d", got, held)
			}
			if got := sum(t, journal, "^liabilities"); got != -owed {
				t.Errorf("hledger says %d is owed, we %d", -got, owed)
			}
			if len(w.Transactions) == 0 {
				return
			}
			weekly(t, b, journal)
		})
	}
}

func weekly(t *testing.T, b *history.Book, journal string) {
	t.Helper()
	ctx := context.Background()
	span, err := b.Span(ctx)
	if err != nil {
		t.Fatal(err)
	}
	from, to := history.WeekOf(span.First), history.WeekOf(span.Last)
	weeks, err := b.Weeks(ctx, from, to, history.ByNothing)
	if err != nil {
		t.Fatal(err)
	}
	table, err := csv.NewReader(strings.NewReader(output(t, "hledger", "-f", journal, "balance", "^expenses", "-W", "-1", "-E", "-N",
		"-b", from.Monday.String(), "-e", (to.Sunday() + 1).String(), "-O", "csv", "--layout=bare"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(table) != 2 || len(table[1]) != len(weeks)+2 {
		t.Fatalf("hledger gave %v for %d weeks", table, len(weeks))
	}
	for i, w := range weeks {
		if got, err := strconv.ParseInt(table[1][i+2], 10, 64); err != nil || got != w.Spent {
			t.Errorf("week %s: hledger says %s, we %d", w.Week, table[1][i+2], w.Spent)
		}
	}
}

func TestBeancountReadsEveryScenario(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, file := lived(t, name, export.Beancount)
			output(t, "bean-check", file)
		})
	}
}
