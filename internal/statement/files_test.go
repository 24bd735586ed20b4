package statement_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/internal/statement"
)

func options(t testing.TB, name string) statement.Options {
	seoul, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		t.Fatal(err)
	}
	return statement.Options{Name: name, Source: strings.TrimSuffix(name, ".csv"), Zone: seoul, Now: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)}
}

func readFile(t testing.TB, name string) (statement.Result, error) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../testdata/statements", name))
	if err != nil {
		t.Fatal(err)
	}
	return statement.Read(t.Context(), bytes.NewReader(data), int64(len(data)), options(t, name))
}

// told writes a result as the tests expect it.
func told(t testing.TB, o statement.Options, r statement.Result) string {
	t.Helper()
	d := r.Detected
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q header %d %s %s %s", d.Encoding, d.Delimiter, d.Header, d.Dates, d.Currency, d.Sign)
	for _, c := range d.Columns {
		fmt.Fprintf(&b, " %d:%s", c.Index, c.Meaning)
	}
	b.WriteByte('\n')
	for _, x := range r.Transactions {
		fmt.Fprintf(&b, "%s %s %s %s", x.At.In(o.Zone).Format("2006-01-02 15:04:05"), x.Type, x.Amount.Plain(), x.Merchant)
		for _, s := range []string{x.Reason, x.Order, x.Approval} {
			if s != "" {
				b.WriteString(" | " + s)
			}
		}
		b.WriteByte('\n')
	}
	for _, s := range r.Skipped {
		fmt.Fprintf(&b, "skipped %d %s: %s\n", s.Number, s.Reason, s.Text)
	}
	fmt.Fprintf(&b, "%d lines, spent %d\n", r.Lines, r.Spent)
	return b.String()
}

func TestFiles(t *testing.T) {
	t.Parallel()
	for name, want := range files {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := readFile(t, name)
			if err != nil {
				t.Fatal(err)
			}
			if got := told(t, options(t, name), r); got != strings.TrimPrefix(want, "\n") {
				t.Errorf("got\n%s\nwant%s", got, want)
			}
			checkResult(t, r)
		})
	}
}

// checkResult checks what must hold of every result.
func checkResult(t testing.TB, r statement.Result) {
	t.Helper()
	ids := map[string]bool{}
	for _, x := range r.Transactions {
		if ids[x.ID] || x.ID == "" || x.Type == 0 || x.Status == 0 || x.At.IsZero() || !x.Amount.Currency.Valid() {
			t.Fatalf("%+v", x)
		}
		ids[x.ID] = true
		for _, s := range []string{x.ID, x.Merchant, x.Category, x.Reason, x.Issuer, x.Order, x.Approval, x.Channel, x.Contact, x.Settlement, x.RefundOf} {
			if safe.Changed(s) {
				t.Fatalf("%q did not pass the filter", s)
			}
		}
	}
	skipped := 0
	for reason, n := range r.Reasons {
		if reason != statement.Preamble && !reason.Partial() {
			skipped += n
		}
	}
	if r.Lines != len(r.Transactions)+skipped {
		t.Fatalf("%d lines are %d transactions and %v", r.Lines, len(r.Transactions), r.Reasons)
	}
	for _, s := range r.Skipped {
		if safe.Changed(s.Text) || s.Number < 1 || s.Reason == "" {
			t.Fatalf("%+v", s)
		}
	}
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	for name, why := range map[string]string{
		"web-page.csv": "html", "entities.xml": "entities", "cut-off.xml": "cut_off", "spreadsheet.csv": "damaged", "empty.csv": "empty", "prose.csv": "no_columns",
	} {
		_, err := readFile(t, name)
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != fault.BadStatement || f.Args["file"] != name || f.Args["why"] != "statement.why."+why || f.Args["detail"] == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func zoneOf(o statement.Options) *time.Location {
	if o.Zone == nil {
		return time.UTC
	}
	return o.Zone
}
