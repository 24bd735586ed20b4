package history_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

func lot(id, issuer string, kind wallet.Kind, minor int64) wallet.Lot {
	return wallet.Lot{ID: id, Issuer: issuer, Kind: kind, Amount: money.Won(minor)}
}

func TestBalances(t *testing.T) {
	t.Parallel()
	w := wallet.Wallet{Currency: money.KRW, Issuers: []wallet.Issuer{{ID: "z"}, {ID: "a"}}, Lots: []wallet.Lot{
		lot("1", "a", wallet.Earned, 100), lot("2", "z", wallet.Earned, 200), lot("3", "new", wallet.Prepaid, 5),
		lot("4", "z", wallet.Prepaid, 1_000), lot("5", "z", wallet.Earned, 30), lot("6", "a", wallet.KindUnknown, 7),
		{ID: "7", Issuer: "z", Kind: wallet.Prepaid, Amount: money.Of(99, money.USD)},
	}}
	got := history.Balances(w)
	want := []string{"z prepaid KRW 1000 1", "z prepaid USD 0.99 1", "z earned KRW 230 2", "a earned KRW 100 1", "a unknown KRW 7 1", "new prepaid KRW 5 1"}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, b := range got {
		if s := b.Issuer + " " + b.Kind.String() + " " + b.Amount.String() + " " + string(rune('0'+len(b.Lots))); s != want[i] {
			t.Errorf("balance %d is %s, want %s", i, s, want[i])
		}
	}
	kinds, total := history.TotalsByKind(got, money.KRW)
	if total != money.Won(1_342) || len(kinds) != 3 || kinds[0] != (history.KindTotal{Kind: wallet.Prepaid, Amount: money.Won(1_005)}) ||
		kinds[1].Amount != money.Won(330) || kinds[2].Kind != wallet.KindUnknown {
		t.Errorf("%+v, %v", kinds, total)
	}
}

func TestBalancesSumToTheLots(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var w wallet.Wallet
		var sum int64
		for range rapid.IntRange(0, 30).Draw(t, "lots") {
			l := lot("x", rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "issuer"), wallet.Kind(rapid.IntRange(0, 5).Draw(t, "kind")),
				rapid.Int64Range(0, 1e9).Draw(t, "minor"))
			sum += l.Amount.Minor
			w.Lots = append(w.Lots, l)
		}
		balances := history.Balances(w)
		if _, total := history.TotalsByKind(balances, money.KRW); total.Minor != sum {
			t.Fatalf("%v for lots of %d", total, sum)
		}
		shares := history.Concentration(balances, money.KRW, 5_000)
		var parts history.BasisPoints
		var held int64
		for i, s := range shares {
			parts += s.Part
			held += s.Amount.Minor
			if i > 0 && shares[i-1].Amount.Minor < s.Amount.Minor {
				t.Fatalf("%+v is out of order", shares)
			}
			if over := 2*s.Amount.Minor - sum; over > 1 && s.Excess.Minor == 0 || over <= 0 && s.Excess.Minor != 0 {
				t.Fatalf("%+v of %d", s, sum)
			}
		}
		if len(shares) > 0 && (parts != history.Whole || held != sum) {
			t.Fatalf("parts of %d, %d of %d", parts, held, sum)
		}
	})
}

func TestConcentration(t *testing.T) {
	t.Parallel()
	list := history.Concentration([]wallet.Balance{
		{Issuer: "a", Amount: money.Won(600)}, {Issuer: "b", Amount: money.Won(300)}, {Issuer: "a", Amount: money.Won(100)},
		{Issuer: "c", Amount: money.Of(5, money.USD)}, {Issuer: "d", Amount: money.Won(0)},
	}, money.KRW, 6_000)
	if len(list) != 2 || list[0].Issuer != "a" || list[0].Part != 7_000 || list[0].Excess != money.Won(100) || list[1].Excess != money.Won(0) {
		t.Errorf("%+v", list)
	}
	if list := history.Concentration(nil, money.KRW, 5_000); list != nil {
		t.Errorf("of nothing: %+v", list)
	}
}

func TestExpiring(t *testing.T) {
	t.Parallel()
	seoul := zone(t, "Asia/Seoul")
	at := func(s string) time.Time {
		x, err := time.ParseInLocation("2006-01-02 15:04", s, seoul)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	now := at("2026-11-22 09:00")
	expires := func(id, s string, minor int64) wallet.Lot {
		l := lot(id, "a", wallet.Promotional, minor)
		l.Expires, l.Received = at(s), at("2026-11-02 23:59")
		return l
	}
	lots := []wallet.Lot{
		expires("month", "2026-12-22 23:00", 30), expires("week", "2026-11-29 12:00", 7), expires("beyond", "2026-12-23 00:01", 1),
		expires("midnight", "2026-11-30 00:00", 8), // usable through 29 November
		expires("gone", "2026-11-22 09:00", 100), expires("today", "2026-11-22 09:01", 1), expires("empty", "2026-11-23 00:00", 0), lot("never", "a", 1, 5),
	}
	list, total := history.Expiring(lots, now, seoul, 7, money.KRW)
	ids := ""
	for _, l := range list {
		ids += l.Lot.ID + " "
	}
	if ids != "today week midnight " || total != money.Won(16) || list[0].DaysLeft != 0 || list[2].DaysLeft != 7 || list[2].LastDay.String() != "2026-11-29" {
		t.Errorf("%s%v %+v", ids, total, list)
	}
	if list, total := history.Expiring(lots, now, seoul, 30, money.KRW); len(list) != 4 || total != money.Won(46) {
		t.Errorf("%+v, %v", list, total)
	}
}
