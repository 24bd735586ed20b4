package ledger_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// letIn is a device of a person that is active.
func letIn(t testing.TB, l *ledger.Ledger, handle, name string, at time.Time) ledger.Device {
	t.Helper()
	ctx := t.Context()
	id := "e-" + handle + name
	_, err := l.Enrol(ctx, handle, ledger.Enrolment{
		ID: id, Digest: "d", JWK: []byte("jwk"), JKT: "jkt" + name, Seal: []byte("seal"), Name: name, Store: "keyring", Mark: "3F6F-CD6C", Made: at, Expires: at.Add(10 * time.Minute),
	})
	must(t, err)
	a, err := l.TryActivation(ctx, id, "jkt"+name, true, at)
	must(t, err)
	a.Device, a.Secret = ledger.NewDeviceID(), []byte("sealed")
	_, err = l.Activate(ctx, id, a, at)
	must(t, err)
	d, err := l.Device(ctx, a.Device, at)
	must(t, err)
	try, err := l.Try(ctx, d.Owner, d.ID, at)
	must(t, err)
	s, err := l.OpenTOTP(ctx, try, 1, false, []byte("hash of "+id))
	must(t, err)
	return s.Device
}

// The log is a chain: nothing in it can be changed, and what is changed behind
// its back is found. Details can be erased and the chain still holds.
func TestLogIsAChain(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	for i := range 4 {
		letIn(t, l, "mina", fmt.Sprint("device", i), day(i))
	}
	must(t, l.RevokeDevice(t.Context(), u, letIn(t, l, "mina", "last", day(5)).ID, "", day(5)))
	balanced(t, l)
	for _, query := range []string{
		"UPDATE audit SET what = 'x' WHERE n = 2", "DELETE FROM audit WHERE n = 2", "UPDATE audit_details SET detail = '{}' WHERE n = 2",
	} {
		if err := ledger.Exec(t.Context(), l, query); err == nil || !strings.Contains(err.Error(), "immutable") {
			t.Errorf("%s: %v", query, err)
		}
	}
	must(t, ledger.Exec(t.Context(), l, "DELETE FROM audit_details WHERE n = 3"))
	balanced(t, l)
	for _, c := range []struct{ trigger, query, undo string }{
		{"audit_stays", "UPDATE audit SET what = 'device.nothing' WHERE n = 2", "UPDATE audit SET what = 'device.active' WHERE n = 2"},
		{"audit_details_stay", "UPDATE audit_details SET detail = '{}' WHERE n = 4", ""},
		{"audit_lasts", "DELETE FROM audit WHERE n = 5", ""},
	} {
		must(t, ledger.Exec(t.Context(), l, "DROP TRIGGER "+c.trigger))
		if c.trigger == "audit_lasts" {
			must(t, ledger.Exec(t.Context(), l, "DELETE FROM audit_details WHERE n = 5"))
		}
		must(t, ledger.Exec(t.Context(), l, c.query))
		report, err := l.Check(t.Context())
		if code(err) != fault.Unbalanced || len(report.Problems) == 0 || report.Problems[0].Rule != "log" {
			t.Errorf("%s: %v", c.query, err)
		}
		if c.undo != "" {
			must(t, ledger.Exec(t.Context(), l, c.undo))
			balanced(t, l)
		}
	}
}

// A new question of an act kills the old one even while its answer is being
// compared: of two drawn questions only the last can be confirmed.
func TestAQuestionKilledWhileItsAnswerIsCompared(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	ctx := t.Context()
	d := letIn(t, l, "mina", "laptop", day(0))
	made, err := l.SetRecovery(ctx, u, d.ID, ledger.Key{ID: "key-0123456789", Request: [32]byte{1}}, []string{"digest"}, day(0))
	must(t, err)
	ask := func(id string) {
		t.Helper()
		_, err := l.Challenge(ctx, u, d.ID, made.ID, day(0), func(act.Act, ledger.Device, time.Time) (string, []byte, error) {
			return id, []byte("bytes of " + id), nil
		})
		must(t, err)
	}
	ask("c-1")
	first, try, err := l.TryConfirm(ctx, u, d.ID, "c-1", day(0))
	must(t, err)
	ask("c-2")
	if _, err := l.Confirmed(ctx, first, try, false, "3F6F-CD6C", "signed"); code(err) != fault.ChallengeExpired {
		t.Errorf("the old question is answered: %v", err)
	}
	second, try, err := l.TryConfirm(ctx, u, d.ID, "c-2", day(0))
	must(t, err)
	done, err := l.Confirmed(ctx, second, try, false, "3F6F-CD6C", "signed")
	must(t, err)
	if done.State != act.Done {
		t.Errorf("the new question: %+v", done)
	}
}

// What is kept no longer goes; what was confirmed, its receipt and its key stay.
func TestForget(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	ctx := t.Context()
	d := letIn(t, l, "mina", "laptop", day(0))
	_, err := l.Enrol(ctx, "nobody", ledger.Enrolment{ID: "e-0", JWK: []byte{}, Seal: []byte{}, Name: "x", Store: "file", Made: day(0), Expires: day(0).Add(10 * time.Minute)})
	must(t, err)
	k := ledger.Key{ID: "key-0123456789", Request: [32]byte{1}}
	made, err := l.SetRecovery(ctx, u, d.ID, k, []string{"digest"}, day(0))
	must(t, err)
	c, err := l.Challenge(ctx, u, d.ID, made.ID, day(0), func(act.Act, ledger.Device, time.Time) (string, []byte, error) {
		return "c-1", []byte("bytes"), nil
	})
	must(t, err)
	c, try, err := l.TryConfirm(ctx, u, d.ID, c.ID, day(0))
	must(t, err)
	_, err = l.Confirmed(ctx, c, try, false, "3F6F-CD6C", "signed")
	must(t, err)
	count := func(table string) (n int) {
		t.Helper()
		n, err := ledger.Count(ctx, l, table)
		must(t, err)
		return n
	}
	must(t, l.Forget(ctx, day(0)))
	before := map[string]int{"sessions": 1, "enrolments": 2, "challenges": 1, "acts": 3, "devices": 1}
	for table, want := range before {
		if n := count(table); n != want {
			t.Errorf("at once: %d %s, want %d", n, table, want)
		}
	}
	must(t, l.Forget(ctx, day(2)))
	for table, want := range map[string]int{"sessions": 0, "enrolments": 0, "challenges": 1, "acts": 2, "devices": 1} {
		if n := count(table); n != want {
			t.Errorf("after two days: %d %s, want %d", n, table, want)
		}
	}
	details := count("audit_details")
	must(t, l.Forget(ctx, day(31)))
	if n := count("challenges"); n != 0 || count("audit_details") != details {
		t.Errorf("after a month: %d challenges, %d of %d details", n, count("audit_details"), details)
	}
	must(t, l.Forget(ctx, day(91)))
	if n := count("audit_details"); n != 0 || count("audit") != details {
		t.Errorf("after three months: %d details of %d lines", n, count("audit"))
	}
	balanced(t, l)
	again, err := l.SetRecovery(ctx, u, d.ID, k, []string{"digest"}, day(91))
	if err != nil || again.ID != made.ID || again.Receipt != "3F6F-CD6C" {
		t.Errorf("the key again: %+v %v", again, err)
	}
	k.Request[0]++
	if _, err := l.SetRecovery(ctx, u, d.ID, k, []string{"digest"}, day(91)); code(err) != fault.KeyReused {
		t.Errorf("the key with something else: %v", err)
	}
}

// A try that nobody judged, because the process ended, stays counted.
func TestTriesOutliveTheProcess(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	d := letIn(t, l, "mina", "laptop", day(0))
	at := day(0)
	for i := range 10 {
		if i == 5 {
			if _, err := l.Try(t.Context(), u, d.ID, at); code(err) != fault.DevicePaused {
				t.Errorf("the sixth: %v", err)
			}
			at = at.Add(15 * time.Minute)
		}
		if _, err := l.Try(t.Context(), u, d.ID, at); err != nil {
			t.Fatalf("try %d: %v", i, err)
		}
	}
	if _, err := l.Try(t.Context(), u, d.ID, at); code(err) != fault.DeviceBlocked {
		t.Errorf("the eleventh: %v", err)
	}
	if got, err := l.Device(t.Context(), d.ID, at); err != nil || got.State != act.DeviceBlocked || got.Secret != nil {
		t.Errorf("device %+v %v", got, err)
	}
}
