//go:build outside

package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jandon/internal/export"
	"jandon/internal/history"
)

// file writes an export where another program can read it.
func file(t *testing.T, f export.Format, b *history.Book) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x."+string(f))
	if err := os.WriteFile(name, []byte(written(t, f, b)), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", name, err, out, stderr.String())
	}
	return string(out)
}

// TestHledgerAgreesOnEveryWeek lets hledger add up what we exported.
func TestHledgerAgreesOnEveryWeek(t *testing.T) {
	t.Parallel()
	b := book()
	journal := file(t, export.Hledger, b)
	output(t, "hledger", "-f", journal, "check", "--strict")
	span, err := b.Span(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	weeks, err := b.Weeks(context.Background(), history.WeekOf(span.First), history.WeekOf(span.Last), history.ByNothing)
	if err != nil {
		t.Fatal(err)
	}
	table, err := csv.NewReader(strings.NewReader(output(t, "hledger", "-f", journal, "balance", "^expenses", "cur:KRW", "-W", "-1", "-E", "-N",
		"-b", span.First.String(), "-e", (span.Last + 1).String(), "-O", "csv", "--layout=bare"))).ReadAll()
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

func TestBeancountReadsIt(t *testing.T) {
	t.Parallel()
	output(t, "bean-check", file(t, export.Beancount, book()))
}
