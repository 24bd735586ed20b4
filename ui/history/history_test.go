package history_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	past "jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
	"jandon/ui/history"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

var sizes = [][2]int{{0, 0}, {1, 1}, {40, 13}, {40, 16}, {79, 12}, {80, 21}, {100, 25}, {120, 37}, {250, 67}}

// trails makes a trail of three steps for every line, or refuses.
type trails struct{ err error }

func (t trails) Trail(_ context.Context, id string) ([]wallet.TrailStep, error) {
	if t.err != nil {
		return nil, t.err
	}
	at := kittest.Now()
	return []wallet.TrailStep{
		{At: at.AddDate(0, -2, 0), Transaction: "top", Type: wallet.Topup, Lot: "l", Kind: wallet.Prepaid, Merchant: "Bank", Amount: money.Won(10_000)},
		{At: at.AddDate(0, -1, 0), Transaction: "other", Type: wallet.Payment, Lot: "l", Kind: wallet.Prepaid, Merchant: "Shop", Amount: money.Won(-2_000)},
		{At: at, Transaction: id, Type: wallet.Payment, Lot: "l", Kind: wallet.Prepaid, Merchant: "Here", Amount: money.Won(-1_000)},
	}, nil
}

func weeks(t testing.TB, lang, arg string, w, h int) *kittest.Drive {
	t.Helper()
	return kittest.Start(history.New(kittest.Env(lang), kittest.Book(t, "everyday"), trails{}, arg), w, h)
}

// follow makes the page of the last visit that was asked for.
func follow(t testing.TB, d *kittest.Drive, book history.Source, w, h int) *kittest.Drive {
	t.Helper()
	if len(d.Visits) == 0 {
		t.Fatalf("there is no visit to follow from\n%s", d.Frame())
	}
	return kittest.Start(history.New(kittest.Env("en"), book, trails{}, d.Visits[len(d.Visits)-1].Arg), w, h)
}

func has(t *testing.T, d *kittest.Drive, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

func lacks(t *testing.T, d *kittest.Drive, nots ...string) {
	t.Helper()
	for _, not := range nots {
		if strings.Contains(d.Frame(), not) {
			t.Errorf("there is %q in\n%s", not, d.Frame())
		}
	}
}

func TestEveryFrameFitsItsWindow(t *testing.T) {
	t.Parallel()
	everyday, ctx := kittest.Book(t, "everyday"), context.Background()
	bills, _ := everyday.Settlements(ctx)
	alerts, _ := everyday.Alerts(ctx)
	rows, _ := everyday.Rows(ctx, past.Query{}, past.Window{Older: true, Limit: 1})
	cases := map[string]struct {
		book *past.Book
		args []string
	}{
		"everyday":  {everyday, []string{"", "find=coffee", "bill=" + bills[0].ID, "alert=" + alerts[0].ID, "tx=" + rows.Rows[0].ID, "tx=gone", "week=2026-W40", "week=nonsense"}},
		"creator":   {kittest.Book(t, "creator"), []string{"", "find=tip"}},
		"empty":     {kittest.Book(t, "empty"), []string{"", "find=x"}},
		"statement": {past.NewBook(kittest.Many(3000), past.BookOptions{Zone: kittest.Seoul()}), []string{"", "tx=t0000003"}},
		"hostile":   {hostile(), []string{"", "tx=t0000000", "tx=t0000003", "bill=b", "alert=a"}},
	}
	intents := []kit.Intent{kit.Down, kit.PageDown, kit.Next, kit.Down, kit.Open, kit.Next, kit.Bottom, "next_by", kit.Open, "week_before", kit.Find, kit.Up}
	for name, c := range cases {
		for _, lang := range []string{"en", "ko"} {
			for _, arg := range c.args {
				d := kittest.Start(history.New(kittest.Env(lang), c.book, trails{}, arg), 80, 21)
				for _, size := range sizes {
					d.Resize(size[0], size[1])
					for i := range len(intents) + 1 {
						if err := d.Check(); err != nil {
							t.Fatalf("%s %q in %s at %v after %v: %v", name, arg, lang, size, intents[:i], err)
						}
						if i < len(intents) {
							d.Do(intents[i])
						}
					}
					d.Type("가 a>\x1b")
				}
			}
		}
	}
}

func TestWeekSaysWhatItCameTo(t *testing.T) {
	t.Parallel()
	ctx, week := context.Background(), past.Week{Monday: past.DateOf(2026, 11, 2)}
	book := kittest.Book(t, "everyday")
	totals, _ := book.Weeks(ctx, week.Add(-1), week, past.ByNothing)
	style, now, before := money.Style{}, totals[1], totals[0]
	for _, size := range [][2]int{{40, 13}, {80, 21}, {120, 37}} {
		d := weeks(t, "en", "week=2026-W45", size[0], size[1])
		has(t, d, "Week 45", "2–8 Nov", style.Format(money.Won(now.Spent)))
		if size[0] >= 80 {
			word := "more"
			if now.Spent < before.Spent {
				word = "less"
			}
			has(t, d, word+" than the week before", "than usual (", fmt.Sprintf("%d charges", now.Count), "received")
		}
	}
}

func TestWeeksAreWalked(t *testing.T) {
	t.Parallel()
	d := weeks(t, "en", "", 80, 21)
	has(t, d, "This week")
	d.Do("week_after")
	has(t, d, "This week") // there is no later one
	d.Do("week_before", "week_before")
	has(t, d, "Week 45", "2–8 Nov 2026")
	d.Do("week_after")
	has(t, d, "Week 46")
	d.Do("this_week")
	has(t, d, "This week")
	for _, b := range d.Page.Keys() {
		if b.Intent == "week_after" && b.Off == "" {
			t.Error("the key for a later week does not say why it can't")
		}
	}
}

func TestWeekIsPickedByTyping(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"2026-W40": "Week 40", "w40": "Week 40", "40": "Week 40", "2026-10-01": "Week 40", "2099-W01": "This week"} {
		d := weeks(t, "en", "", 80, 21)
		d.Do("pick_week")
		if !d.Page.(kit.Typist).Typing() {
			t.Fatal("it does not take text")
		}
		d.Type(text + "\n")
		has(t, d, want)
		if d.Page.(kit.Typist).Typing() {
			t.Errorf("%q: it still takes text", text)
		}
	}
	d := weeks(t, "en", "", 80, 21)
	d.Do("pick_week")
	d.Type("2026-W60\n")
	has(t, d, "2026-W60", "This week")
	if !d.Page.(kit.Typist).Typing() {
		t.Error("a wrong week closed the field, so that it can't be mended")
	}
	d.Type("\x1b")
	lacks(t, d, "2026-W60")
}

func TestDayAndGroupNarrowTheList(t *testing.T) {
	t.Parallel()
	ctx, book := context.Background(), kittest.Book(t, "everyday")
	for _, size := range [][2]int{{40, 13}, {80, 21}, {120, 37}} {
		d := weeks(t, "en", "week=2026-W45", size[0], size[1])
		whole := d.Frame()
		d.Do(kit.Next, kit.Down, kit.Down, kit.Open)
		day := past.DateOf(2026, 11, 4)
		sum, _ := book.Totals(ctx, past.Query{}.Between(day, day))
		has(t, d, "Wed 4 Nov", fmt.Sprintf("%d lines", sum.Lines))
		d.Do(kit.Next, kit.Open)
		groups, _ := book.Groups(ctx, day-2, day+4, past.ByCategory)
		both, _ := book.Totals(ctx, past.Query{}.In(past.ByCategory, groups[0].Name).Between(day, day))
		has(t, d, "Wed 4 Nov · ", fmt.Sprintf("%d line", both.Lines))
		d.Do(kit.Back)
		has(t, d, fmt.Sprintf("%d lines", sum.Lines))
		d.Do(kit.Back)
		if d.Frame() != whole {
			t.Errorf("at %v it came back to\n%s\nfrom\n%s", size, d.Frame(), whole)
		}
	}
}

func TestGroupsGoThroughTheDimensions(t *testing.T) {
	t.Parallel()
	d := weeks(t, "en", "", 120, 37)
	for _, want := range []string{"By category", "By merchant", "By issuer", "By kind", "By category"} {
		has(t, d, want)
		d.Do("next_by")
	}
}

func TestSearchIsLiveOverTheWholeHistory(t *testing.T) {
	t.Parallel()
	ctx, book := context.Background(), kittest.Book(t, "everyday")
	d := weeks(t, "en", "", 80, 21)
	d.Do(kit.Find)
	for i := range "coffee" {
		d.Type("coffee"[i : i+1])
		q, _ := past.ParseQuery("coffee"[:i+1], money.KRW)
		sum, _ := book.Totals(ctx, q)
		has(t, d, fmt.Sprintf("%d lines", sum.Lines))
	}
	d.Type(" >=4500\n")
	q, _ := past.ParseQuery("coffee >=4500", money.KRW)
	sum, _ := book.Totals(ctx, q)
	has(t, d, "/ coffee >=4500", fmt.Sprintf("%d lines", sum.Lines), money.Style{}.Format(money.Won(sum.Spent))+" spent")
	d.Do(kit.Find)
	d.Type("\x1b")
	has(t, d, "This week")
	lacks(t, d, "coffee >=")
}

func TestSearchErrorNamesThePart(t *testing.T) {
	t.Parallel()
	d := weeks(t, "en", "", 80, 21)
	d.Do(kit.Find)
	d.Type("coffee >")
	has(t, d, "not clear at >;", "Hill Coffee") // what was found stays
	d.Type("=4000")
	has(t, d, "lines")
	lacks(t, d, "not clear")
	d.Type(" kind:x")
	has(t, d, "kind:x", "kind:prepaid")
	lacks(t, d, "Nothing found")
	d.Type("\x1b")
	lacks(t, d, "kind:x")
}

// Answers that come in the wrong order leave what was asked for last.
func TestOlderAnswersAreDropped(t *testing.T) {
	t.Parallel()
	ctx, book := context.Background(), kittest.Book(t, "everyday")
	d := weeks(t, "en", "", 80, 21)
	d.Do(kit.Find)
	d.Held = true
	d.Type("coffee")
	d.Split()
	d.Late()
	d.Release(true)
	q, _ := past.ParseQuery("coffee", money.KRW)
	sum, _ := book.Totals(ctx, q)
	has(t, d, fmt.Sprintf("%d lines", sum.Lines), "/ coffee")
}

// broken refuses reads until it is mended.
type broken struct {
	*past.Book
	off bool
}

func (b *broken) fail() error { return fault.New(fault.StoreDamaged, "file", "store.db") }

func (b *broken) Rows(ctx context.Context, q past.Query, w past.Window) (past.Page, error) {
	if b.off {
		return past.Page{}, b.fail()
	}
	return b.Book.Rows(ctx, q, w)
}

func (b *broken) Span(ctx context.Context) (past.Span, error) {
	if b.off {
		return past.Span{}, b.fail()
	}
	return b.Book.Span(ctx)
}

func (b *broken) Transaction(ctx context.Context, id string) (wallet.Transaction, error) {
	if b.off {
		return wallet.Transaction{}, b.fail()
	}
	return b.Book.Transaction(ctx, id)
}

func TestFailureSaysSoAndRetries(t *testing.T) {
	t.Parallel()
	for _, arg := range []string{"", "find=coffee", "tx=" + anyLine(t)} {
		src := &broken{kittest.Book(t, "everyday"), true}
		d := kittest.Start(history.New(kittest.Env("en"), src, nil, arg), 80, 21)
		has(t, d, "store.db")
		src.off = false
		d.Do(kit.Retry)
		lacks(t, d, "store.db")
		has(t, d, "₩")
		src.off = true
		d.Send(kit.Changed{})
		has(t, d, "₩") // what was read before stays
	}
}

func TestSlowReadsSaySoAfterAMoment(t *testing.T) {
	t.Parallel()
	for _, arg := range []string{"", "tx=" + anyLine(t)} {
		d := kittest.StartHeld(history.New(kittest.Env("en"), kittest.Book(t, "everyday"), trails{}, arg), 80, 21, true)
		lacks(t, d, "₩", "…")
		early := d.Frame()
		d.Split()
		d.Late()
		if d.Frame() == early {
			t.Errorf("%q: a slow read is not mentioned in\n%s", arg, early)
		}
		d.Release(false)
		has(t, d, "₩")
	}
}

func TestHiddenAmountsShowNoDigits(t *testing.T) {
	t.Parallel()
	env, book := kittest.Env("en"), kittest.Book(t, "everyday")
	env.Hidden = true
	bills, _ := book.Settlements(context.Background())
	for _, arg := range []string{"", "find=coffee", "tx=" + anyLine(t), "bill=" + bills[0].ID} {
		d := kittest.Start(history.New(env, book, trails{}, arg), 120, 37)
		lacks(t, d, "₩")
	}
}

func TestClickChoosesThenOpens(t *testing.T) {
	t.Parallel()
	d := weeks(t, "en", "", 120, 37)
	d.Send(kit.Click{X: 10, Y: 14})
	if len(d.Visits) != 0 {
		t.Fatalf("one click went to %v", d.Visits)
	}
	d.Send(kit.Click{X: 10, Y: 14})
	if len(d.Visits) != 1 || !strings.HasPrefix(d.Visits[0].Arg, "tx=") {
		t.Fatalf("two clicks went to %v", d.Visits)
	}
	d.Send(kit.Click{X: 10, Y: 5}) // Tuesday
	has(t, d, "Tue 17 Nov")
	d.Send(kit.Click{X: 999, Y: -1})
}

// A statement that ended long ago opens on its last week.
func TestOldHistoryOpensWhereItEnds(t *testing.T) {
	t.Parallel()
	tx := kittest.Many(50)
	for i := range tx {
		tx[i].At = tx[i].At.AddDate(-1, 0, 0)
	}
	d := kittest.Start(history.New(kittest.Env("en"), past.NewBook(tx, past.BookOptions{Zone: kittest.Seoul()}), nil, ""), 80, 21)
	has(t, d, "Week 47", "2025", "Shop")
	d.Do("this_week")
	has(t, d, "This week", "Nothing happened here")
}

// A visit that begins with a search that can't be understood can be mended.
func TestVisitWithABadSearch(t *testing.T) {
	t.Parallel()
	d := weeks(t, "en", url.Values{"find": {"kind:x"}}.Encode(), 80, 21)
	has(t, d, "kind:x", "kind:prepaid")
	d.Send(kit.Changed{})
	d.Do(kit.Down, kit.Bottom, kit.Retry, kit.Open, kit.Find)
	d.Type("y")
	has(t, d, "kind:xy")
}

// Whatever a person does, the frame fits and holds nothing that it may not.
func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	book, ctx := kittest.Book(t, "everyday"), context.Background()
	bills, _ := book.Settlements(ctx)
	args := []string{"", "find=coffee", "bill=" + bills[0].ID, "tx=" + anyLine(t), "day=2026-11-18"}
	intents := []kit.Intent{
		kit.Up, kit.Down, kit.PageUp, kit.PageDown, kit.Top, kit.Bottom, kit.Open, kit.Back, kit.Retry, kit.Next, kit.Previous, kit.Find,
		"week_before", "week_after", "this_week", "pick_week", "next_by", "open_bill",
	}
	rapid.Check(t, func(r *rapid.T) {
		page := history.New(kittest.Env(rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang")), book, trails{}, rapid.SampledFrom(args).Draw(r, "arg"))
		d := kittest.Start(page, 80, 21)
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			switch rapid.IntRange(0, 4).Draw(r, "kind") {
			case 0:
				d.Resize(rapid.IntRange(0, 260).Draw(r, "w"), rapid.IntRange(0, 80).Draw(r, "h"))
			case 1:
				d.Type(rapid.StringOfN(rapid.SampledFrom([]rune("a가 >=1:\"k\n\x1b")), 0, 6, -1).Draw(r, "text"))
			case 2:
				d.Send(kit.Click{X: rapid.IntRange(-2, 130).Draw(r, "x"), Y: rapid.IntRange(-2, 60).Draw(r, "y")})
			default:
				d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
			if typist, ok := page.(kit.Typist); ok && typist.Typing() {
				typist.Caret()
			}
		}
	})
}

func anyLine(t testing.TB) string {
	t.Helper()
	page, err := kittest.Book(t, "everyday").Rows(context.Background(), past.Query{Type: wallet.Payment}, past.Window{Older: true, Limit: 1})
	if err != nil || len(page.Rows) == 0 {
		t.Fatal("no line", err)
	}
	return page.Rows[0].ID
}

// hostile is a book of names that try to break out, as they are after the filter.
func hostile() *past.Book {
	names := []string{
		"\x1b[31mred\x1b]0;title\a", "a\u202egnp.exe", "z\u0351\u0352\u0353\u0354\u0355\u0356algo", strings.Repeat("가", 10_000), "\u200b\u200b", "👩‍👩‍👧‍👦 family", "한\u0085글",
	}
	tx := kittest.Many(400)
	for i := range tx {
		name := safe.Text(names[i%len(names)])
		tx[i].Merchant, tx[i].Category, tx[i].Reason, tx[i].Issuer, tx[i].Channel, tx[i].Contact, tx[i].Order = name, name, name, name, name, name, name
		tx[i].Settlement = "b"
		if i%3 == 0 {
			tx[i].Amount = money.Of(-1<<62, "XXX")
		}
	}
	long := safe.Text(names[3])
	return past.NewBook(tx, past.BookOptions{
		Zone:        kittest.Seoul(),
		Settlements: []wallet.Settlement{{ID: "b", Issuer: long, Total: money.Won(1 << 60), Disclosure: []wallet.Disclosure{{Who: long, What: long, Why: long}}}},
		Alerts:      []wallet.Alert{{ID: "a", Kind: wallet.AlertDoubleCharge, Merchant: long, Transactions: []string{"t0000000", "t0000001"}}},
	})
}
