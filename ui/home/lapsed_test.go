package home_test

import (
	"context"
	"strings"
	"testing"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/ui/home"
	"jandon/ui/kit/kittest"
)

// late is a book whose wallet has what lapsed, too.
type late struct {
	*history.Book
	claims []wallet.Claim
}

func (l late) Wallet(ctx context.Context) (wallet.Wallet, error) {
	w, err := l.Book.Wallet(ctx)
	w.Lapsed = l.claims
	return w, err
}

// What lapsed stands apart with its share and its last day, is no part of any
// sum, and is gone once its time is over.
func TestWhatLapsedStandsApartFromTheSums(t *testing.T) {
	t.Parallel()
	book, now := kittest.Book(t, "student"), kittest.Now()
	claim := func(id string, won int64, share int64, days int) wallet.Claim {
		l := wallet.Lot{ID: id, Issuer: "moonlight", Kind: wallet.Prepaid, Origin: "voucher", Granted: money.Won(won), Amount: money.Won(won), Received: now.AddDate(-2, 0, 0), Expires: now.AddDate(-1, 0, 0)}
		return wallet.Claim{Lot: l, Until: now.AddDate(0, 0, days), ShareBP: share}
	}
	with := late{book, []wallet.Claim{claim("a", 77_777, 9500, 700), claim("b", 5_551, 9000, 0)}}
	for _, size := range [][2]int{{40, 60}, {80, 60}, {120, 60}, {170, 60}} {
		d := kittest.Start(home.New(kittest.Env("en"), with, home.Options{}), size[0], size[1])
		frame := d.Frame()
		for _, want := range []string{"Expired, still claimable", "₩77,777", "95% can be claimed until"} {
			if !strings.Contains(frame, want) {
				t.Errorf("at %v there is no %q in\n%s", size, want, frame)
			}
		}
		if strings.Contains(frame, "₩5,551") {
			t.Errorf("at %v what is over is listed:\n%s", size, frame)
		}
		plain := kittest.Start(home.New(kittest.Env("en"), book, home.Options{}), size[0], size[1]).Frame()
		if sum := strings.Split(plain, "\n"); !strings.Contains(frame, strings.TrimSpace(sum[0])) {
			t.Errorf("at %v the total changed: %q", size, sum[0])
		}
	}
}
