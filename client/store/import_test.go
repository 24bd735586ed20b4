package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// bought is a line of a card's export.
func bought(id, at, merchant string, won int64) wallet.Transaction {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", at, seoul)
	if err != nil {
		t, err = time.ParseInLocation(time.DateOnly, at, seoul)
	}
	if err != nil {
		panic(err)
	}
	return wallet.Transaction{
		ID: id, At: t.UTC(), Type: wallet.Payment, Status: wallet.Posted, Amount: money.Won(-won), Issuer: "card", Merchant: merchant, Channel: "statement",
	}
}

func each1(lines []wallet.Transaction) iter.Seq2[*wallet.Transaction, error] {
	return func(yield func(*wallet.Transaction, error) bool) {
		for i := range lines {
			if !yield(&lines[i], nil) {
				return
			}
		}
	}
}

// fromWords are ids that begin with s.
func fromWords(id string) bool { return strings.HasPrefix(id, "s") }

func fileOf(source, digest string, lines ...wallet.Transaction) store.File {
	return store.File{
		Source: source, Name: digest + ".csv", Digest: digest, Format: "csv", Currency: money.KRW, Lines: each1(lines), Made: fromWords,
	}
}

func openMemory(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.OpenMemory(t.Context(), seoul, end)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func take(t *testing.T, s *store.Store, f store.File) store.Import {
	t.Helper()
	before, err := s.Preview(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	done, err := s.Import(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if before.Added != done.Added || before.Lines != done.Lines || before.Spent != done.Spent || before.StoredSpent != done.StoredSpent || before.Again != done.Again {
		t.Fatalf("the preview was\n%+v, the import\n%+v", before, done)
	}
	sound(t, s)
	return done
}

func sound(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// held is what each line of the store says, with how often.
func held(ctx context.Context, s *store.Store) (map[string]int, error) {
	page, err := s.Rows(ctx, history.Query{}, history.Window{Older: true, Limit: 100_000})
	all := map[string]int{}
	for _, r := range page.Rows {
		all[says(&r.Transaction)]++
	}
	return all, err
}

func says(x *wallet.Transaction) string {
	return fmt.Sprint(x.At.In(seoul).Format(time.DateTime), " ", x.Merchant, " ", x.Amount.Minor)
}

func TestImport(t *testing.T) {
	t.Parallel()
	coffee := bought("s1", "2026-11-02", "커피", 4500)
	again := bought("s2", "2026-11-02", "커피", 4500)
	third := bought("s3", "2026-11-02", "커피", 4500)
	bus := bought("s4", "2026-11-03", "버스", 1500)
	s := openMemory(t)
	first := take(t, s, fileOf("card", "a", coffee, again, bus))
	if first.Added != 3 || first.Lines != 3 || first.Spent != 10_500 || first.StoredSpent != 10_500 || first.ID == 0 || first.Again {
		t.Fatalf("%+v", first)
	}
	if same := take(t, s, fileOf("card", "a", coffee, again, bus)); same.Added != 0 || !same.Again || same.ID != first.ID || same.StoredSpent != 10_500 {
		t.Fatalf("the same file again: %+v", same)
	}
	later := take(t, s, fileOf("card", "b", again, third, coffee, bus, bought("s5", "2026-11-04", "버스", 1500)))
	if later.Added != 2 || later.StoredSpent != later.Spent {
		t.Fatalf("an overlapping export: %+v", later)
	}
	if other := take(t, s, fileOf("bank", "c", coffee)); other.Added != 1 {
		t.Fatalf("another account's equal line: %+v", other)
	}
	list, err := s.Imports(t.Context())
	if err != nil || len(list) != 3 || list[0].Source != "bank" || list[2] != first {
		t.Fatalf("%v %+v", err, list)
	}
	_, gone, err := s.Undo(t.Context(), first.ID)
	if err != nil || gone != 0 {
		t.Fatalf("%v: %d lines that a later export holds went", err, gone)
	}
	if _, gone, err = s.Undo(t.Context(), later.ID); err != nil || gone != 5 {
		t.Fatal(err, gone)
	}
	sound(t, s)
	if all, err := held(t.Context(), s); err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	if _, _, err = s.Undo(t.Context(), later.ID); !errors.Is(err, fault.New(fault.NotFound)) {
		t.Fatal(err)
	}
	if next := take(t, s, fileOf("card", "a", coffee)); next.ID <= later.ID {
		t.Fatalf("number %d was given before", next.ID)
	}
}

// TestImportSame tells what is the same purchase from what only looks like it.
func TestImportSame(t *testing.T) {
	t.Parallel()
	at := func(id, clock string) wallet.Transaction {
		if clock != "" {
			clock = " " + clock
		}
		return bought(id, "2026-11-02"+clock, "커피", 4500)
	}
	for _, c := range []struct {
		name          string
		first, second []wallet.Transaction
		added         int
	}{
		{"two clocks are two purchases", []wallet.Transaction{at("s1", "09:00:00")}, []wallet.Transaction{at("s2", "18:00:00")}, 1},
		{"a date alone is any clock", []wallet.Transaction{at("s1", "09:00:00")}, []wallet.Transaction{at("s2", "")}, 0},
		{"and so the other way", []wallet.Transaction{at("s1", "")}, []wallet.Transaction{at("s2", "09:00:00")}, 0},
		{"but only once", []wallet.Transaction{at("s1", "")}, []wallet.Transaction{at("s2", "09:00:00"), at("s3", "18:00:00")}, 1},
		{"seconds may be cut off", []wallet.Transaction{at("s1", "09:00:31")}, []wallet.Transaction{at("s2", "09:00:00")}, 0},
		{"or come later", []wallet.Transaction{at("s1", "09:01:00")}, []wallet.Transaction{at("s2", "09:01:31")}, 0},
		{"seconds that differ are two", []wallet.Transaction{at("s1", "09:00:31")}, []wallet.Transaction{at("s2", "09:00:32")}, 1},
		{"the same provider's id", []wallet.Transaction{at("A1", "09:00:00")}, []wallet.Transaction{at("A1", "11:00:00")}, 0},
		{"two providers' ids are two lines", []wallet.Transaction{at("A1", "")}, []wallet.Transaction{at("A2", "")}, 1},
		{"an export without the ids", []wallet.Transaction{at("A1", ""), at("A2", "")}, []wallet.Transaction{at("s1", ""), at("s2", ""), at("s3", "")}, 1},
		{"an export with ids at last", []wallet.Transaction{at("s1", ""), at("s2", "")}, []wallet.Transaction{at("A1", ""), at("A2", ""), at("A3", "")}, 1},
		{"the exact clock before the vague one", []wallet.Transaction{at("s1", ""), at("s2", "09:00:00")}, []wallet.Transaction{at("s2", "09:00:00"), at("s3", "")}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := openMemory(t)
			take(t, s, fileOf("card", "first", c.first...))
			if got := take(t, s, fileOf("card", "second", c.second...)); got.Added != c.added {
				t.Errorf("%d added, want %d", got.Added, c.added)
			}
			if got := take(t, s, fileOf("card", "second", c.second...)); got.Added != 0 {
				t.Errorf("once more %d", got.Added)
			}
		})
	}
}

// TestManyEqualLines takes in a day of one and the same line, twice.
func TestManyEqualLines(t *testing.T) {
	t.Parallel()
	s := openMemory(t)
	var lines []wallet.Transaction
	for i := range 3000 {
		lines = append(lines, bought(fmt.Sprint("s", i), "2026-11-02", "버스", 1500))
	}
	take(t, s, fileOf("card", "a", lines...))
	if got := take(t, s, fileOf("card", "b", append(lines, bought("sx", "2026-11-02", "버스", 1500))...)); got.Added != 1 {
		t.Errorf("%d", got.Added)
	}
}

// TestImportAndPlatform: neither side touches the other's lines.
func TestImportAndPlatform(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := openMemory(t)
	if err := storetest.Fill(ctx, s, 300, year); err != nil {
		t.Fatal(err)
	}
	file := fileOf("card", "a", bought("tx_0000000007", "2026-11-02", "커피", 4500), bought("next", "2026-11-03", "커피", 4500))
	done := take(t, s, file)
	if done.Added != 2 {
		t.Fatalf("%+v", done)
	}
	if x, err := s.Transaction(ctx, "tx_0000000007"); err != nil || x.Channel == "statement" {
		t.Fatalf("the platform's line was taken for the file's: %v %+v", err, x)
	}
	x := storetest.Line(5, 300, year)
	x.ID, x.Seq = "next", 301
	if err := s.Apply(ctx, store.Batch{Ledger: storetest.Ledger, Seq: 301, Transactions: []wallet.Transaction{x}}); err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	if got, err := s.Transaction(ctx, "next"); err != nil || got.Seq != 301 {
		t.Fatal(got, err)
	}
	if got := take(t, s, fileOf("card", "b", bought("next", "2026-11-03", "커피", 4500))); got.Added != 0 {
		t.Fatalf("a line that gave way to the platform's is not known: %+v", got)
	}
	state, err := s.State(ctx)
	if err != nil || state.Lines != 303 {
		t.Fatal(state, err)
	}
	if err := s.Reset(ctx); err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	all, err := held(ctx, s)
	if err != nil || len(all) != 2 {
		t.Fatalf("after a reset: %v %v", all, err)
	}
	if page, err := s.Rows(ctx, history.Query{Text: "커피"}, history.Window{Older: true, Limit: 10}); err != nil || len(page.Rows) != 2 {
		t.Fatal(page, err)
	}
	if err := storetest.Fill(ctx, s, 300, year); err != nil {
		t.Fatal(err)
	}
	if got := take(t, s, file); got.Added != 0 || !got.Again {
		t.Fatalf("%+v", got)
	}
	list, err := s.Imports(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if _, _, err := s.Undo(ctx, f.ID); err != nil {
			t.Fatal(err)
		}
	}
	sound(t, s)
	if state, err = s.State(ctx); err != nil || state.Lines != 300 {
		t.Fatal(state, err)
	}
}

// TestBrokenImport leaves nothing of a file that ends in an error.
func TestBrokenImport(t *testing.T) {
	t.Parallel()
	s := openMemory(t)
	f := fileOf("card", "a")
	broken := errors.New("the disk went away")
	f.Lines = func(yield func(*wallet.Transaction, error) bool) {
		for i := range 100 {
			x := bought(fmt.Sprint("s", i), "2026-11-02", "커피", 4500)
			if !yield(&x, nil) {
				return
			}
		}
		yield(nil, broken)
	}
	if _, err := s.Import(t.Context(), f); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	f.Lines = func(yield func(*wallet.Transaction, error) bool) {
		for i := range 100 {
			if i == 50 {
				cancel()
			}
			x := bought(fmt.Sprint("s", i), "2026-11-02", "커피", 4500)
			if !yield(&x, nil) {
				return
			}
		}
	}
	if _, err := s.Import(ctx, f); !errors.Is(err, fault.New(fault.Canceled)) {
		t.Fatal(err)
	}
	sound(t, s)
	if state, err := s.State(t.Context()); err != nil || state.Lines != 0 {
		t.Fatal(state, err)
	}
	if list, err := s.Imports(t.Context()); err != nil || len(list) != 0 {
		t.Fatal(list, err)
	}
}

// TestImportModel imports overlapping exports in any order, again and again,
// and undoes some: what is there is what the exports that are left hold, each
// line as often as in the one that has it most often.
func TestImportModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		s, err := store.OpenMemory(ctx, seoul, end)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		if rapid.Bool().Draw(t, "large") {
			s.Hasten()
		}
		if err := storetest.Fill(ctx, s, 20, year); err != nil {
			t.Fatal(err)
		}
		platform, err := held(ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		// An account, and exports that are stretches of it.
		var account []wallet.Transaction
		clock := rapid.Bool().Draw(t, "clock")
		named := rapid.Bool().Draw(t, "named")
		for i := range rapid.IntRange(1, 60).Draw(t, "account") {
			x := bought(fmt.Sprint("s", i), "2026-03-01", rapid.SampledFrom([]string{"커피", "버스"}).Draw(t, "merchant"), 1500)
			x.At = x.At.AddDate(0, 0, i/8)
			if clock {
				x.At = x.At.Add(time.Duration(rapid.IntRange(1, 3).Draw(t, "hour")) * time.Hour)
			}
			if named {
				x.ID = fmt.Sprint("A", i)
			}
			account = append(account, x)
		}
		slices.SortStableFunc(account, func(a, b wallet.Transaction) int { return a.At.Compare(b.At) })
		kept := map[int64][]wallet.Transaction{}
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			if len(kept) > 0 && rapid.IntRange(0, 2).Draw(t, "undo") == 0 {
				id := rapid.SampledFrom(slices.Sorted(maps.Keys(kept))).Draw(t, "import")
				if _, _, err := s.Undo(ctx, id); err != nil {
					t.Fatal(err)
				}
				delete(kept, id)
			} else {
				from := rapid.IntRange(0, len(account)-1).Draw(t, "from")
				to := rapid.IntRange(from+1, len(account)).Draw(t, "to")
				lines := slices.Clone(account[from:to])
				if rapid.Bool().Draw(t, "newest first") {
					slices.Reverse(lines)
				}
				done, err := s.Import(ctx, fileOf("card", fmt.Sprint(from, "-", to), lines...))
				if err != nil {
					t.Fatal(err)
				}
				if done.StoredSpent != done.Spent || done.Lines != len(lines) {
					t.Fatalf("%+v", done)
				}
				kept[done.ID] = lines
			}
			if err := s.Check(ctx); err != nil {
				t.Fatal(err)
			}
			want := maps.Clone(platform)
			most := map[string]int{}
			ids := map[string]wallet.Transaction{}
			for _, lines := range kept {
				n := map[string]int{}
				for i := range lines {
					n[says(&lines[i])]++
					ids[lines[i].ID] = lines[i]
				}
				for k, n := range n {
					most[k] = max(most[k], n)
				}
			}
			if named { // the ids tell all of them apart
				clear(most)
				for _, x := range ids {
					most[says(&x)]++
				}
			}
			for k, n := range most {
				want[k] += n
			}
			got, err := held(ctx, s)
			if err != nil || !maps.Equal(got, want) {
				t.Fatalf("%v\n got %v\nwant %v", err, got, want)
			}
			price, all, dear := int64(1500), 0, 0
			for k, n := range want {
				if all += n; strings.Contains(k, "1500") {
					dear += n
				}
			}
			found, err := s.Totals(ctx, history.Query{Min: &price, Max: &price})
			if err != nil || found.Lines != dear {
				t.Fatalf("%v: %d of %d lines cost 1500, found %+v", err, dear, all, found)
			}
		}
	})
}
