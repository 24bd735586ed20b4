//go:build outside

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFilesAndPlatforms takes a file in with the real keyring, connects one
// platform and then another: the file's lines stay beside each of them.
func TestFilesAndPlatforms(t *testing.T) {
	t.Parallel()
	p := person{t, program(t), t.TempDir()}
	card := filepath.Join(p.home, "card-2026-10.csv")
	if err := os.WriteFile(card, []byte(october), 0o600); err != nil {
		t.Fatal(err)
	}
	count := func() int {
		t.Helper()
		out, _ := p.want(0, "", "search", "since:2000-01-01", "--json")
		var found struct{ Totals struct{ Lines int } }
		if err := json.Unmarshal([]byte(out), &found); err != nil {
			t.Fatal(err)
		}
		return found.Totals.Lines
	}
	ofCard := func() {
		t.Helper()
		if out, _ := p.want(0, "", "history", "--by", "issuer", "--week", "2026-W44", "--json"); !strings.Contains(out, `"id": "card"`) {
			t.Errorf("no line of the file: %s", out)
		}
	}
	p.want(0, "", "import", card)
	if n := count(); n != 3 {
		t.Fatalf("%d lines of the file", n)
	}
	if out, _ := p.want(0, "", "doctor", "--json"); strings.Contains(out, `"bad"`) {
		t.Error(out)
	}
	student := startServe(t, p.jandon, "--scenario", "student", "--at", "2026-11-22T09:00:00+09:00", "--db", filepath.Join(t.TempDir(), "a.db"))
	p.enroll(student)
	ofCard()
	first := count()
	creator := startServe(t, p.jandon, "--scenario", "creator", "--at", "2026-11-22T09:00:00+09:00", "--db", filepath.Join(t.TempDir(), "b.db"))
	p.enroll(creator)
	ofCard()
	second := count()
	if first <= 3 || second <= 3 || first == second {
		t.Errorf("%d lines with one platform, %d with the other", first, second)
	}
	p.want(0, "", "import", "--undo", "1")
	if n := count(); n != second-3 {
		t.Errorf("%d lines without the file, %d with it", n, second)
	}
	p.want(0, "", "import", card)
	if n := count(); n != second {
		t.Errorf("%d lines with the file again, %d before", n, second)
	}
}
