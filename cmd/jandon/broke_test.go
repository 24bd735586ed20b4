package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A command that breaks says where, not with what, and leaves as any failure
// does: Go alone would print the panic's value, which may be anything of the
// person, and the stacks of all that runs.
func TestPanicInACommandPrintsNothingPersonal(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	var out, err bytes.Buffer
	a := &app{
		in: strings.NewReader(""), out: &out, err: &err, environ: []string{"JANDON_HOME=" + home, "LANG=C.UTF-8"},
		now: func() time.Time { panic("can't book " + personal) },
	}
	if status := a.run(t.Context(), []string{"balance", "--demo", "everyday"}); status != 1 {
		t.Errorf("status %d", status)
	}
	said := err.String()
	if !strings.Contains(said, "a defect of type string") || !strings.Contains(said, "broke_test.go:") || !strings.Contains(said, "[internal") {
		t.Errorf("it says %q", said)
	}
	log, failed := os.ReadFile(filepath.Join(home, "state", "jandon.log"))
	if failed != nil || !strings.Contains(string(log), "broke_test.go:") {
		t.Errorf("the log: %q %v", log, failed)
	}
	for where, text := range map[string]string{"stdout": out.String(), "stderr": said, "the log": string(log)} {
		if strings.Contains(text, "Canary") || strings.Contains(text, "739,105") {
			t.Errorf("%s has %q", where, text)
		}
	}
}
