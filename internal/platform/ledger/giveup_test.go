package ledger_test

import (
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// An enrolment that ends while its code is compared lets nothing in.
func TestAnEnrolmentThatEndsWhileItsCodeIsCompared(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	ctx := t.Context()
	for name, end := range map[string]func(id string) error{
		"given up": func(id string) error { return l.GiveUpEnrolment(ctx, id, "jkt", day(0)) },
		"refused": func(string) error {
			var asked string
			view(t, l, u, func(v *ledger.View) error {
				list, _, err := v.Acts(ledger.Place{}, 1)
				asked = list[0].ID
				return err
			})
			_, err := l.CancelAct(ctx, u, asked, day(0))
			return err
		},
	} {
		_, err := l.Enrol(ctx, "mina", ledger.Enrolment{
			ID: name, Digest: "d", JWK: []byte("jwk"), JKT: "jkt", Seal: []byte("seal"), Name: name, Store: "keyring", Mark: "3F6F-CD6C", Made: day(0), Expires: day(0).Add(10 * time.Minute),
		})
		must(t, err)
		a, err := l.TryActivation(ctx, name, "jkt", true, day(0))
		must(t, err)
		must(t, end(name))
		a.Device, a.Secret = ledger.NewDeviceID(), []byte("sealed")
		if _, err := l.Activate(ctx, name, a, day(0)); code(err) != fault.EnrolmentOver {
			t.Errorf("%s: it is in: %v", name, err)
		}
		if _, err := l.Device(ctx, a.Device, day(0)); code(err) != fault.Unauthorized {
			t.Errorf("%s: there is a device: %v", name, err)
		}
	}
	balanced(t, l)
}
