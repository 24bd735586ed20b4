package store_test

import (
	"maps"
	"testing"

	"jandon/client/store"
	"jandon/internal/wallet"
)

// back is the refund of a purchase that a file says was cancelled.
func back(id, at, merchant string, won int64, number, of string) wallet.Transaction {
	x := final(id, at, merchant, won, number)
	x.Type, x.Amount.Minor, x.RefundOf = wallet.Refund, won, of
	return x
}

func cancelling(f store.File, cancelled ...wallet.Transaction) store.File {
	f.Cancelled = cancelled
	return f
}

// A purchase of an earlier file that a later one says was cancelled gets its
// refund, once; it goes with the file that said so, and not before.
func TestPurchasesCancelledByALaterFile(t *testing.T) {
	t.Parallel()
	coffee, book := bought("s1", "2026-03-01 08:30:00", "커피", 4500), final("s2", "2026-03-02", "서점", 30_000, "77")
	gone := back("sb", "2026-03-01 08:30:00", "커피", 4500, "", "")
	const kept, refunded = "posted 2026-03-01 08:30:00 커피 -4500", "posted 2026-03-01 08:30:00 커피 4500"
	for name, c := range map[string]struct {
		before    []wallet.Transaction
		later     store.File
		cancelled int
		want      map[string]int
	}{
		"the same line": {[]wallet.Transaction{coffee}, cancelling(fileOf("card", "april"), gone), 1, map[string]int{kept: 1, refunded: 1}},
		"by its date alone": {[]wallet.Transaction{coffee}, cancelling(fileOf("card", "april"), back("sb", "2026-03-01", "커피", 4500, "", "")), 1,
			map[string]int{kept: 1, "posted 2026-03-01 00:00:00 커피 4500": 1}},
		"one that never came in":   {[]wallet.Transaction{book}, cancelling(fileOf("card", "april"), gone), 0, map[string]int{"posted 2026-03-02 00:00:00 서점 -30000": 1}},
		"of another account":       {[]wallet.Transaction{coffee}, cancelling(fileOf("bank", "april"), gone), 0, map[string]int{kept: 1}},
		"another amount":           {[]wallet.Transaction{coffee}, cancelling(fileOf("card", "april"), back("sb", "2026-03-01 08:30:00", "커피", 4000, "", "")), 0, map[string]int{kept: 1}},
		"one that stays beside it": {[]wallet.Transaction{coffee}, cancelling(fileOf("card", "april", coffee), gone), 0, map[string]int{kept: 1}},
		"one of two": {[]wallet.Transaction{coffee, bought("s3", "2026-03-01 08:30:00", "커피", 4500)}, cancelling(fileOf("card", "april", coffee), gone), 1,
			map[string]int{kept: 2, refunded: 1}},
		"two of two": {[]wallet.Transaction{coffee, bought("s3", "2026-03-01 08:30:00", "커피", 4500)},
			cancelling(fileOf("card", "april"), gone, back("sc", "2026-03-01 08:30:00", "커피", 4500, "", "")), 2, map[string]int{kept: 2, refunded: 2}},
		"by its number, days later": {[]wallet.Transaction{book}, cancelling(fileOf("card", "april"), back("sb", "2026-03-09", "서점(취소)", 30_000, "77", "")), 1,
			map[string]int{"posted 2026-03-02 00:00:00 서점 -30000": 1, "posted 2026-03-09 00:00:00 서점(취소) 30000": 1}},
		"its number, before it": {[]wallet.Transaction{book}, cancelling(fileOf("card", "april"), back("sb", "2026-03-01", "서점", 30_000, "77", ""), back("sc", "2026-03-20", "호텔", 9000, "99", "")), 0,
			map[string]int{"posted 2026-03-02 00:00:00 서점 -30000": 1}},
		"its number, half a year later": {[]wallet.Transaction{book}, cancelling(fileOf("card", "april"), back("sb", "2026-09-01", "서점", 30_000, "77", "")), 0,
			map[string]int{"posted 2026-03-02 00:00:00 서점 -30000": 1}},
		"a number of two": {[]wallet.Transaction{book, final("s3", "2026-03-03", "서점", 30_000, "77")}, cancelling(fileOf("card", "april"), back("sb", "2026-03-09", "서점", 30_000, "77", "")), 0,
			map[string]int{"posted 2026-03-02 00:00:00 서점 -30000": 1, "posted 2026-03-03 00:00:00 서점 -30000": 1}},
		"a number of two amounts": {[]wallet.Transaction{book, final("s3", "2026-03-03", "서점", 9000, "77")}, cancelling(fileOf("card", "april"), back("sb", "2026-03-09", "서점", 30_000, "77", ""), back("sc", "2026-03-09", "서점", 9000, "77", "")), 2,
			map[string]int{"posted 2026-03-02 00:00:00 서점 -30000": 1, "posted 2026-03-03 00:00:00 서점 -9000": 1, "posted 2026-03-09 00:00:00 서점 30000": 1, "posted 2026-03-09 00:00:00 서점 9000": 1}},
		"a number again, years apart": {[]wallet.Transaction{book, final("s3", "2027-03-03", "서점", 30_000, "77")}, cancelling(fileOf("card", "april"), back("sb", "2026-03-09", "서점", 30_000, "77", ""), back("sc", "2027-03-09", "서점", 30_000, "77", "")), 2,
			map[string]int{"posted 2026-03-02 00:00:00 서점 -30000": 1, "posted 2027-03-03 00:00:00 서점 -30000": 1, "posted 2026-03-09 00:00:00 서점 30000": 1, "posted 2027-03-09 00:00:00 서점 30000": 1}},
		"by the provider's id": {[]wallet.Transaction{bought("A1", "2026-03-01", "커피", 4500)}, cancelling(fileOf("card", "april"), back("sb", "2026-03-04", "COFFEE", 4500, "", "A1")), 1,
			map[string]int{"posted 2026-03-01 00:00:00 커피 -4500": 1, "posted 2026-03-04 00:00:00 COFFEE 4500": 1}},
		"given back by a line before": {[]wallet.Transaction{coffee, back("s4", "2026-03-05", "커피", 4500, "", "")}, cancelling(fileOf("card", "april"), gone), 1,
			map[string]int{kept: 1, "posted 2026-03-05 00:00:00 커피 4500": 1}},
		"approved before": {[]wallet.Transaction{authorised("s1", "2026-03-01 08:30:00", "커피", 4500, "")}, cancelling(fileOf("card", "april"), gone), 1,
			map[string]int{"pending 2026-03-01 08:30:00 커피 -4500": 1, refunded: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openMemory(t)
			first := take(t, s, fileOf("card", "march", c.before...))
			was := states(t, s)
			done := take(t, s, c.later)
			if done.Cancelled != c.cancelled || done.StoredSpent != done.Spent {
				t.Errorf("%+v", done)
			}
			if got := states(t, s); !maps.Equal(got, c.want) {
				t.Errorf("got  %v\nwant %v", got, c.want)
			}
			for range 2 {
				if x := take(t, s, c.later); x.Added != 0 || x.Cancelled != c.cancelled {
					t.Errorf("taken in again it is %+v", x)
				}
			}
			third := c.later
			third.Digest = "may"
			overlapping := take(t, s, third)
			if _, _, err := s.Undo(t.Context(), overlapping.ID); err != nil {
				t.Fatal(err)
			}
			if got := states(t, s); !maps.Equal(got, c.want) {
				t.Errorf("without a third: got  %v\nwant %v", got, c.want)
			}
			if _, _, err := s.Undo(t.Context(), done.ID); err != nil {
				t.Fatal(err)
			}
			sound(t, s)
			if got := states(t, s); !maps.Equal(got, was) {
				t.Errorf("undone it is %v\nand was      %v", got, was)
			}
			take(t, s, c.later)
			if _, _, err := s.Undo(t.Context(), first.ID); err != nil {
				t.Fatal(err)
			}
			sound(t, s)
			left := 0
			for _, n := range states(t, s) {
				left += n
			}
			if left != done.Lines { // each purchase with its refund, and none alone
				t.Errorf("without the first file %d lines are left, want %d", left, done.Lines)
			}
		})
	}
}

// Where the file that says that a purchase was cancelled comes first, the later
// one tells of it; the first taken in again gives it back, and undone it never said so.
func TestPurchasesCancelledByAnEarlierFile(t *testing.T) {
	t.Parallel()
	coffee, book := bought("s1", "2026-03-01 08:30:00", "커피", 4500), final("s2", "2026-03-02 11:00:00", "서점", 30_000, "77")
	for name, c := range map[string]struct {
		first    store.File
		foretold int
	}{
		"what it says on its day":  {cancelling(fileOf("card", "april"), back("sb", "2026-03-01 08:30:00", "커피", 4500, "", "")), 1},
		"its number, another day":  {cancelling(fileOf("card", "april", bought("s9", "2026-04-01", "빵집", 900)), back("sb", "2026-03-09", "서점(취소)", 30_000, "77", "")), 1},
		"both":                     {cancelling(fileOf("card", "april"), back("sb", "2026-03-01", "커피", 4500, "", ""), back("sc", "2026-03-02", "서점", 30_000, "77", "")), 2},
		"one that was said twice":  {cancelling(fileOf("card", "april"), back("sb", "2026-03-01", "커피", 4500, "", ""), back("sc", "2026-03-01", "커피", 4500, "", "")), 1},
		"another amount":           {cancelling(fileOf("card", "april"), back("sb", "2026-03-01", "커피", 4000, "", ""), back("sc", "2026-03-02", "서점", 1, "77", "")), 0},
		"another day":              {cancelling(fileOf("card", "april"), back("sb", "2026-03-03", "커피", 4500, "", "")), 0},
		"another account":          {cancelling(fileOf("bank", "april"), back("sb", "2026-03-01", "커피", 4500, "", "")), 0},
		"one that the file has":    {cancelling(fileOf("card", "april", coffee), back("sb", "2026-03-01", "커피", 4500, "", "")), 0},
		"a file that says nothing": {fileOf("card", "april"), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openMemory(t)
			first := take(t, s, c.first)
			before := states(t, s)
			older := fileOf("card", "march", coffee, book)
			dry, err := s.Preview(t.Context(), older)
			if err != nil {
				t.Fatal(err)
			}
			done := take(t, s, older)
			by := map[bool]string{true: first.Name}[c.foretold > 0]
			if done.Foretold != c.foretold || done.ForetoldBy != by || dry.Foretold != c.foretold || dry.ForetoldBy != by {
				t.Errorf("%+v", done)
			}
			between := states(t, s)
			again := take(t, s, c.first)
			if again.Foretold != 0 || again.Cancelled < c.foretold {
				t.Errorf("taken in again: %+v", again)
			}
			if again.Again != (c.foretold == 0) {
				t.Errorf("again is %v", again.Again)
			}
			if c.foretold > 0 {
				if _, _, err := s.Undo(t.Context(), again.ID); err != nil {
					t.Fatal(err)
				}
			}
			if got := states(t, s); !maps.Equal(got, between) {
				t.Errorf("undone it is %v\nand was      %v", got, between)
			}
			if _, _, err := s.Undo(t.Context(), done.ID); err != nil {
				t.Fatal(err)
			}
			if got := states(t, s); !maps.Equal(got, before) {
				t.Errorf("without the later one it is %v\nand was      %v", got, before)
			}
			if _, _, err := s.Undo(t.Context(), first.ID); err != nil {
				t.Fatal(err)
			}
			if err := s.Exec(t.Context(), "CREATE TABLE none(n CHECK(n=0)); INSERT INTO none SELECT count(*) FROM gone; DROP TABLE none"); err != nil {
				t.Errorf("of a file that went something is left: %v", err)
			}
			if done := take(t, s, older); done.Foretold != 0 {
				t.Errorf("a file that went still says: %+v", done)
			}
			sound(t, s)
		})
	}
}

// Of two equal purchases as many are told of as the earlier file said.
func TestOneOfTwoCancelledByAnEarlierFile(t *testing.T) {
	t.Parallel()
	s := openMemory(t)
	take(t, s, cancelling(fileOf("card", "april"), back("sb", "2026-03-01 08:30:00", "커피", 4500, "7", "")))
	if done := take(t, s, fileOf("card", "march", final("s1", "2026-03-01 08:30:00", "커피", 4500, "7"), final("s2", "2026-03-01 08:30:00", "커피", 4500, "7"))); done.Foretold != 1 {
		t.Errorf("%+v", done)
	}
}

// A number is an account's own: a purchase of another account that has it by
// chance is not given back.
func TestANumberOfAnotherAccountIsNotGivenBack(t *testing.T) {
	t.Parallel()
	s := openMemory(t)
	take(t, s, fileOf("card", "march", final("s1", "2026-03-02", "서점", 30_000, "77")))
	take(t, s, fileOf("bank", "march", bought("s2", "2026-03-02", "빵집", 900)))
	before := states(t, s)
	if done := take(t, s, cancelling(fileOf("bank", "april"), back("sb", "2026-03-09", "서점", 30_000, "77", ""))); done.Cancelled != 0 {
		t.Errorf("%+v", done)
	}
	if got := states(t, s); !maps.Equal(got, before) {
		t.Errorf("it is %v and was %v", got, before)
	}
}
