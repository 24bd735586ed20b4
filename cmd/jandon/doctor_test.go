//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jandon/internal/platform"
	"jandon/internal/platform/faults"
)

// examined is what doctor --json says in a home full of canaries.
func (w walletHome) examined(t *testing.T) (report doctorJSON, out string) {
	t.Helper()
	var o, e bytes.Buffer
	a := w.app(strings.NewReader(""), &o, &e)
	a.environ = append(a.environ, "JANDON_KIM_CANARY=secret-canary", "TERM=kim canary@example.com \x1b[31m", "USER=kim-canary", "HOME=/home/kim-canary")
	a.run(context.Background(), []string{"doctor", "--json"})
	if err := json.Unmarshal(o.Bytes(), &report); err != nil {
		t.Fatalf("%v: %s%s", err, o.String(), e.String())
	}
	return report, o.String()
}

func (d doctorJSON) check(t *testing.T, name string) finding {
	t.Helper()
	i := slices.IndexFunc(d.Checks, func(f finding) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("nothing about %s: %+v", name, d.Checks)
	}
	return d.Checks[i]
}

func TestDoctorTellsSupportWhatItNeedsAndNothingPersonal(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.home = filepath.Join(w.home, "kim-canary")
	w.enrolled()
	w.want(0, "balance", "--json", "--sync")
	settings, _ := w.want(0, "config", "--json")
	personal := []string{"canary", w.home, h.url, strings.TrimPrefix(h.url, "http://"), h.person, canaryPIN, "secret", "\\u001b"}
	var set struct {
		Settings []struct{ Key, Value string }
	}
	if err := json.Unmarshal([]byte(settings), &set); err != nil {
		t.Fatal(err)
	}
	for _, s := range set.Settings {
		if s.Key == "platform.account" && s.Value != "" {
			personal = append(personal, s.Value)
		}
	}
	if len(personal) != 9 {
		t.Fatalf("no account to look for in %s", settings)
	}
	if name, err := os.Hostname(); err == nil && len(name) > 3 {
		personal = append(personal, name)
	}
	report, out := w.examined(t)
	for name, want := range map[string]struct{ state, detail string }{
		"terminal": {"warn", "TERM=?"}, "size": {"off", ""}, "colors": {"off", ""}, "locale": {"ok", "en"}, "settings": {"warn", ""},
		"platform": {"ok", "simulator"}, "clock": {"ok", "0s"}, "store": {"ok", "copy · "}, "device": {"ok", " · active"}, "keyring": {"", ""},
	} {
		if f := report.check(t, name); want.state != "" && f.State != want.state || !strings.Contains(f.Detail, want.detail) {
			t.Errorf("%s is %+v", name, f)
		}
	}
	for _, text := range personal {
		if strings.Contains(out, text) {
			t.Errorf("it tells %q: %s", text, out)
		}
	}

	// A platform in trouble, with the id by which it finds its answer, and a clock that is off.
	plan, err := faults.Parse("error=internal@status", 1, platform.Places())
	if err != nil {
		t.Fatal(err)
	}
	h.Provoke(plan)
	report, out = w.examined(t)
	if f := report.check(t, "platform"); f.State != "bad" || f.Code != "server_error" || len(f.Correlation) != 16 {
		t.Errorf("a platform in trouble is %+v", f)
	}
	h.Provoke(nil)
	var o, e bytes.Buffer
	a := w.app(strings.NewReader(""), &o, &e)
	a.now = func() time.Time { return h.clock().Add(-2 * time.Hour) }
	a.run(context.Background(), []string{"doctor", "--json"})
	if err := json.Unmarshal(o.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	if f := report.check(t, "clock"); f.State != "warn" || f.Detail != "-2h0m0s" {
		t.Errorf("a clock that is two hours slow is %+v", f)
	}
	for _, text := range personal {
		if strings.Contains(out+o.String(), text) {
			t.Errorf("in trouble it tells %q: %s", text, out)
		}
	}
}

// The keys of a device say nothing of whether it still counts: the platform does.
func TestDoctorTellsThatADeviceWasRevoked(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	this := w.devices()[0].ID
	w.want(0, "devices", "revoke", this, "--yes", "--pin-fd", handed(t, canaryPIN)[0])
	report, _ := w.examined(t)
	if f := report.check(t, "device"); f.State != "bad" || f.Code != "device_revoked" {
		t.Errorf("a revoked device is %+v", f)
	}
	plan, err := faults.Parse("error=internal@devices", 1, platform.Places())
	if err != nil {
		t.Fatal(err)
	}
	other := h.wallet()
	other.enrolled()
	h.Provoke(plan)
	report, _ = other.examined(t)
	if f := report.check(t, "device"); f.State != "ok" || !strings.HasSuffix(f.Detail, "not asked") {
		t.Errorf("a device that nobody could be asked about is %+v", f)
	}
}
