package home_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

var sizes = [][2]int{{0, 0}, {1, 1}, {40, 13}, {40, 16}, {79, 12}, {80, 21}, {100, 25}, {120, 37}, {170, 50}, {250, 67}}

func TestEveryFrameFitsItsWindow(t *testing.T) {
	t.Parallel()
	books := map[string]*history.Book{
		"everyday": kittest.Book(t, "everyday"), "student": kittest.Book(t, "student"), "creator": kittest.Book(t, "creator"),
		"empty": kittest.Book(t, "empty"), "statement": statement(), "hostile": hostile(),
	}
	for name, book := range books {
		for _, lang := range []string{"en", "ko"} {
			page := home.New(kittest.Env(lang), book, home.Options{PhoneBill: money.Won(100_000)})
			d := kittest.Start(page, 80, 21)
			for _, size := range sizes {
				d.Resize(size[0], size[1])
				for i := range 12 {
					if err := d.Check(); err != nil {
						t.Fatalf("%s in %s at %v after %d keys: %v", name, lang, size, i, err)
					}
					d.Do([]kit.Intent{kit.Down, kit.Next, "right", kit.PageDown, kit.Up, "left", kit.Bottom, kit.Top}[i%8])
				}
			}
		}
	}
}

// The sums on the page are those of the wallet and of the week, to the won.
func TestSumsAreTheWallets(t *testing.T) {
	t.Parallel()
	book := kittest.Book(t, "everyday")
	w, _ := book.Wallet(context.Background())
	var total int64
	for _, l := range w.Lots {
		total += l.Amount.Minor
	}
	week := history.WeekOf(history.DayOf(kittest.Now(), kittest.Seoul()))
	weeks, _ := book.Weeks(context.Background(), week, week, history.ByNothing)
	style := money.Style{}
	for _, size := range [][2]int{{40, 13}, {80, 21}, {120, 37}} {
		frame := kittest.Start(home.New(kittest.Env("en"), book, home.Options{}), size[0], size[1]).Frame()
		for _, want := range []string{style.Format(money.Won(total)), style.Format(money.Won(weeks[0].Spent)), "This week", "Expiring", "Worth a look"} {
			if !strings.Contains(frame, want) {
				t.Errorf("at %v there is no %q in\n%s", size, want, frame)
			}
		}
	}
}

func TestIssuersAddUpToTheTotal(t *testing.T) {
	t.Parallel()
	d := kittest.Start(home.New(kittest.Env("en"), kittest.Book(t, "everyday"), home.Options{}), 120, 60)
	sums := map[string]int64{}
	section := ""
	for _, line := range strings.Split(d.Frame(), "\n") {
		left := strings.TrimRight(cells(line, 0, 54), " ")
		switch {
		case strings.HasPrefix(left, "  By "):
			section = strings.TrimSpace(left)
		case left == "":
			section = ""
		case section != "" && !strings.HasPrefix(left, "    "):
			_, amount, _ := strings.Cut(left, "₩")
			if n, err := money.Parse(amount, money.KRW); err == nil {
				sums[section] += n.Minor
			}
		}
	}
	w, _ := kittest.Book(t, "everyday").Wallet(context.Background())
	var total int64
	for _, l := range w.Lots {
		total += l.Amount.Minor
	}
	if sums["By issuer"] != total || sums["By kind"] != total {
		t.Errorf("issuers come to %d, kinds to %d, the wallet to %d\n%s", sums["By issuer"], sums["By kind"], total, d.Frame())
	}
}

func TestEnterLeadsOn(t *testing.T) {
	t.Parallel()
	book := kittest.Book(t, "everyday")
	d := kittest.Start(home.New(kittest.Env("en"), book, home.Options{}), 120, 37)
	d.Do(kit.Open)
	if len(d.Visits) != 0 {
		t.Fatalf("nothing is chosen, yet it went to %v", d.Visits)
	}
	d.Do(kit.Down, kit.Open) // the first issuer
	d.Do("right", kit.Top, kit.Open)
	d.Do(kit.Down, kit.Open)
	want := []string{"find=issuer", "week=2026-W47", "day=2026-11-16"}
	if len(d.Visits) != len(want) {
		t.Fatalf("went to %v", d.Visits)
	}
	for i, v := range d.Visits {
		if v.Page != "history" || !strings.HasPrefix(v.Arg, want[i]) {
			t.Errorf("visit %d is %v, want %s…", i, v, want[i])
		}
	}
	arg, _ := url.ParseQuery(d.Visits[0].Arg)
	if q, err := history.ParseQuery(arg.Get("find"), money.KRW); err != nil || q.Issuer == "" {
		t.Errorf("the filter %q asks for %+v, %v", arg.Get("find"), q, err)
	}
}

func TestAlertsLeadToTheirEvidence(t *testing.T) {
	t.Parallel()
	d := kittest.Start(home.New(kittest.Env("en"), kittest.Book(t, "everyday"), home.Options{}), 80, 21)
	for range 40 {
		if chosen(d, "Charged twice?") {
			break
		}
		d.Do(kit.Down)
	}
	d.Do(kit.Open)
	if len(d.Visits) != 1 || !strings.HasPrefix(d.Visits[0].Arg, "alert=") {
		t.Fatalf("went to %v from\n%s", d.Visits, d.Frame())
	}
}

// An expiring lot opens in place, and Back is where it was opened from.
func TestLotOpensAndCloses(t *testing.T) {
	t.Parallel()
	d := kittest.Start(home.New(kittest.Env("en"), kittest.Book(t, "everyday"), home.Options{}), 80, 21)
	d.Do(kit.Next, kit.Next)
	before := d.Page.View()
	d.Do(kit.Open)
	for _, want := range []string{"Came from", "Last day", "What you can still do"} {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("no %q in\n%s", want, d.Frame())
		}
	}
	d.Do(kit.Open)
	if len(d.Visits) != 1 || d.Visits[0].Page != "cashout" || d.Visits[0].Arg == "" {
		t.Errorf("what the lot can become is at %v", d.Visits)
	}
	d.Do(kit.Down, kit.Open)
	if len(d.Visits) != 2 || !strings.HasPrefix(d.Visits[1].Arg, "tx=") {
		t.Errorf("the trail of the lot is at %v", d.Visits)
	}
	d.Do(kit.Back)
	if d.Page.View() != before {
		t.Errorf("it came back to\n%s", d.Frame())
	}
}

func TestEmptyWalletSaysWhatToDo(t *testing.T) {
	t.Parallel()
	d := kittest.Start(home.New(kittest.Env("ko"), kittest.Book(t, "empty"), home.Options{}), 80, 21)
	for _, want := range []string{"아직 아무것도 없어요", "jandon --from", "jandon demo"} {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("no %q in\n%s", want, d.Frame())
		}
	}
	for _, b := range d.Page.Keys() {
		if b.Intent == kit.Open && b.Off == "" {
			t.Error("it offers to choose a line where none is shown")
		}
	}
}

// A statement has lines but no balances: the weeks get the room, and none of
// the balances' sections is there.
func TestStatementGivesTheWeeksTheRoom(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 13}, {80, 21}, {120, 37}} {
		frame := kittest.Start(home.New(kittest.Env("en"), statement(), home.Options{}), size[0], size[1]).Frame()
		if !strings.Contains(frame, "A statement has no") || !strings.Contains(frame, "This week") {
			t.Errorf("at %v:\n%s", size, frame)
		}
		for _, not := range []string{"Total held", "Expiring", "By issuer"} {
			if strings.Contains(frame, not) {
				t.Errorf("at %v there is %q in\n%s", size, not, frame)
			}
		}
	}
}

func TestConcentrationIsSaidWithWhatToDo(t *testing.T) {
	t.Parallel()
	w := wallet.Wallet{
		Currency: money.KRW, Issuers: []wallet.Issuer{{ID: "a", Name: "Alpha"}, {ID: "b", Name: "Beta"}},
		Lots: []wallet.Lot{
			{ID: "1", Issuer: "a", Kind: wallet.Prepaid, Amount: money.Won(7_000)},
			{ID: "2", Issuer: "b", Kind: wallet.Earned, Amount: money.Won(3_000)},
		},
	}
	book := history.NewBook(kittest.Many(10), history.BookOptions{Zone: kittest.Seoul(), Wallet: w})
	say := "Alpha holds 70% of everything, more than 60%."
	for mark, want := range map[int]bool{60: true, 70: false} {
		frame := kittest.Start(home.New(kittest.Env("en"), book, home.Options{Concentration: mark}), 120, 37).Frame()
		if strings.Contains(frame, say) != want {
			t.Errorf("over %d%%: warned = %t, want %t\n%s", mark, !want, want, frame)
		}
		if want && !strings.Contains(frame, "Spend ₩1,000") {
			t.Errorf("no suggestion in\n%s", frame)
		}
	}
}

func TestHiddenAmountsShowNoDigits(t *testing.T) {
	t.Parallel()
	env := kittest.Env("en")
	env.Hidden = true
	for _, size := range [][2]int{{80, 40}, {120, 60}} {
		frame := kittest.Start(home.New(env, kittest.Book(t, "everyday"), home.Options{}), size[0], size[1]).Frame()
		if strings.Contains(frame, "₩") {
			t.Errorf("an amount shows in\n%s", frame)
		}
	}
}

// failing refuses some reads until it is healed.
type failing struct {
	*history.Book
	wallet, weeks bool
}

func (f *failing) Wallet(ctx context.Context) (wallet.Wallet, error) {
	if f.wallet {
		return wallet.Wallet{}, fault.New(fault.StoreDamaged, "file", "store.db")
	}
	return f.Book.Wallet(ctx)
}

func (f *failing) Span(ctx context.Context) (history.Span, error) {
	if f.weeks {
		return history.Span{}, fault.New(fault.StoreDamaged, "file", "store.db")
	}
	return f.Book.Span(ctx)
}

func TestFailureStaysInItsPlaceAndRetries(t *testing.T) {
	t.Parallel()
	src := &failing{Book: kittest.Book(t, "everyday"), wallet: true, weeks: true}
	d := kittest.Start(home.New(kittest.Env("en"), src, home.Options{}), 80, 21)
	if !strings.Contains(d.Frame(), "store.db") || strings.Contains(d.Frame(), "This week") {
		t.Fatalf("both reads failed:\n%s", d.Frame())
	}
	src.weeks = false
	d.Do(kit.Retry)
	if !strings.Contains(d.Frame(), "This week") || !strings.Contains(d.Frame(), "Not up to date") {
		t.Fatalf("one read failed:\n%s", d.Frame())
	}
	src.wallet = false
	d.Do(kit.Retry)
	if strings.Contains(d.Frame(), "Not up to date") || !strings.Contains(d.Frame(), "Total held") {
		t.Fatalf("all is well again:\n%s", d.Frame())
	}
	src.wallet = true
	d.Send(kit.Changed{})
	if !strings.Contains(d.Frame(), "Not up to date") || !strings.Contains(d.Frame(), "Expiring") {
		t.Errorf("what was read before must stay:\n%s", d.Frame())
	}
}

// A slow read shows nothing at first, then that it is reading; an answer to an
// older question is dropped.
func TestSlowAndStaleReads(t *testing.T) {
	t.Parallel()
	page := home.New(kittest.Env("en"), kittest.Book(t, "everyday"), home.Options{})
	d := kittest.StartHeld(page, 80, 21, true)
	if frame := strings.TrimSpace(d.Frame()); frame != "" {
		t.Errorf("too early: %q", frame)
	}
	d.Split()
	d.Late()
	if strings.TrimSpace(d.Frame()) == "" {
		t.Error("a slow read is not mentioned")
	}
	old := kit.Answer[home.Spent]{From: "home.spent", Run: 0}
	d.Send(old)
	if strings.Contains(d.Frame(), "This week") {
		t.Errorf("a stale answer was taken:\n%s", d.Frame())
	}
	d.Release(true)
	if !strings.Contains(d.Frame(), "This week") {
		t.Errorf("the answers came:\n%s", d.Frame())
	}
}

// A new day reads anew; a redraw on the same day does not.
func TestMidnightReadsAnew(t *testing.T) {
	t.Parallel()
	env := kittest.Env("en")
	d := kittest.Start(home.New(env, kittest.Book(t, "everyday"), home.Options{}), 80, 21)
	waits := len(d.Waits)
	d.Send(kit.Redraw{})
	if len(d.Waits) != waits {
		t.Error("it read again on the same day")
	}
	env.Now = env.Now.AddDate(0, 0, 1)
	d.Send(kit.Redraw{})
	if len(d.Waits) == waits || !strings.Contains(d.Frame(), "23–29 Nov") {
		t.Errorf("Monday shows\n%s", d.Frame())
	}
}

func TestClickChoosesThenOpens(t *testing.T) {
	t.Parallel()
	d := kittest.Start(home.New(kittest.Env("en"), kittest.Book(t, "everyday"), home.Options{}), 80, 21)
	d.Send(kit.Click{X: 5, Y: 2})
	if !chosen(d, "This week") || len(d.Visits) != 0 {
		t.Fatalf("a click chose\n%s", d.Frame())
	}
	d.Send(kit.Click{X: 5, Y: 2})
	if len(d.Visits) != 1 {
		t.Errorf("a second click went to %v", d.Visits)
	}
	d.Send(kit.Click{X: -3, Y: 99})
}

// Whatever a person does, the frame fits and holds nothing that it may not.
func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	books := []*history.Book{kittest.Book(t, "everyday"), kittest.Book(t, "creator"), statement()}
	intents := []kit.Intent{
		kit.Up, kit.Down, kit.PageUp, kit.PageDown, kit.Top, kit.Bottom, kit.Open, kit.Back, kit.Retry, kit.Next, kit.Previous, "left", "right",
	}
	rapid.Check(t, func(r *rapid.T) {
		page := home.New(kittest.Env(rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang")), rapid.SampledFrom(books).Draw(r, "book"), home.Options{})
		d := kittest.Start(page, 80, 21)
		for range rapid.IntRange(1, 15).Draw(r, "steps") {
			switch rapid.IntRange(0, 4).Draw(r, "kind") {
			case 0:
				d.Resize(rapid.IntRange(0, 260).Draw(r, "w"), rapid.IntRange(0, 80).Draw(r, "h"))
			case 1:
				d.Send(kit.Click{X: rapid.IntRange(-2, 260).Draw(r, "x"), Y: rapid.IntRange(-2, 80).Draw(r, "y")})
			case 2:
				d.Send(kit.Changed{})
			default:
				d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
		}
	})
}

// chosen reports whether a line with a text has the ink of the chosen one.
func chosen(d *kittest.Drive, text string) bool {
	mark, _, _ := strings.Cut(kit.NewTheme(true, true).Chosen.Render("x"), "x")
	for _, line := range strings.Split(d.Page.View(), "\n") {
		if strings.Contains(line, text) && strings.Contains(line, mark) {
			return true
		}
	}
	return false
}

func cells(line string, from, to int) string {
	var b strings.Builder
	at := 0
	for _, r := range line {
		if at >= from && at < to {
			b.WriteRune(r)
		}
		at += kit.Width(string(r))
	}
	return b.String()
}

func statement() *history.Book {
	return history.NewBook(kittest.Many(2000), history.BookOptions{Zone: kittest.Seoul(), Currency: money.KRW})
}

// hostile is a book of names that try to break out, as they are after the filter.
func hostile() *history.Book {
	names := []string{
		"\x1b[31mred\x1b]0;title\a", "a\u202egnp.exe", "z\u0351\u0352\u0353\u0354\u0355\u0356algo", strings.Repeat("가", 10_000), "\u200b\u200b", "👩‍👩‍👧‍👦 family", "한\u0085글",
	}
	tx := kittest.Many(400)
	var w wallet.Wallet
	w.Currency = money.KRW
	for i := range tx {
		name := safe.Text(names[i%len(names)])
		tx[i].Merchant, tx[i].Category, tx[i].Reason = name, name, name
	}
	var alerts []wallet.Alert
	for i, n := range names {
		name := safe.Text(n)
		id := fmt.Sprint(i)
		w.Issuers = append(w.Issuers, wallet.Issuer{ID: id, Name: name})
		w.Lots = append(w.Lots, wallet.Lot{
			ID: id, Issuer: id, Kind: wallet.Earned, Amount: money.Won(1 << 50), Origin: name, Received: kittest.Now(), Expires: kittest.Now().AddDate(0, 0, i+1),
		})
		alerts = append(alerts, wallet.Alert{ID: id, At: kittest.Now(), Kind: wallet.AlertKind(name), Merchant: name, Amount: money.Won(-1 << 60)})
	}
	return history.NewBook(tx, history.BookOptions{Zone: kittest.Seoul(), Wallet: w, Alerts: alerts})
}

// A key press costs the same however long the history is, and little.
func BenchmarkKeyPress(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			book := history.NewBook(kittest.Many(n), history.BookOptions{Zone: kittest.Seoul(), Currency: money.KRW})
			d := kittest.Start(home.New(kittest.Env("en"), book, home.Options{}), 120, 37)
			d.Do(kit.Down)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				d.Page.Update(context.Background(), kit.Do{Intent: []kit.Intent{kit.Down, kit.Up}[i%2]})
				d.Page.View()
			}
		})
	}
}

// Not parallel: it reads what the whole process allocated.
func TestFrameIsCheap(t *testing.T) {
	d := kittest.Start(home.New(kittest.Env("en"), kittest.Book(t, "everyday"), home.Options{}), 120, 37)
	d.Do(kit.Down)
	if got := d.BytesPerPress(kit.Down, kit.Up); got > 32<<10 {
		t.Errorf("a key press allocates %d bytes; a whole frame may take 64 KiB, and half is the shell's", got)
	}
}

// V5: when the review was last done is said, and leads there.
func TestLastReviewIsSaid(t *testing.T) {
	t.Parallel()
	last := kittest.Now().AddDate(0, 0, -6)
	opts := home.Options{Reviewed: func(context.Context) (time.Time, error) { return last, nil }}
	d := kittest.Start(home.New(kittest.Env("en"), kittest.Book(t, "everyday"), opts), 80, 60)
	if !strings.Contains(d.Frame(), "Last reviewed 16 Nov, 6 days ago") {
		t.Errorf("there is no last review in\n%s", d.Frame())
	}
	for range 40 {
		if chosen(d, "Last reviewed") {
			break
		}
		d.Do(kit.Down)
	}
	d.Do(kit.Open)
	if len(d.Visits) != 1 || d.Visits[0].Page != "review" {
		t.Errorf("it leads to %v", d.Visits)
	}
	last = time.Time{}
	d.Send(kit.Changed{})
	if !strings.Contains(d.Frame(), "Not reviewed yet") {
		t.Errorf("no review was done, and there is\n%s", d.Frame())
	}
}
