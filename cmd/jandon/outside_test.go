//go:build outside

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jandon/internal/scenario"
)

// program makes this test binary answer to the name of jandon (see TestMain).
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "jandon")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	return name
}

func says(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "JANDON_HOME="+t.TempDir(), "LANG=C.UTF-8")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", filepath.Base(name), args, err, stderr.String())
	}
	return out
}

// TestHledgerAgreesWithHistory holds what history prints as JSON against what
// hledger makes of the exported journal, for every scenario and week.
func TestHledgerAgreesWithHistory(t *testing.T) {
	t.Parallel()
	jandon := program(t)
	for _, name := range scenario.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			demo := []string{"--demo", name, "--at", "2026-11-22T09:00:00+09:00"}
			var history struct {
				Weeks []struct {
					Week, From, To string
					Spent          int64 `json:"spent_minor"`
				}
			}
			if err := json.Unmarshal(says(t, jandon, append([]string{"history", "--json"}, demo...)...), &history); err != nil {
				t.Fatal(err)
			}
			journal := filepath.Join(t.TempDir(), "x.journal")
			if err := os.WriteFile(journal, says(t, jandon, append([]string{"export", "--format", "hledger"}, demo...)...), 0o600); err != nil {
				t.Fatal(err)
			}
			says(t, "hledger", "-f", journal, "check", "--strict")
			want := hledgerWeeks(t, journal)
			for _, w := range history.Weeks {
				if w.Spent != want[w.From] {
					t.Errorf("%s: jandon says %d, hledger %d", w.Week, w.Spent, want[w.From])
				}
				delete(want, w.From)
			}
			if len(want) != 0 || len(history.Weeks) < 20 && name != "empty" {
				t.Errorf("jandon gave %d weeks and left out %v", len(history.Weeks), want)
			}
		})
	}
}

// hledgerWeeks is what hledger says was spent, by the Monday of each week.
func hledgerWeeks(t *testing.T, journal string) map[string]int64 {
	t.Helper()
	out := says(t, "hledger", "-f", journal, "balance", "^expenses", "-W", "-1", "-E", "-N", "-O", "csv", "--layout=bare")
	table, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	weeks := make(map[string]int64)
	if len(table) < 2 {
		return weeks
	}
	for i, head := range table[0][2:] {
		n, err := strconv.ParseInt(table[1][i+2], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		monday, _, _ := strings.Cut(head, "W") // 2026-11-16W47
		weeks[monday] = n
	}
	return weeks
}
