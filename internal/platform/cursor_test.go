package platform

import (
	"testing"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// A cursor comes back as the place it was made of; anything else is refused
// with a code of its own, and nothing is read two ways.
func FuzzCursor(f *testing.F) {
	made := encodeCursor("0011223344556677", listAlerts, ledger.Place{At: 1_700_000_000_000, N: 42})
	f.Add(made, byte(listAlerts))
	f.Add(made, byte(listTransactions))
	f.Add(made[:len(made)-1], byte(listAlerts))
	f.Add(made+"=", byte(listAlerts))
	f.Add("", byte(0))
	f.Fuzz(func(t *testing.T, s string, list byte) {
		p, err := decodeCursor("0011223344556677", list, &s)
		if err != nil {
			if code := fault.From(err).Code; code != fault.BadCursor && code != fault.CursorOld {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if again := encodeCursor("0011223344556677", list, p); p != (ledger.Place{}) && again != s {
			t.Fatalf("%q and %q are one place", s, again)
		}
	})
}
