package ledger

import (
	"errors"
	"fmt"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
)

// What another process crossed is tried again, a few times, on fresh books;
// what waited for a lock in vain, or was refused, is not.
func TestWhatIsCrossedIsTriedAgain(t *testing.T) {
	t.Parallel()
	l, err := Open(t.Context(), Options{Path: Memory})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	u, err := l.AddUser(t.Context(), "mina", "KRW")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		first []error
		runs  int
		want  fault.Code
	}{
		{nil, 1, ""},
		{[]error{sqlite3.BUSY_SNAPSHOT, sqlite3.BUSY_RECOVERY}, 3, ""},
		{[]error{sqlite3.BUSY_SNAPSHOT, sqlite3.BUSY_SNAPSHOT, sqlite3.BUSY_SNAPSHOT, sqlite3.BUSY_SNAPSHOT, sqlite3.BUSY_SNAPSHOT, nil}, tries, fault.StoreBusy},
		{[]error{sqlite3.BUSY}, 1, fault.StoreBusy},
		{[]error{fault.New(fault.TooLate)}, 1, fault.TooLate},
	} {
		runs := 0
		err := l.change(t.Context(), u.ID, func(b *book) error {
			if b.seq != b.locked-1 {
				t.Errorf("run %d knows of the one before", runs)
			}
			if runs++; runs <= len(c.first) && c.first[runs-1] != nil {
				return fmt.Errorf("at once: %w", c.first[runs-1])
			}
			return nil
		})
		var got fault.Code
		if err != nil {
			got = fault.From(err).Code
		}
		if runs != c.runs || got != c.want {
			t.Errorf("%v: %d runs, %v", errors.Join(c.first...), runs, err)
		}
	}
}
