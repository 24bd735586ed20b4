package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/internal/fault"
)

// dollars is a bank's file with a subscription in dollars, whose price in won
// moves with the rate.
func dollars() string {
	var b strings.Builder
	b.WriteString("<OFX><CCSTMTRS><CURDEF>KRW<BANKTRANLIST>\n")
	for i, rate := range []string{"1352.5", "1380.1", "1335.4", "1402.2", "1391.3", "1369.9", "1344.7"} {
		won := []int{13_511, 13_787, 13_341, 14_008, 13_899, 13_685, 13_434}[i]
		day := time.Date(2026, time.Month(4+i), 14, 0, 0, 0, 0, time.UTC)
		fmt.Fprintf(&b, "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>%s<TRNAMT>-%d<FITID>F%d<NAME>CLOUD NOTES<ORIGCURRENCY><CURRATE>%s<CURSYM>USD</ORIGCURRENCY></STMTTRN>\n", day.Format("20060102"), won, i, rate)
	}
	return b.String() + "</BANKTRANLIST></CCSTMTRS></OFX>"
}

// A price in dollars is one price, read from the file or from the store.
func TestForeignPricesReachTheAudit(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	path := o.file("card.ofx", dollars())
	o.run(0, "import", path)
	for _, args := range [][]string{{"audit", "--from", path}, {"audit"}} {
		var found struct {
			Series []struct {
				Merchant     string
				AmountKind   string `json:"amount_kind"`
				PriceChanges []any  `json:"price_changes"`
			}
		}
		if o.json(&found, args...); len(found.Series) != 1 || found.Series[0].AmountKind != "fx" || len(found.Series[0].PriceChanges) != 0 {
			t.Errorf("%v: %+v", args, found)
		}
	}
}

// piped is an app that is given a file through a pipe.
func piped(t *testing.T, text string) *app {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		_, _ = io.WriteString(w, text) // a reader that goes away is seen below
		_ = w.Close()
	}()
	t.Cleanup(func() { _ = r.Close() })
	return &app{in: r, out: io.Discard, err: io.Discard}
}

// What comes through a pipe lies in a file that nobody else may read, and is gone afterwards.
func TestPipesLeaveNothing(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	a := piped(t, october)
	g, err := a.openGiven(t.Context(), "-")
	if err != nil {
		t.Fatal(err)
	}
	list, err := filepath.Glob(filepath.Join(temp, "*"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if info, err := os.Stat(list[0]); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	text, err := io.ReadAll(io.NewSectionReader(g, 0, g.size))
	if err != nil || string(text) != october {
		t.Errorf("%q, %v", text, err)
	}
	g.close()
	if list, err = filepath.Glob(filepath.Join(temp, "*")); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := piped(t, october).openGiven(ctx, "-"); !errors.Is(err, fault.New(fault.Canceled)) {
		t.Error(err)
	}
	if list, err = filepath.Glob(filepath.Join(temp, "*")); err != nil || len(list) != 0 {
		t.Error("after a cancel:", list, err)
	}
}

// Totals of one file come from its sums, of several from all their lines; both
// are the same, and so is what comes through a pipe.
func TestHistoryOfOneFileAndOfSeveral(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	path, empty := o.file("card.csv", october+november), o.file("empty.csv", "Date,Merchant,Amount\n")
	for _, flags := range [][]string{{}, {"--by", "merchant"}, {"--by", "kind"}, {"--since", "2026-10-31", "--until", "2026-11-01"}, {"--week", "2026-W44", "--by", "issuer"}} {
		one, _ := o.run(0, append([]string{"history", "--json", "--from", path}, flags...)...)
		two, _ := o.run(0, append([]string{"history", "--json", "--from", path, "--from", empty}, flags...)...)
		if one != two {
			t.Errorf("%v: of one file\n%s\nof two\n%s", flags, one, two)
		}
		var out bytes.Buffer
		a := piped(t, october+november)
		a.out, a.environ, a.now = &out, []string{"JANDON_HOME=" + o.home, "LANG=C.UTF-8"}, func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }
		if status := a.run(t.Context(), append([]string{"history", "--json", "--from", "-"}, flags...)); status != 0 {
			t.Fatal(status)
		}
		if got := strings.ReplaceAll(out.String(), `"statement"`, `"card"`); got != one { // the issuer is named after the file
			t.Errorf("%v: through a pipe\n%s\nof the file\n%s", flags, got, one)
		}
	}
}

// An import that is stopped on the way leaves nothing.
func TestStoppedImportLeavesNothing(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	var b strings.Builder
	b.WriteString("Date,Merchant,Amount\n")
	for i := range 50_000 {
		fmt.Fprintf(&b, "2026-%02d-%02d,Shop %d,-%d\n", i%10+1, i%28+1, i%97, i)
	}
	path := o.file("long.csv", b.String())
	o.run(0, "import", o.file("card.csv", october))
	var before, after importsJSON
	o.json(&before, "import", "--list")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	asked := 0
	a := &app{
		in: strings.NewReader(""), out: io.Discard, err: io.Discard, environ: []string{"JANDON_HOME=" + o.home, "LANG=C.UTF-8"}, keys: o.keys,
		now: func() time.Time {
			if asked++; asked == 4 { // the last time before the lines go in
				cancel()
			}
			return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
		},
	}
	if status := a.run(ctx, []string{"import", path}); status == 0 {
		t.Fatalf("it was not stopped; the clock was asked %d times", asked)
	}
	if o.json(&after, "import", "--list"); len(after.Imports) != len(before.Imports) {
		t.Errorf("%+v", after)
	}
	var done importsJSON
	if o.json(&done, "import", path); done.Imports[0].Added != 50_000 {
		t.Errorf("afterwards: %+v", done)
	}
}
