package home_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// A merchant printed in several ways is one habit, and leads to all of its lines.
func TestHabitUnderAllItsNames(t *testing.T) {
	t.Parallel()
	var list []wallet.Transaction
	for i := range 18 {
		name := []string{"WAVE MUSIC SEOUL", "KCP*Wave Music"}[i%2]
		at := kittest.Now().AddDate(0, 0, -4-7*(i/2+1))
		list = append(list, wallet.Transaction{ID: "t" + strconv.Itoa(i), At: at, Type: wallet.Payment, Amount: money.Won(-3_500), Merchant: name})
	}
	book := history.NewBook(list, history.BookOptions{Zone: kittest.Seoul()})
	d := kittest.Start(home.New(kittest.Env("en"), book, home.Options{}), 120, 37)
	frame := d.Frame()
	if !strings.Contains(frame, "Wave Music") || strings.Contains(frame, "KCP*") || !strings.Contains(frame, "₩365,000") {
		t.Fatalf("it is listed as printed:\n%s", frame)
	}
	for range 60 {
		if chosen(d, "Wave Music") {
			break
		}
		d.Do(kit.Down)
	}
	d.Do(kit.Open)
	if len(d.Visits) != 1 {
		t.Fatalf("it leads to %v", d.Visits)
	}
	arg, _ := url.ParseQuery(d.Visits[0].Arg)
	q, err := history.ParseQuery(arg.Get("find"), money.KRW)
	if err != nil {
		t.Fatal(err)
	}
	if sum, err := book.Totals(t.Context(), q); err != nil || sum.Count != 18 {
		t.Errorf("%q finds %+v, %v", arg.Get("find"), sum, err)
	}
}
