package pace_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/pace"
)

var sizes = [][2]int{{0, 0}, {1, 1}, {40, 14}, {40, 16}, {80, 20}, {120, 36}, {250, 66}}

func bookOf(list ...wallet.Transaction) *history.Book {
	return history.NewBook(list, history.BookOptions{Zone: kittest.Seoul()})
}

// weekly are charges of one size on each of the last n weeks' Wednesdays.
func weekly(name string, n int, minor int64) (list []wallet.Transaction) {
	for i := range n {
		list = append(list, wallet.Transaction{
			ID: name + string(rune('a'+i)), At: kittest.Now().AddDate(0, 0, -4-7*(i+1)), Type: wallet.Payment,
			Amount: money.Won(-minor), Merchant: name, Category: "cafe", Kind: wallet.CarrierCredit,
		})
	}
	return list
}

func open(source pace.Source, lang string, w, h int) *kittest.Drive {
	return kittest.Start(pace.New(kittest.Env(lang), source, pace.Options{PhoneBill: money.Won(20_000)}), w, h)
}

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

// V11: ₩7,000 a week is ₩365,000 a year.
func TestWhatItComesTo(t *testing.T) {
	t.Parallel()
	d := open(bookOf(append(weekly("Latte", 16, 7_000), weekly("Gum", 2, 700)...)...), "en", 80, 24)
	has(t, d, "from the last 8 whole weeks, 21 Sep – 15 Nov", "Latte", "₩7,000", "₩30,417", "₩365,000", "By merchant", "₩374,125 a year")
	if frame := d.Frame(); strings.Index(frame, "Latte") > strings.Index(frame, "Gum") {
		t.Errorf("the order is\n%s", frame)
	}
	d.Do("next_window")
	has(t, d, "from the last 15 whole weeks")
	d.Do("next_window")
	has(t, d, "from the last 4 whole weeks", "₩383,250 a year")
	d.Do("next_by")
	has(t, d, "By category", "Café")
	d.Do(kit.Down, kit.Down, kit.Open)
	arg, _ := url.ParseQuery(d.Visits[0].Arg)
	if q, err := history.ParseQuery(arg.Get("find"), money.KRW); err != nil || q.Category != "cafe" {
		t.Errorf("it leads to %v, %v", d.Visits, err)
	}
}

// Small charges of this month stand against the limit; half of it is a warning.
func TestThePhoneBillPilesUp(t *testing.T) {
	t.Parallel()
	d := open(bookOf(weekly("Latte", 3, 4_000)...), "en", 80, 24) // two of them in November
	has(t, d, "On the phone bill this month", "40% of ₩20,000", "2 charges of ₩5,000 or less make ₩8,000 of it.")
	calm := d.Page.View()
	d = open(bookOf(weekly("Latte", 3, 5_000)...), "en", 80, 24)
	has(t, d, "50% of ₩20,000")
	warn := kittest.Env("en").Theme.Warn.Render("50% of ₩20,000")
	if !strings.Contains(d.Page.View(), warn) || strings.Contains(calm, kittest.Env("en").Theme.Warn.Render("40% of ₩20,000")) {
		t.Error("half of the limit is no warning, or less is")
	}
	bare := kittest.Start(pace.New(kittest.Env("en"), bookOf(weekly("Latte", 3, 5_000)...), pace.Options{}), 80, 24)
	if strings.Contains(bare.Frame(), "% of") {
		t.Errorf("without a limit there is a share of it:\n%s", bare.Frame())
	}
}

// A merchant printed in several ways is one row, and leads to all of its lines.
func TestMerchantUnderAllItsNames(t *testing.T) {
	t.Parallel()
	list := append(weekly("WAVE MUSIC SEOUL", 8, 3_000), weekly("KCP*Wave Music", 8, 4_000)...)
	book := bookOf(append(list, weekly("Gum", 2, 700)...)...)
	d := open(book, "en", 80, 24)
	has(t, d, "Wave Music", "₩7,000", "₩365,000")
	if strings.Contains(d.Frame(), "SEOUL") || strings.Contains(d.Frame(), "KCP") {
		t.Errorf("it is listed as printed:\n%s", d.Frame())
	}
	d.Do(kit.Down, kit.Down, kit.Open)
	if len(d.Visits) != 1 {
		t.Fatalf("it leads to %v", d.Visits)
	}
	arg, _ := url.ParseQuery(d.Visits[0].Arg)
	q, err := history.ParseQuery(arg.Get("find"), money.KRW)
	if err != nil {
		t.Fatal(err)
	}
	if sum, err := book.Totals(t.Context(), q); err != nil || sum.Count != 16 || sum.Spent != 8*7_000 {
		t.Errorf("%q finds %+v, %v", arg.Get("find"), sum, err)
	}
}

func TestYoungAndEmptyHistories(t *testing.T) {
	t.Parallel()
	has(t, open(bookOf(), "en", 80, 24), "no whole week yet")
	now := wallet.Transaction{ID: "x", At: kittest.Now(), Type: wallet.Payment, Amount: money.Won(-500), Merchant: "Gum", Kind: wallet.Prepaid}
	has(t, open(bookOf(now), "ko", 80, 24), "아직 한 주가")
}

// broken fails while it is said to.
type broken struct {
	*history.Book
	fail bool
}

func (b *broken) Groups(ctx context.Context, from, to history.Day, by history.Dimension) ([]history.Group, error) {
	if b.fail {
		return nil, fault.New(fault.StoreDamaged, "file", "store.db")
	}
	return b.Book.Groups(ctx, from, to, by)
}

func TestFailedAndSlow(t *testing.T) {
	t.Parallel()
	s := &broken{Book: bookOf(weekly("Latte", 9, 7_000)...), fail: true}
	d := open(s, "en", 80, 24)
	has(t, d, "store.db", "try again")
	s.fail = false
	d.Do(kit.Retry)
	has(t, d, "Latte")
	s.fail = true
	d.Send(kit.Changed{})
	has(t, d, "Latte", "Not up to date")
	d = kittest.StartHeld(pace.New(kittest.Env("en"), s, pace.Options{}), 80, 24, true)
	d.Split()
	d.Late()
	has(t, d, "Reading")
}

func TestHiddenAmounts(t *testing.T) {
	t.Parallel()
	env := kittest.Env("en")
	env.Hidden = true
	d := kittest.Start(pace.New(env, kittest.Book(t, "everyday"), pace.Options{PhoneBill: money.Won(20_000)}), 120, 40)
	if strings.Contains(d.Frame(), "₩") {
		t.Errorf("an amount shows in\n%s", d.Frame())
	}
}

// Not parallel: it reads what the whole process allocated.
func TestFrameIsCheap(t *testing.T) {
	if got := open(kittest.Book(t, "everyday"), "en", 120, 36).BytesPerPress(kit.Down, kit.Up); got > 32<<10 {
		t.Errorf("a key press allocates %d bytes; a whole frame may take 64 KiB, and half is the shell's", got)
	}
}

func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	books := []*history.Book{kittest.Book(t, "everyday"), kittest.Book(t, "creator"), bookOf(weekly(safe.Text("\u0085\u202e긴이름긴이름긴이름긴이름긴이름긴이름"), 12, 900_000_000_000_000)...)}
	intents := []kit.Intent{kit.Up, kit.Down, kit.PageUp, kit.PageDown, kit.Top, kit.Bottom, kit.Open, kit.Retry, "next_window", "next_by"}
	rapid.Check(t, func(r *rapid.T) {
		d := open(books[rapid.IntRange(0, len(books)-1).Draw(r, "book")], rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang"), 80, 20)
		for range rapid.IntRange(1, 20).Draw(r, "keys") {
			if rapid.IntRange(0, 4).Draw(r, "what") == 0 {
				size := rapid.SampledFrom(sizes).Draw(r, "size")
				d.Resize(size[0], size[1])
			} else {
				d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
		}
	})
}
