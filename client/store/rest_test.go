package store_test

import (
	"fmt"
	"testing"

	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// TestOriginalPrices are kept, and outlive the going of most other lines.
func TestOriginalPrices(t *testing.T) {
	t.Parallel()
	path := made(t)
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	abroad := bought("s1", "2026-11-02 09:30:00", "CLOUD NOTES", 13_512)
	abroad.Original = money.Of(999, money.USD)
	take(t, s, fileOf("card", "a", abroad, bought("s2", "2026-11-03", "버스", 1500)))
	var many []wallet.Transaction
	for i := range 2000 {
		many = append(many, bought(fmt.Sprint("s9", i), "2026-11-04", fmt.Sprint("가게 ", i%7), int64(100+i)))
	}
	most := take(t, s, fileOf("bank", "b", many...))
	state, err := s.State(t.Context())
	if err != nil || 2*most.Added < state.Lines {
		t.Fatalf("%d of %d lines are not most, %v", most.Added, state.Lines, err)
	}
	if _, gone, err := s.Undo(t.Context(), most.ID); err != nil || gone != len(many) {
		t.Fatal(gone, err)
	}
	sound(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = store.Open(t.Context(), options(path)); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if x, err := s.Transaction(t.Context(), "s1"); err != nil || x != abroad {
		t.Errorf("%+v, %v, was %+v", x, err, abroad)
	}
	if x, err := s.Transaction(t.Context(), "s2"); err != nil || x.Original != (money.Amount{}) {
		t.Errorf("%+v, %v", x, err)
	}
}

// TestUndoOfMostLines leaves what a platform told and what other files hold,
// told apart as before.
func TestUndoOfMostLines(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string]int{"none beside": 0, "a platform's": 40} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openMemory(t)
			if err := storetest.Fill(t.Context(), s, lines, year); err != nil {
				t.Fatal(err)
			}
			before, err := held(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			var long []wallet.Transaction
			for i := range 500 {
				long = append(long, bought(fmt.Sprint("s", i), "2026-11-04", "커피", int64(4500+i%3)))
			}
			first := take(t, s, fileOf("card", "long", long...))
			if second := take(t, s, fileOf("card", "short", long[490:]...)); second.Added != 0 {
				t.Fatalf("%+v", second)
			}
			if _, gone, err := s.Undo(t.Context(), first.ID); err != nil || gone != 490 {
				t.Fatal(gone, err)
			}
			sound(t, s)
			if again := take(t, s, fileOf("card", "short once more", long[490:]...)); again.Added != 0 {
				t.Errorf("%d lines that are there came in again", again.Added)
			}
			for _, f := range []int64{2, 3} {
				if _, _, err := s.Undo(t.Context(), f); err != nil {
					t.Fatal(err)
				}
			}
			sound(t, s)
			if after, err := held(t.Context(), s); err != nil || len(after) != len(before) {
				t.Errorf("%d kinds of lines are left of %d, %v", len(after), len(before), err)
			}
		})
	}
}

// TestUndoForgetsOwnTexts: what a line alone says is found as long as the line
// is there, and what comes afterwards is found, too.
func TestUndoForgetsOwnTexts(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]int{"few lines go": 20, "most lines go": 4000} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openMemory(t)
			lines := func(source string, n int) store.File {
				var list []wallet.Transaction
				for i := range n {
					x := bought(fmt.Sprint("s", source, i), "2026-11-04", "가게", int64(100+i))
					if x.Order = fmt.Sprintf("%s-%05d", source, i); i%2 == 1 {
						x.Order, x.Approval = "", x.Order
					}
					list = append(list, x)
				}
				return fileOf(source, source, list...)
			}
			find := func(text string) int {
				totals, err := s.Totals(t.Context(), history.Query{Text: text})
				if err != nil {
					t.Fatal(err)
				}
				return totals.Lines
			}
			one := take(t, s, lines("one", first))
			take(t, s, lines("two", 2000))
			if find("one-00013") != 1 || find("two-01999") != 1 {
				t.Fatal("nothing is found at first")
			}
			if _, _, err := s.Undo(t.Context(), one.ID); err != nil {
				t.Fatal(err)
			}
			sound(t, s)
			const left = "CREATE TEMP TABLE none(n CHECK(n=0)); INSERT INTO none SELECT count(*) FROM loose WHERE instr(body, CAST('one-' AS BLOB)); DROP TABLE none"
			if err := s.Exec(t.Context(), left); err != nil {
				t.Errorf("texts of lines that went are left: %v", err)
			}
			take(t, s, lines("three", 300))
			for text, want := range map[string]int{"one-00013": 0, "one-": 0, "two-01999": 1, "two-": 2000, "three-00299": 1} {
				if got := find(text); got != want {
					t.Errorf("%s: %d lines, want %d", text, got, want)
				}
			}
		})
	}
}
