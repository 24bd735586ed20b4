package ledger_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// Two good codes of one time step that are compared at once open one session.
func TestACodeComparedTwiceAtOnceIsTakenOnce(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	d := letIn(t, l, "mina", "laptop", day(0))
	must(t, ledger.Exec(t.Context(), l, "INSERT INTO authenticators (owner, secret, act, ready) SELECT id, x'01', 'act', 1 FROM users"))
	for name, open := range map[string]func(ledger.Try, string) error{
		"PIN": func(try ledger.Try, hash string) error {
			_, err := l.OpenTOTP(t.Context(), try, 7, false, []byte(hash))
			return err
		},
		"app": func(try ledger.Try, hash string) error {
			_, err := l.OpenAuthenticator(t.Context(), try, 7, []byte(hash))
			return err
		},
	} {
		first, err := l.Try(t.Context(), u, d.ID, day(0))
		must(t, err)
		second, err := l.Try(t.Context(), u, d.ID, day(0))
		must(t, err)
		must(t, open(first, name+"1"))
		if err := open(second, name+"2"); code(err) != fault.WrongCode {
			t.Errorf("%s: the second is taken, too: %v", name, err)
		}
		must(t, l.Forgive(t.Context(), second))
	}
}

// A device that is revoked while its code is compared gets nothing for it.
func TestADeviceRevokedWhileItsCodeIsCompared(t *testing.T) {
	t.Parallel()
	for name, use := range map[string]func(context.Context, *ledger.Ledger, ledger.Challenge, ledger.Try) error{
		"PIN": func(ctx context.Context, l *ledger.Ledger, _ ledger.Challenge, try ledger.Try) error {
			_, err := l.OpenTOTP(ctx, try, 7, false, []byte("x"))
			return err
		},
		"app": func(ctx context.Context, l *ledger.Ledger, _ ledger.Challenge, try ledger.Try) error {
			_, err := l.OpenAuthenticator(ctx, try, 7, []byte("x"))
			return err
		},
		"recovery code": func(ctx context.Context, l *ledger.Ledger, _ ledger.Challenge, try ledger.Try) error {
			_, err := l.OpenRecovery(ctx, try, "digest", []byte("x"))
			return err
		},
		"confirmation": func(ctx context.Context, l *ledger.Ledger, c ledger.Challenge, try ledger.Try) error {
			_, err := l.Confirmed(ctx, c, try, false, "3F6F-CD6C", "signed")
			return err
		},
	} {
		l, u := books(t, ledger.Memory)
		ctx := t.Context()
		d := letIn(t, l, "mina", "laptop", day(0))
		must(t, ledger.Exec(ctx, l, "INSERT INTO authenticators (owner, secret, act, ready) SELECT id, x'01', 'act', 1 FROM users"))
		must(t, ledger.Exec(ctx, l, "INSERT INTO recovery_codes (owner, digest) SELECT id, 'digest' FROM users"))
		made, err := l.SetRecovery(ctx, u, d.ID, ledger.Key{ID: "key-0123456789", Request: [32]byte{1}}, []string{"other"}, day(0))
		must(t, err)
		_, err = l.Challenge(ctx, u, d.ID, made.ID, day(0), func(act.Act, ledger.Device, time.Time) (string, []byte, error) {
			return "c-1", []byte("bytes"), nil
		})
		must(t, err)
		c, try, err := l.TryConfirm(ctx, u, d.ID, "c-1", day(0))
		must(t, err)
		must(t, l.RevokeDevice(ctx, u, d.ID, "", day(0)))
		if err := use(ctx, l, c, try); err == nil {
			t.Errorf("%s: it is taken", name)
		}
		if _, err := l.Session(ctx, []byte("x"), day(0)); code(err) != fault.Unauthorized {
			t.Errorf("%s: there is a session: %v", name, err)
		}
		balanced(t, l)
	}
}

// What a person may do is asked when value leaves, not only when it is quoted.
func TestWhatIsAllowedLessSinceTheQuote(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_transfer", "110-1111", c.now))
	q := c.quote(hand(map[string]int64{"bank_transfer": 20_000}))
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET verified = 0"))
	if _, err := c.CashOut(t.Context(), c.u, "", c.key(), q.ID, 0, c.now); code(err) != fault.NotVerified {
		t.Errorf("no longer verified: %v", err)
	}
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET verified = 1"))
	q = c.quote(hand(map[string]int64{"mobile_topup": 80_000}))
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET joined = "+strconv.FormatInt(c.now.AddDate(0, 0, -10).UnixMilli(), 10)))
	// 80,000 fits the lower tier's day, and not its act.
	if _, err := c.CashOut(t.Context(), c.u, "", c.key(), q.ID, 0, c.now); code(err) != fault.OverLimit {
		t.Errorf("a lower tier: %v", err)
	}
	balanced(t, c.Ledger)
}
