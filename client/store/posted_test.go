package store_test

import (
	"context"
	"maps"
	"testing"

	"jandon/client/store"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// authorised is a line that is not final yet.
func authorised(id, at, merchant string, won int64, number string) wallet.Transaction {
	x := bought(id, at, merchant, won)
	x.Status, x.Approval = wallet.Pending, number
	return x
}

func final(id, at, merchant string, won int64, number string) wallet.Transaction {
	x := bought(id, at, merchant, won)
	x.Approval = number
	return x
}

func ordered(x wallet.Transaction) wallet.Transaction {
	x.Order = "A-1"
	return x
}

// states is what each line of the store says, with its status.
func states(t *testing.T, s *store.Store) map[string]int {
	t.Helper()
	all := map[string]int{}
	for _, status := range []wallet.Status{wallet.Pending, wallet.Posted} {
		page, err := s.Rows(t.Context(), history.Query{Status: status}, history.Window{Older: true, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rows {
			all[status.String()+" "+says(&r.Transaction)]++
		}
	}
	return all
}

// A purchase that was pending in one export and is posted in a later one is one purchase.
func TestPendingLinesBecomePosted(t *testing.T) {
	t.Parallel()
	hotel := authorised("s1", "2026-03-01", "호텔", 100_000, "77001234")
	for name, c := range map[string]struct {
		before, after  []wallet.Transaction
		became, unsure int
		want           map[string]int
	}{
		"the same day": {
			[]wallet.Transaction{authorised("s1", "2026-03-01", "커피", 4500, "")}, []wallet.Transaction{bought("s2", "2026-03-01", "커피", 4500)},
			1, 0, map[string]int{"posted 2026-03-01 00:00:00 커피 -4500": 1},
		},
		"days later": {
			[]wallet.Transaction{authorised("s1", "2026-03-01", "커피", 4500, "")}, []wallet.Transaction{bought("s2", "2026-03-04", "커피", 4500)},
			1, 0, map[string]int{"posted 2026-03-04 00:00:00 커피 -4500": 1},
		},
		"an order's other charge is another": {
			[]wallet.Transaction{ordered(authorised("s1", "2026-03-01", "호텔", 50_000, ""))}, []wallet.Transaction{ordered(bought("s2", "2026-03-04", "호텔", 120_000))},
			0, 0, map[string]int{"pending 2026-03-01 00:00:00 호텔 -50000": 1, "posted 2026-03-04 00:00:00 호텔 -120000": 1},
		},
		"an order's one charge": {
			[]wallet.Transaction{ordered(authorised("s1", "2026-03-01", "호텔", 50_000, ""))}, []wallet.Transaction{ordered(bought("s2", "2026-03-24", "HOTEL", 50_000))},
			1, 0, map[string]int{"posted 2026-03-24 00:00:00 HOTEL -50000": 1},
		},
		"weeks later is another": {
			[]wallet.Transaction{authorised("s1", "2026-03-01", "커피", 4500, "")}, []wallet.Transaction{bought("s2", "2026-03-14", "커피", 4500)},
			0, 0, map[string]int{"pending 2026-03-01 00:00:00 커피 -4500": 1, "posted 2026-03-14 00:00:00 커피 -4500": 1},
		},
		"another amount by its approval number": {
			[]wallet.Transaction{hotel}, []wallet.Transaction{final("s2", "2026-03-20", "호텔 서울", 132_000, "77001234")},
			1, 0, map[string]int{"posted 2026-03-20 00:00:00 호텔 서울 -132000": 1},
		},
		"approval numbers that differ": {
			[]wallet.Transaction{hotel}, []wallet.Transaction{final("s2", "2026-03-01", "호텔", 100_000, "77009999")},
			0, 0, map[string]int{"pending 2026-03-01 00:00:00 호텔 -100000": 1, "posted 2026-03-01 00:00:00 호텔 -100000": 1},
		},
		"a cancellation has the number of its purchase": {
			[]wallet.Transaction{hotel}, []wallet.Transaction{refunded(final("s2", "2026-03-02", "호텔", -100_000, "77001234"))},
			0, 0, map[string]int{"pending 2026-03-01 00:00:00 호텔 -100000": 1, "posted 2026-03-02 00:00:00 호텔 100000": 1},
		},
		"the provider's id": {
			[]wallet.Transaction{authorised("A1", "2026-03-01", "주유소", 150_000, "")}, []wallet.Transaction{bought("A1", "2026-03-02", "주유소", 61_000)},
			1, 0, map[string]int{"posted 2026-03-02 00:00:00 주유소 -61000": 1},
		},
		"another provider's id": {
			[]wallet.Transaction{authorised("A1", "2026-03-01", "주유소", 61_000, "")}, []wallet.Transaction{bought("A2", "2026-03-02", "주유소", 61_000)},
			1, 0, map[string]int{"posted 2026-03-02 00:00:00 주유소 -61000": 1},
		},
		"one of two is none": {
			[]wallet.Transaction{authorised("s1", "2026-03-01", "커피", 4500, ""), authorised("s2", "2026-03-02", "커피", 4500, "")},
			[]wallet.Transaction{bought("s3", "2026-03-04", "커피", 4500)},
			0, 1, map[string]int{"pending 2026-03-01 00:00:00 커피 -4500": 1, "pending 2026-03-02 00:00:00 커피 -4500": 1, "posted 2026-03-04 00:00:00 커피 -4500": 1},
		},
		"two for one": {
			[]wallet.Transaction{authorised("s1", "2026-03-01", "커피", 4500, "")}, []wallet.Transaction{bought("s2", "2026-03-02", "커피", 4500), bought("s3", "2026-03-03", "커피", 4500)},
			1, 0, map[string]int{"posted 2026-03-02 00:00:00 커피 -4500": 1, "posted 2026-03-03 00:00:00 커피 -4500": 1},
		},
		"what is final does not wait again": {
			[]wallet.Transaction{bought("s1", "2026-03-01", "커피", 4500)}, []wallet.Transaction{authorised("s2", "2026-03-01", "커피", 4500, "")},
			0, 0, map[string]int{"posted 2026-03-01 00:00:00 커피 -4500": 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openMemory(t)
			first := fileOf("card", "march", c.before...)
			take(t, s, first)
			was := states(t, s)
			later := fileOf("card", "april", c.after...)
			done := take(t, s, later)
			if done.Became != c.became || done.Unsure != c.unsure || done.StoredSpent != done.Spent && name != "what is final does not wait again" {
				t.Errorf("the report is %+v", done)
			}
			if got := states(t, s); !maps.Equal(got, c.want) {
				t.Errorf("got  %v\nwant %v", got, c.want)
			}
			for _, again := range []store.File{later, first, later} {
				if x := take(t, s, again); x.Added != 0 || x.Became != 0 {
					t.Errorf("taken in again it is %+v", x)
				}
			}
			if got := states(t, s); !maps.Equal(got, c.want) {
				t.Errorf("once more: got  %v\nwant %v", got, c.want)
			}
			if _, _, err := s.Undo(t.Context(), done.ID); err != nil {
				t.Fatal(err)
			}
			sound(t, s)
			if got := states(t, s); !maps.Equal(got, was) {
				t.Errorf("undone it is %v\nand was      %v", got, was)
			}
			if x := take(t, s, later); x.Became != c.became {
				t.Errorf("after its undoing it is %+v", x)
			}
		})
	}
}

func refunded(x wallet.Transaction) wallet.Transaction {
	x.Type = wallet.Refund
	return x
}

// A line stays final while any file says so, and goes with the last that has it.
func TestTwoFilesSayThatALineIsPosted(t *testing.T) {
	t.Parallel()
	s := openMemory(t)
	one := take(t, s, fileOf("card", "one", authorised("s1", "2026-03-01", "커피", 4500, "")))
	two := take(t, s, fileOf("card", "two", bought("s2", "2026-03-03", "커피", 4500)))
	three := take(t, s, fileOf("card", "three", bought("s2", "2026-03-03", "커피", 4500), bought("s3", "2026-03-05", "빵", 3000)))
	undo := func(id int64, want map[string]int) {
		t.Helper()
		if _, _, err := s.Undo(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		sound(t, s)
		if got := states(t, s); !maps.Equal(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	}
	undo(two.ID, map[string]int{"posted 2026-03-03 00:00:00 커피 -4500": 1, "posted 2026-03-05 00:00:00 빵 -3000": 1})
	undo(one.ID, map[string]int{"posted 2026-03-03 00:00:00 커피 -4500": 1, "posted 2026-03-05 00:00:00 빵 -3000": 1})
	undo(three.ID, map[string]int{})
	if total, err := s.Totals(context.Background(), history.Query{Status: wallet.Posted}); err != nil || total.Lines != 0 {
		t.Errorf("%v: %+v", err, total)
	}
}
