package audit_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// printings are names that one service goes by over the years: through another
// gateway, with a place, an order or a code, and under another brand.
var printings = []func(k int) string{
	func(int) string { return "Ondo Mail" },
	func(int) string { return "KCP*Ondo Mail" },
	func(int) string { return "ONDO MAIL SEOUL KR" },
	func(k int) string { return fmt.Sprintf("(주)ondo mail 주문%d", 70_000+k*977) },
	func(k int) string { return fmt.Sprintf("Ondo Mail*%dK4AB%dZ", k%10, k*7%10) },
	func(int) string { return "Quill" },
}

// later is a history that was read again: older lines, the same and newer ones,
// in any order, the newer printed in another way.
type later struct {
	before, after audit.Input
	series        []string // the ids of the charges that were known before
	asOf          int      // the number of the last of them
}

func drawLater(t *rapid.T) later {
	step := rapid.SampledFrom([]int{7, 14, 28, 30, 0}).Draw(t, "days")
	day := func(k int) history.Day {
		if step > 0 {
			return history.DateOf(2024, 3, 5) + history.Day(step*k)
		}
		y, m, d := history.DateOf(2024, 3, 5).Date()
		_ = d
		at := history.DateOf(y, m, 28)
		for range k {
			y, m, _ = (at + 10).Date()
			at = history.DateOf(y, m, 28)
		}
		return at
	}
	older, known, newer := rapid.IntRange(0, 4).Draw(t, "older"), rapid.IntRange(5, 12).Draw(t, "known"), rapid.IntRange(0, 12).Draw(t, "newer")
	other := rapid.SampledFrom(printings).Draw(t, "printed")
	charge := func(k int) audit.Item {
		name := printings[0](k)
		if k >= older+known {
			name = other(k)
		}
		return audit.Item{ID: fmt.Sprintf("s%03d", k), Day: day(k), Second: 15_000 + int32(k%3)*20, Minor: -7_900, Merchant: name, Type: wallet.Payment}
	}
	var x later
	for k := range older + known + newer {
		it := charge(k)
		x.after.Items = append(x.after.Items, it)
		if k >= older && k < older+known {
			x.before.Items = append(x.before.Items, it)
			x.series = append(x.series, it.ID)
		}
	}
	x.before.AsOf, x.after.AsOf = day(older+known-1)+2, day(older+known+newer-1)+2
	for d := day(0); d < x.after.AsOf; d += 4 { // what else is bought
		it := audit.Item{ID: fmt.Sprintf("o%d", d), Day: d, Second: int32(30_000 + d%11*2500), Minor: -int64(1000 + d%37*210), Merchant: fmt.Sprintf("Shop %c", 'A'+rune(d%19)), Type: wallet.Payment}
		x.after.Items = append(x.after.Items, it)
		if d >= day(older) && d <= x.before.AsOf {
			x.before.Items = append(x.before.Items, it)
		}
	}
	x.after.Items = rapid.Permutation(x.after.Items).Draw(t, "order")
	return x
}

func (x *later) decide(t *rapid.T, v audit.Verdict) audit.Decision {
	for _, s := range run(x.before).Series {
		d := audit.Decision{Verdict: v, Made: x.before.AsOf}
		for _, m := range s.Members {
			d.Transactions = append(d.Transactions, x.before.Items[m].ID)
		}
		if slices.Contains(d.Transactions, x.series[len(x.series)-1]) {
			return d
		}
	}
	t.Fatalf("the series of %d is not found", len(x.series))
	return audit.Decision{}
}

// ours is the series of a report with a charge that was known before.
func (x *later) ours(list []audit.Series) *audit.Series {
	for i := range list {
		for _, m := range list[i].Members {
			if slices.Contains(x.series, x.after.Items[m].ID) {
				return &list[i]
			}
		}
	}
	return nil
}

func TestDecisionsSurviveReimportsAndRenames(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := drawLater(t)
		no := x.decide(t, audit.NotSubscription)
		if r := run(x.after, no); x.ours(r.Series) != nil || x.ours(r.Dismissed) == nil {
			t.Fatalf("it is a subscription again: %+v", r.Series)
		}
		keep := x.decide(t, audit.Keep)
		if s := x.ours(run(x.after, keep).Series); s == nil || !s.Kept {
			t.Fatalf("it is kept no more: %+v", s)
		}
		keep.Made = no.Made + 1
		if s := x.ours(run(x.after, no, keep).Series); s == nil || !s.Kept {
			t.Fatal("the first decision holds, and not the last")
		}
		// A snooze lasts a week at least, whatever is read again meanwhile.
		snooze := x.decide(t, audit.Snooze)
		snooze.Made = x.after.AsOf - history.Day(rapid.IntRange(0, 12).Draw(t, "ago"))
		snooze.Until = snooze.Made + history.Day(rapid.IntRange(-3, 20).Draw(t, "until"))
		until := max(snooze.Until, snooze.Made+7)
		if until <= x.after.AsOf {
			until = 0
		}
		if s := x.ours(run(x.after, snooze).Series); s == nil || s.Snoozed != until {
			t.Fatalf("snoozed on %s until %s, found on %s: %+v", snooze.Made, snooze.Until, x.after.AsOf, s)
		}
	})
}

func TestMergesAndMeantPairsSurviveReimports(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := drawLater(t)
		// Two equal charges, told once and answered.
		for k := range 2 {
			it := audit.Item{ID: fmt.Sprintf("d%d", k), Day: x.before.AsOf - 3, Second: 50_000 + int32(k)*70, Minor: -61_730, Merchant: "Zettel Kart", Type: wallet.Payment}
			x.before.Items, x.after.Items = append(x.before.Items, it), append(x.after.Items, it)
		}
		if r := run(x.before); len(r.Doubles) != 1 {
			t.Fatalf("%d double charges", len(r.Doubles))
		}
		// And a second service that is the same to the person.
		var first string
		for _, it := range slices.Clone(x.after.Items) {
			if it.Minor == -7_900 {
				it.ID, it.Merchant, it.Minor, it.Second = "m"+it.ID, "Vela Vault", -3_300, 70_000
				x.after.Items = append(x.after.Items, it)
				if first == "" || it.ID < first {
					first = it.ID
				}
			}
		}
		mine := audit.Decision{Verdict: audit.BothMine, Transactions: []string{"d1", "d0"}, Made: x.before.AsOf}
		one := audit.Decision{Verdict: audit.Merge, Transactions: []string{x.series[0], "m" + x.series[0]}, Made: x.before.AsOf}
		r := run(x.after, one, mine)
		if len(r.Doubles) != 0 {
			t.Fatalf("told again: %+v", r.Doubles)
		}
		s := x.ours(r.Series)
		if s == nil {
			t.Fatal("nothing is left of it")
		}
		both := 0
		for _, m := range s.Members {
			if id := x.after.Items[m].ID; id == x.series[0] || id == "m"+x.series[0] {
				both++
			}
		}
		if both != 2 {
			t.Fatalf("they are two again: %+v", r.Series)
		}
	})
}
