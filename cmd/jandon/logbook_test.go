package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"jandon/internal/fault"
)

// What fails without a call has an id, too: the person sees it, and the log has
// it, with what kinds of errors led there and no word of theirs.
func TestAFailureWithoutACallIsFoundInTheLog(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	file := filepath.Join(home, "kim-mina.csv")
	if err := os.WriteFile(file, []byte("\x00\x01 Kim Mina"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := tryAt(t, home, "", "history", "--from", file)
	id := regexp.MustCompile(`\[[a-z_]+ · ([0-9a-f]{16})\]`).FindStringSubmatch(got.told)
	if got.status == 0 || id == nil {
		t.Fatalf("%d without an id:\n%s", got.status, got.told)
	}
	log, err := os.ReadFile(filepath.Join(home, "state", logFile))
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(string(log), "\n"); lines != 1 || !strings.Contains(string(log), "correlation="+id[1]) || !strings.Contains(string(log), `where="jandon history"`) {
		t.Errorf("the log of %s:\n%s", id[1], log)
	}
	for _, personal := range []string{"mina", "Mina", home} {
		if strings.Contains(string(log), personal) {
			t.Errorf("the log quotes %q:\n%s", personal, log)
		}
	}
	for _, name := range []string{"state", filepath.Join("state", logFile)} {
		if info, err := os.Stat(filepath.Join(home, name)); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v %v", name, info.Mode(), err)
		}
	}
	if got = tryAt(t, home, "", "preview", "--amount", "lots", "--demo", "everyday"); !strings.Contains(got.told, "[bad_amount]") {
		t.Errorf("what was typed wrong has an id:\n%s", got.told)
	}
}

func TestCausesQuoteNothing(t *testing.T) {
	t.Parallel()
	err := fault.Wrap(fmt.Errorf("reading /home/mina: %w", errors.Join(fault.New(fault.NoFile, "file", "mina.csv"), syscall.ENOSPC)), fault.StoreDamaged)
	if got := strings.Join(causes(err), " < "); got != "store_damaged < *fmt.wrapError < *errors.joinError < no_file < "+syscall.ENOSPC.Error() {
		t.Error(got)
	}
	if causes(nil) != nil {
		t.Error("causes of nothing")
	}
}

func TestTheLogStaysSmall(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	book := &logbook{path: filepath.Join(dir, "new", logFile)}
	line := []byte(strings.Repeat("x", 64<<10-1) + "\n")
	for range 40 {
		if n, err := book.Write(line); n != len(line) || err != nil {
			t.Fatal(n, err)
		}
	}
	for _, name := range []string{book.path, book.path + ".1"} {
		if info, err := os.Stat(name); err != nil || info.Size() == 0 || info.Size() > logLimit {
			t.Errorf("%s: %v", name, err)
		}
	}
	nowhere := &logbook{path: filepath.Join(book.path, logFile)} // below a file
	if n, err := nowhere.Write(line); n != len(line) || err != nil {
		t.Errorf("a log that can't be written is told: %d, %v", n, err)
	}
}
