package export_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"jandon/internal/export"
	"jandon/internal/history"
	"jandon/internal/safe"
	"jandon/internal/scenario"
	"jandon/internal/statement"
	"jandon/internal/wallet"
)

// What we write as CSV, we read back as the same transactions.
func TestOurCSVComesBackThroughOurReader(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.Names() {
		f, err := scenario.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := f.Generate(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		w, err := p.Play()
		if err != nil {
			t.Fatal(err)
		}
		if len(w.Transactions) == 0 {
			continue // a header alone is no statement
		}
		b, err := p.Book()
		if err != nil {
			t.Fatal(err)
		}
		h := export.Head{Zone: p.Zone, Currency: p.Currency, Name: func(id string) string { return id }}
		var out bytes.Buffer
		if err := export.Write(&out, export.CSV, h, export.Oldest(t.Context(), b, history.Query{})); err != nil {
			t.Fatal(err)
		}
		got, err := statement.Read(t.Context(), &out, int64(out.Len()), statement.Options{Name: name + ".csv", Zone: time.UTC, Now: p.At})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Transactions) != len(w.Transactions) || len(got.Skipped) != 0 {
			t.Fatalf("%s: %d of %d lines came back, skipped %v", name, len(got.Transactions), len(w.Transactions), got.Skipped)
		}
		for i, x := range got.Transactions {
			x.At = x.At.UTC()
			if x != w.Transactions[i] {
				t.Fatalf("%s: wrote %+v\nread  %+v", name, w.Transactions[i], x)
			}
		}
	}
}

// The same for texts that hold the syntax of tables and formulas, every type
// of line and two currencies; the reader filters texts as it always does.
func TestHostileCSVComesBackThroughOurReader(t *testing.T) {
	t.Parallel()
	b := book()
	got, err := statement.Read(t.Context(), strings.NewReader(written(t, export.CSV, b)), -1, statement.Options{Name: "x.csv", Zone: time.UTC, Now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Skipped) != 0 {
		t.Errorf("skipped %v", got.Skipped)
	}
	i := 0
	for row, err := range export.Oldest(t.Context(), b, history.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		want := row.Transaction
		for _, text := range []*string{&want.Merchant, &want.Category, &want.Issuer, &want.Reason} {
			*text = safe.Text(*text)
		}
		x := got.Transactions[i]
		if x.At = x.At.UTC(); x != want {
			t.Errorf("wrote %+v\nread  %+v", want, x)
		}
		i++
	}
}

// An OFX file says in its own words what the standard has no field for, so
// that every line comes back whole; other currencies follow apart.
func TestOFXComesBackThroughOurReader(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Asia/Kolkata") // half an hour off
	if err != nil {
		t.Fatal(err)
	}
	for _, z := range []*time.Location{seoul, zone, time.UTC} {
		b := book()
		var out bytes.Buffer
		span, err := b.Span(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		h := export.Head{Zone: z, Currency: span.Currency, First: span.First, Last: span.Last, Name: func(id string) string { return id }}
		if err := export.Write(&out, export.OFX, h, export.Oldest(t.Context(), b, history.Query{})); err != nil {
			t.Fatal(err)
		}
		got, err := statement.Read(t.Context(), &out, int64(out.Len()), statement.Options{Name: "x", Zone: z})
		if err != nil {
			t.Fatal(err)
		}
		if got.Detected.Format != "ofx" || len(got.Skipped) != 0 {
			t.Errorf("%s, skipped %v", got.Detected.Format, got.Skipped)
		}
		back := map[string]wallet.Transaction{}
		for _, x := range got.Transactions {
			back[x.ID] = x
		}
		for row, err := range export.Oldest(t.Context(), b, history.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			want := row.Transaction
			for _, text := range []*string{&want.Merchant, &want.Category, &want.Issuer, &want.Reason} {
				*text = safe.Text(*text)
			}
			if want.Issuer == "" {
				want.Issuer = "x"
			}
			x := back[want.ID]
			if x.At = x.At.UTC(); x != want {
				t.Fatalf("wrote %+v\nread  %+v", want, x)
			}
		}
	}
}

// Journals tell days, not hours; but every line comes back with its amount and
// its type, so that the sums agree.
func TestJournalsComeBackThroughOurReader(t *testing.T) {
	t.Parallel()
	b := book()
	for _, f := range []export.Format{export.Hledger, export.Beancount} {
		got, err := statement.Read(t.Context(), strings.NewReader(written(t, f, b)), -1, statement.Options{Name: "x", Zone: seoul})
		if err != nil {
			t.Fatal(err)
		}
		back := map[string]wallet.Transaction{}
		for _, x := range got.Transactions {
			back[x.ID] = x
		}
		n := 0
		for row, err := range export.Oldest(t.Context(), b, history.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
			x := back[strings.NewReplacer("(", "", ")", "").Replace(row.ID)]
			if f == export.Beancount {
				x = back[row.ID]
			}
			if x.Amount != row.Amount || x.Original != row.Original || x.Type != row.Type || history.DayOf(x.At, seoul) != row.Day {
				t.Fatalf("%s: wrote %+v\nread  %+v", f, row.Transaction, x)
			}
		}
		if len(got.Transactions) != n {
			t.Errorf("%s: %d lines of %d", f, len(got.Transactions), n)
		}
		for _, s := range got.Skipped {
			if s.Reason != statement.Directive {
				t.Errorf("%s: %+v", f, s)
			}
		}
	}
}
