package store_test

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/client/store"
	"jandon/internal/wallet"
)

// asVersion6 makes a store what it was when it kept what lines are told apart by.
const asVersion6 = `
CREATE TABLE imported(mark INTEGER NOT NULL, clock INTEGER NOT NULL, n INTEGER NOT NULL, named INTEGER NOT NULL, PRIMARY KEY(mark, clock, n)) WITHOUT ROWID;
INSERT INTO imported SELECT 0, 0, n, 0 FROM tx WHERE seq=-9223372036854775808;
DELETE FROM alias;
DROP INDEX became_at;
DROP TABLE zone;
DROP TABLE gone;
ALTER TABLE became DROP COLUMN zone;
ALTER TABLE became DROP COLUMN approval;
ALTER TABLE tx DROP COLUMN approval;
ALTER TABLE became ADD COLUMN mark INTEGER NOT NULL DEFAULT 0;
ALTER TABLE became ADD COLUMN clock INTEGER NOT NULL DEFAULT 0;
PRAGMA user_version=6`

// Two accounts have an equal line without a provider's id, so that the later
// one goes by an id beside that of the other. An export that has providers' ids
// at last knows it all the same, also in a store that comes from version 6.
func TestLineBesideItsNamesakeIsKnown(t *testing.T) {
	t.Parallel()
	for name, older := range map[string]string{"now": "", "from version 6": asVersion6} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "store")
			s, err := store.Open(t.Context(), options(path))
			if err != nil {
				t.Fatal(err)
			}
			file := func(source, digest, id string) store.File {
				f := fileOf(source, digest, bought(id, "2026-11-02 09:30:00", "커피", 4500))
				f.Made = func(id string) bool { return len(id) == 14 }
				return f
			}
			const same = "s0123456789abc"
			take(t, s, file("card", "a", same))
			if done := take(t, s, file("bank", "b", same)); done.Added != 1 {
				t.Fatalf("%+v", done)
			}
			if err := errors.Join(s.Exec(t.Context(), older), s.Close()); err != nil {
				t.Fatal(err)
			}
			if s, err = store.Open(t.Context(), options(path)); err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if done := take(t, s, file("bank", "c", "A1")); done.Added != 0 || done.StoredSpent != 4500 {
				t.Errorf("the line was not known: %+v", done)
			}
			if done := take(t, s, file("card", "d", "A2")); done.Added != 0 {
				t.Errorf("nor was its namesake: %+v", done)
			}
		})
	}
}

// In Newfoundland the clocks went back from a minute past midnight, so that the
// evening before came twice, around the first minute of the next day.
func TestEveningThatCameTwice(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/St_Johns")
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.OpenMemory(t.Context(), zone, end)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var lines []wallet.Transaction
	for at := time.Date(2010, 11, 7, 2, 0, 0, 0, time.UTC); at.Hour() < 4; at = at.Add(30*time.Minute + 15*time.Second) {
		x := bought("s"+at.String(), "2010-11-07", "커피", 4500)
		x.At = at
		lines = append(lines, x)
	}
	if evening := lines[2].At.In(zone); evening.Day() != 6 || lines[1].At.In(zone).Day() != 7 {
		t.Fatalf("%v after %v is no evening that came twice", evening, lines[1].At.In(zone))
	}
	take(t, s, fileOf("card", "a", lines...))
	if again := take(t, s, fileOf("card", "b", lines...)); again.Added != 0 {
		t.Errorf("%d lines were not known", again.Added)
	}
}

// What tells lines apart is more than their day: whose they are, the reasons of
// a merchant that never says the same twice, and whether a file that said that
// a line is final had the provider's id of it.
func TestKnownByAllTheySay(t *testing.T) {
	t.Parallel()
	var orders []wallet.Transaction
	for i := range 100 {
		x := bought(fmt.Sprint("s", i), "2026-11-02", "오픈마켓", 4500)
		x.Reason = fmt.Sprint("주문 ", i)
		orders = append(orders, x)
	}
	other := orders[99]
	other.Reason = "주문 100"
	for name, c := range map[string]struct {
		files []store.File
		last  store.File
		added int
	}{
		"another account's equal line": {
			[]store.File{fileOf("card", "a", bought("s1", "2026-11-02", "커피", 4500)), fileOf("bank", "b", bought("s2", "2026-11-02", "버스", 1500))},
			fileOf("bank", "c", bought("s3", "2026-11-02", "커피", 4500)), 1,
		},
		"reasons":        {[]store.File{fileOf("card", "a", orders...)}, fileOf("card", "b", orders...), 0},
		"another reason": {[]store.File{fileOf("card", "a", orders...)}, fileOf("card", "b", other), 1},
		"final without an id": {
			[]store.File{fileOf("card", "a", authorised("A1", "2026-03-01", "커피", 4500, "")), fileOf("card", "b", bought("s2", "2026-03-03", "커피", 4500))},
			fileOf("card", "c", bought("A9", "2026-03-03", "커피", 4500)), 0,
		},
		"final with an id": {
			[]store.File{fileOf("card", "a", authorised("s1", "2026-03-01", "커피", 4500, "")), fileOf("card", "b", bought("A2", "2026-03-03", "커피", 4500))},
			fileOf("card", "c", bought("A9", "2026-03-03", "커피", 4500)), 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openMemory(t)
			for _, f := range c.files {
				take(t, s, f)
			}
			if done := take(t, s, c.last); done.Added != c.added {
				t.Errorf("%d added, want %d: %+v", done.Added, c.added, done)
			}
		})
	}
}

// Version 8 kept the approval numbers of files as numbers of orders: they
// become what they are, lines are known by them as before, and what a line was
// keeps its number, too.
func TestApprovalNumbersOfVersion8(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	ordered := bought("s3", "2026-03-03 10:00:00", "서점", 9000)
	ordered.Order = "2026030300017"
	file := func(digest string, third wallet.Transaction) store.File {
		return fileOf("card", digest, final("s1", "2026-03-01 10:00:00", "커피", 4500, "30012345"), ordered, third)
	}
	take(t, s, file("a", authorised("s2", "2026-03-02", "호텔", 100_000, "77001234")))
	posted := take(t, s, file("b", final("s4", "2026-03-04", "호텔", 90_000, "77001234")))
	platforms := bought("p1", "2026-03-05", "서점", 9000) // says what it means
	platforms.Order, platforms.Seq = "20260305", 1
	if err := s.Apply(t.Context(), store.Batch{Ledger: "l", Seq: 1, Transactions: []wallet.Transaction{platforms}}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Exec(t.Context(), `UPDATE tx SET ord=approval WHERE approval IS NOT NULL; UPDATE became SET ord=approval;
		DROP TABLE gone; ALTER TABLE became DROP COLUMN approval; ALTER TABLE tx DROP COLUMN approval; PRAGMA user_version=8`), s.Close()); err != nil {
		t.Fatal(err)
	}
	if s, err = store.Open(t.Context(), options(path)); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	numbers := func(id, order, approval string) {
		t.Helper()
		if x, err := s.Transaction(t.Context(), id); err != nil || x.Order != order || x.Approval != approval {
			t.Errorf("%s has order %q, approval %q, %v", id, x.Order, x.Approval, err)
		}
	}
	numbers("s1", "", "30012345")
	numbers("s2", "", "77001234")
	numbers("s3", "2026030300017", "")
	numbers("p1", "20260305", "")
	if done := take(t, s, file("b", final("s4", "2026-03-04", "호텔", 90_000, "77001234"))); !done.Again || done.Added != 0 {
		t.Errorf("taken in again: %+v", done)
	}
	if _, _, err := s.Undo(t.Context(), posted.ID); err != nil {
		t.Fatal(err)
	}
	numbers("s2", "", "77001234")
	sound(t, s)
}

// A heading may not have been read as a number when a line came in, or as that
// of the order alone: the line is the same, and not more often than it was.
func TestKnownWhereFewerNumbersWereRead(t *testing.T) {
	t.Parallel()
	line := func(id, order, approval string) wallet.Transaction {
		x := bought(id, "2026-03-01", "커피", 4500)
		x.Order, x.Approval = order, approval
		return x
	}
	for name, c := range map[string]struct {
		before, now []wallet.Transaction
		added       int
	}{
		"no number":                {[]wallet.Transaction{line("s1", "", "")}, []wallet.Transaction{line("s2", "", "A1")}, 0},
		"no order":                 {[]wallet.Transaction{line("s1", "", "")}, []wallet.Transaction{line("s2", "ORD-1", "")}, 0},
		"none of two":              {[]wallet.Transaction{line("s1", "", "")}, []wallet.Transaction{line("s2", "ORD-1", "A1")}, 0},
		"the order alone":          {[]wallet.Transaction{line("s1", "ORD-1", "")}, []wallet.Transaction{line("s2", "ORD-1", "A1")}, 0},
		"one of two lines":         {[]wallet.Transaction{line("s1", "", "")}, []wallet.Transaction{line("s2", "", "A1"), line("s3", "", "A2")}, 1},
		"its own number is better": {[]wallet.Transaction{line("s1", "", ""), line("s2", "", "A1")}, []wallet.Transaction{line("s3", "", "A1"), line("s4", "", "")}, 0},
		"another number":           {[]wallet.Transaction{line("s1", "", "A1")}, []wallet.Transaction{line("s2", "", "A2")}, 1},
		"another order":            {[]wallet.Transaction{line("s1", "ORD-1", "")}, []wallet.Transaction{line("s2", "ORD-2", "A1")}, 1},
		"one order's other charge": {[]wallet.Transaction{line("s1", "ORD-1", "A1")}, []wallet.Transaction{line("s2", "ORD-1", "A2")}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openMemory(t)
			take(t, s, fileOf("card", "a", c.before...))
			before := states(t, s)
			done := take(t, s, fileOf("card", "b", c.now...))
			if done.Added != c.added {
				t.Errorf("%d added, want %d", done.Added, c.added)
			}
			if !done.Again {
				if _, _, err := s.Undo(t.Context(), done.ID); err != nil {
					t.Fatal(err)
				}
			}
			if got := states(t, s); !maps.Equal(got, before) {
				t.Errorf("undone it is %v and was %v", got, before)
			}
			sound(t, s)
		})
	}
}

// A migration that ends in the middle leaves the store as it was: every step of
// it can be taken again.
func TestAMigrationEndsWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	// From version 8 on; version 10 can't make what is there.
	if err := errors.Join(s.Exec(t.Context(), `ALTER TABLE became DROP COLUMN approval; ALTER TABLE tx DROP COLUMN approval; PRAGMA user_version=8`), s.Close()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s, err := store.Open(t.Context(), options(path))
		if err == nil {
			s.Close()
			t.Fatal("a store whose migration fails is open")
		}
		if why := fmt.Sprint(err, errors.Unwrap(err)); !strings.Contains(why, "gone") || strings.Contains(why, "duplicate") {
			t.Errorf("it fails because of %s", why)
		}
	}
}
