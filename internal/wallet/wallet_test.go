package wallet_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for k := wallet.KindUnknown; k <= wallet.CardFunded; k++ {
		if back, err := wallet.ParseKind(k.String()); err != nil || back != k {
			t.Errorf("%v, %v", back, err)
		}
	}
	for x := wallet.TypeUnknown; x <= wallet.FeeCharge; x++ {
		if back, err := wallet.ParseType(x.String()); err != nil || back != x {
			t.Errorf("%v, %v", back, err)
		}
	}
	for s := wallet.StatusUnknown; s <= wallet.Refunded; s++ {
		if back, err := wallet.ParseStatus(s.String()); err != nil || back != s {
			t.Errorf("%v, %v", back, err)
		}
	}
	if _, err := wallet.ParseKind("gold"); err == nil {
		t.Error("gold passes for a kind")
	}
	if got := wallet.Kind(200).String(); got != "unknown" {
		t.Errorf("a kind from the future is %q", got)
	}
	var x struct {
		K wallet.Kind
		T wallet.Type
		S wallet.Status
	}
	if err := json.Unmarshal([]byte(`{"K":"earned","T":"refund","S":"posted"}`), &x); err != nil || x.K != wallet.Earned || x.T != wallet.Refund || x.S != wallet.Posted {
		t.Errorf("%+v, %v", x, err)
	}
	if b, err := json.Marshal(x); err != nil || string(b) != `{"K":"earned","T":"refund","S":"posted"}` {
		t.Errorf("%s, %v", b, err)
	}
	if err := json.Unmarshal([]byte(`{"K":"silver"}`), &x); err != nil || x.K != wallet.KindUnknown {
		t.Errorf("a word of a newer platform: %v, %v", x.K, err)
	}
	if err := json.Unmarshal([]byte(`{"K":5}`), &x); err == nil {
		t.Error("a number passes for a kind")
	}
	if err := new(wallet.Kind).UnmarshalText([]byte("silver")); err == nil {
		t.Error("silver passes for a kind in a file")
	}
	if kinds := wallet.Kinds(); len(kinds) != int(wallet.CardFunded)+1 || kinds[len(kinds)-1] != wallet.KindUnknown {
		t.Errorf("%v", kinds)
	}
}

func TestDrawFrom(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		var lots []wallet.Lot
		var usable int64
		for i := range rapid.IntRange(0, 8).Draw(t, "lots") {
			l := wallet.Lot{
				ID: string(rune('a' + i)), Amount: money.Won(rapid.Int64Range(-5, 1000).Draw(t, "amount")),
				Received: at.AddDate(0, 0, -rapid.IntRange(0, 3).Draw(t, "received")),
			}
			if days := rapid.IntRange(-1, 3).Draw(t, "expires"); days != 3 {
				l.Expires = at.AddDate(0, 0, days)
			}
			if rapid.IntRange(0, 9).Draw(t, "abroad") == 0 {
				l.Amount.Currency = money.USD
			}
			if l.Amount.Currency == money.KRW && !l.Expired(at) {
				usable += max(l.Amount.Minor, 0)
			}
			lots = append(lots, l)
		}
		before := slices.Clone(lots)
		want := rapid.Int64Range(0, 4000).Draw(t, "want")
		draws, short := wallet.DrawFrom(lots, money.Won(want), at)
		if !slices.Equal(before, lots) {
			t.Fatal("the lots were changed")
		}
		var sum int64
		var last *wallet.Lot
		for i, d := range draws {
			l := &lots[slices.IndexFunc(lots, func(l wallet.Lot) bool { return l.ID == d.Lot })]
			if d.Amount.Minor <= 0 || d.Amount.Minor > l.Amount.Minor || i < len(draws)-1 && d.Amount != l.Amount || l.Expired(at) {
				t.Fatalf("%+v from %+v", d, *l)
			}
			if last != nil && wallet.CompareLots(*last, *l) > 0 {
				t.Fatalf("%s is used before %s", last.ID, l.ID)
			}
			sum, last = sum+d.Amount.Minor, l
		}
		if sum != min(want, usable) || short != money.Won(want-sum) {
			t.Fatalf("drew %d of %d with %d at hand, short %v", sum, want, usable, short)
		}
	})
}

func TestExpired(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	if (wallet.Lot{}).Expired(at) || !(wallet.Lot{Expires: at}).Expired(at) || (wallet.Lot{Expires: at}).Expired(at.Add(-1)) {
		t.Error("a lot is gone at the instant it expires, and not before")
	}
}
