package cashout_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui/cashout"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(flat(d), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

func hasNot(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, unwanted := range list {
		if strings.Contains(flat(d), unwanted) {
			t.Errorf("there is %q in\n%s", unwanted, d.Frame())
		}
	}
}

var blanks = regexp.MustCompile(`\s+`)

// flat is a frame in one line, so that what is looked for may be wrapped.
func flat(d *kittest.Drive) string { return blanks.ReplaceAllString(d.Frame(), " ") }

func press(d *kittest.Drive, keys ...tea.KeyPressMsg) {
	for _, k := range keys {
		d.Send(k)
	}
}

var (
	enter     = tea.KeyPressMsg{Code: tea.KeyEnter}
	backspace = tea.KeyPressMsg{Code: tea.KeyBackspace}
)

func TestAnAmountIsTyped(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name string
		do   func(d *kittest.Drive)
		want int64
	}{
		{"digits", func(d *kittest.Drive) { d.Type("13300") }, 13_300},
		{"leading zeros", func(d *kittest.Drive) { d.Type("0007") }, 7},
		{"backspace", func(d *kittest.Drive) { d.Type("1234"); press(d, backspace) }, 123},
		{"Esc clears", func(d *kittest.Drive) { d.Type("1234\x1b") }, 0},
		{"a thousand more and less", func(d *kittest.Drive) { d.Type("500++-") }, 1_500},
		{"never below nothing", func(d *kittest.Drive) { d.Type("500--") }, 0},
		{"all that can go", func(d *kittest.Drive) { d.Type("a") }, 43_900},
		{"on a Korean layout", func(d *kittest.Drive) { d.Type("ㅁ") }, 43_900},
		{"wide digits of an input method", func(d *kittest.Drive) { d.Type("１３") }, 13},
		{"the keypad", func(d *kittest.Drive) { press(d, tea.KeyPressMsg{Code: tea.KeyKp1}, tea.KeyPressMsg{Code: tea.KeyKp0}) }, 10},
		{"more than can be planned is not taken", func(d *kittest.Drive) { d.Type("2000000009") }, 200_000_000},
		{"pasted with its sign", func(d *kittest.Drive) { d.Send(tea.PasteMsg{Content: " ₩1,300 "}) }, 1_300},
		{"pasted in Korean", func(d *kittest.Drive) { d.Send(tea.PasteMsg{Content: "1,300원"}) }, 1_300},
		{"words are no amount", func(d *kittest.Drive) { d.Type("5"); d.Send(tea.PasteMsg{Content: "1.5 or so"}) }, 5},
		{"letters are no digits", func(d *kittest.Drive) { d.Type("1zß한2") }, 12},
	} {
		d := open(some(t), kittest.Env("en"), 80, 20)
		x.do(d)
		if got := typed(d); got != x.want {
			t.Errorf("%s: %d, want %d", x.name, got, x.want)
		}
		if x.want > 0 && x.want < 40_000 {
			has(t, d, "Amount "+money.Style{}.Format(money.Won(x.want)))
		}
	}
}

func typed(d *kittest.Drive) int64 { return d.Page.(*cashout.Page).Typed() }

func TestOptionsStandSideBySide(t *testing.T) {
	t.Parallel()
	p := some(t)
	for _, size := range [][2]int{{80, 20}, {120, 36}, {40, 20}} {
		d := open(p, kittest.Env("en"), size[0], size[1])
		d.Type("13300")
		has(t, d, "Most value", "Fastest", "₩13,234", "₩13,034", "₩13,300 → ₩10,000 mobile top-up +")
		if size[0] >= 80 {
			has(t, d, "you keep given fees stays takes", "also leaves nothing over", "1 min", "30 sec")
		}
		d.Do(kit.Right)
		has(t, d, "₩13,300 → ₩13,034 book credit +")
		d.Do(kit.Left)
		has(t, d, "₩13,300 → ₩10,000 mobile top-up")
	}
}

// What was chosen is a goal: it stays chosen while the amount changes.
func TestTheChosenGoalStaysWhileTyping(t *testing.T) {
	t.Parallel()
	d := open(some(t), kittest.Env("en"), 80, 30)
	d.Type("133")
	has(t, d, "▸ Most value")
	d.Type("00")
	d.Do(kit.Right)
	d.Type("+")
	has(t, d, "▸ Fastest", "Amount ₩14,300")
	d.Type("0")
	has(t, d, "You hold")
	press(d, backspace)
	has(t, d, "▸ Fastest", "₩14,014 book credit")
}

var tableRow = regexp.MustCompile(`₩([\d,]+) +₩([\d,]+) +₩([\d,]+) +₩([\d,]+) +\d+ `)

// Every row of the table adds up to the amount, and no plan is of another one.
func TestAmountsShownAddUpToTheAmountTyped(t *testing.T) {
	t.Parallel()
	p := some(t)
	rapid.Check(t, func(r *rapid.T) {
		amount := rapid.Int64Range(1, 43_900).Draw(r, "amount")
		d := open(p, kittest.Env("en"), 80, 30)
		d.Type(strconv.FormatInt(amount, 10))
		rows := tableRow.FindAllStringSubmatch(d.Frame(), -1)
		if len(rows) == 0 {
			r.Fatalf("no row in\n%s", d.Frame())
		}
		for _, row := range rows {
			sum := int64(0)
			for _, cell := range row[1:] {
				n, err := strconv.ParseInt(strings.ReplaceAll(cell, ",", ""), 10, 64)
				if err != nil {
					r.Fatal(err)
				}
				sum += n
			}
			if sum != amount {
				r.Fatalf("%q comes to %d of %d", row[0], sum, amount)
			}
		}
		if !strings.Contains(flat(d), money.Style{}.Format(money.Won(amount))+" → ") {
			r.Fatalf("no sentence for %d in\n%s", amount, d.Frame())
		}
	})
}

func TestWhatCanNotGoSaysWhyByWhichRuleAndWhatHelps(t *testing.T) {
	t.Parallel()
	for lang, list := range map[string][]string{
		"en": {
			"What can't go, and why ₩18,300", "한강모바일 · Carrier credit ₩11,000", "bought on the phone bill", "ask the merchant for a refund", "1372",
			"[carrier_no_cash], in force since 22 Mar 2008", "제72조", "달빛게임즈 · Card-funded ₩6,600", "[card_no_cash]", "달빛게임즈 · Unknown ₩700", "[unknown_no_cash]",
		},
		"ko": {"나갈 수 없는 금액과 이유 ₩18,300", "휴대폰 요금으로 산 금액이라", "[carrier_no_cash], 2008년 3월 22일부터 시행"},
	} {
		d := open(some(t), kittest.Env(lang), 80, 70)
		has(t, d, list...)
		hasNot(t, d, "illegal", "crime", "불법", "범죄")
		d.Type("13300")
		has(t, d, list...)
	}
}

func TestWhatStaysSaysWhy(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := open(p, kittest.Env("en"), 80, 60)
	d.Type("50000")
	has(t, d, "₩6,100 of it can't go now and stay", "What stays, and why ₩6,100", "₩6,100 can't go at all now")
	d = open(p, kittest.Env("en"), 80, 60)
	d.Type("70000")
	has(t, d, "You hold ₩62,200: ₩7,800 is missing.", "What can't go")
	hasNot(t, d, "→ ₩", "Most value")
}

func TestOtherWaysAreNamedWhereTheyWin(t *testing.T) {
	t.Parallel()
	d := open(some(t), kittest.Env("en"), 80, 60)
	d.Type("13300")
	has(t, d, "Other ways that leave you more", "+₩66 Spend it instead, the first part before 30 Nov 2026, 20:00", "First to lapse: what you have at 골목페이")
	p := some(t) // on the day it came in, value waits for a bank transfer
	p.Wallet.Lots = []wallet.Lot{lot("n", "golmok", wallet.Earned, "tip", 800, 0)}
	p.Wallet.Lots[0].Received = kittest.Now().Add(-1)
	p.Limits.Linked["savings_jar"] = true
	p.Wallet.Lots[0].Amount, p.Wallet.Lots[0].Granted = money.Won(9_900), money.Won(9_900)
	d = open(p, kittest.Env("en"), 80, 60)
	d.Type("9900")
	has(t, d, "Wait until")
}

func TestWhatIsMissingIsSaidWithTheWayToIt(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.Limits.Linked = nil
	d := open(p, kittest.Env("en"), 80, 60)
	has(t, d, "With a linked destination you could also use: bank transfer, instant bank transfer, savings jar. Press l")
	d.Type("l")
	if len(d.Visits) != 1 || d.Visits[0] != (kit.Visit{Page: "destinations", Arg: "bank_transfer"}) {
		t.Errorf("l leads to %v", d.Visits)
	}
	p.Limits.Verified = false
	d = open(p, kittest.Env("en"), 80, 60)
	has(t, d, "A verified account could also use: bank transfer")
}

// What all ways together may take is said before the platform would refuse.
func TestMoreThanMayLeaveIsSaid(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.Limits.Total = act.RailLimit{Act: money.Won(8_000), Day: money.Won(50_000), UsedToday: money.Won(45_000)}
	d := open(p, kittest.Env("en"), 80, 60)
	d.Type("4000")
	hasNot(t, d, "All ways together may take")
	d = open(p, kittest.Env("en"), 80, 60)
	d.Type("9000")
	has(t, d, "All ways together may take ₩5,000 now.")
	press(d, tea.KeyPressMsg{Code: tea.KeyEnter}) // ends typing
	if !slices.ContainsFunc(d.Page.Keys(), func(b kit.Binding) bool { return b.Off == "cashout.key.over_total" }) {
		t.Error("a quote can be asked for all the same")
	}
	d = open(p, kittest.Env("en"), 80, 60)
	d.Type("a")
	has(t, d, "Amount ₩5,000", "All ways together may take ₩5,000 now.") // why all is not more
}

// Offline from the start, the preview stands on what was last told, and says
// how old that is; value does not move.
func TestThePreviewOfflineSaysItsAge(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.Limits.At = kittest.Now().Add(-5 * time.Hour)
	p.knowErr = fault.New(fault.Unreachable, "url", "https://wallet.example")
	p.askErr = p.knowErr
	d := open(p, kittest.Env("en"), 80, 60)
	d.Type("13300\n")
	has(t, d, "₩13,300 →", "limits of 15:00")
	d.Do("quote")
	has(t, d, "wallet.example", "₩13,300 →")
	if len(p.begun) > 0 {
		t.Error("something began")
	}
	p.Limits.At = time.Time{} // it never told any
	d = open(p, kittest.Env("en"), 80, 60)
	d.Type("13300")
	hasNot(t, d, "₩13,300 →")
}

// A visit from a lot begins with as much as it holds, once.
func TestALotBeginsTheAmount(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := kittest.Start(page(p, kittest.Env("en")).From("l2"), 80, 60)
	has(t, d, "Amount ₩4,870", "₩4,870 →")
	d.Do("amount", "clear")
	d.Send(kit.Changed{})
	hasNot(t, d, "₩4,870 →")
	d = kittest.Start(page(p, kittest.Env("en")).From("gone"), 80, 60)
	d.Type("99")
	has(t, d, "Amount ₩99")
}

// A lot that is gone at midnight can be used until the day before.
func TestTheLastDayOfALotIsADayOnWhichItCanBeUsed(t *testing.T) {
	t.Parallel()
	p := some(t)
	midnight := time.Date(2026, 12, 1, 0, 0, 0, 0, kittest.Seoul())
	p.Wallet.Lots = []wallet.Lot{lot("l1", "golmok", wallet.Earned, "reward", 5_000, 1)}
	p.Wallet.Lots[0].Expires = midnight
	d := open(p, kittest.Env("en"), 80, 40)
	has(t, d, "골목페이 · Earned · until 30 Nov")
}

func TestWhatIsToldOfAnotherAmountBeginsAbove(t *testing.T) {
	t.Parallel()
	d := open(some(t), kittest.Env("en"), 80, 24)
	d.Type("13300\n")
	d.Do(kit.Bottom)
	hasNot(t, d, "₩13,300 →")
	d.Do("amount")
	d.Type("133000")
	has(t, d, "₩133,000", "You hold")
	d.Send(tea.KeyPressMsg{Code: tea.KeyBackspace})
	has(t, d, "₩13,300 →")
}

func TestWhatPendingActsHoldIsNotOfferedAgain(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.Limits.Pinned = map[string]int64{"l1": 20_000, "l5": 2_000}
	d := open(p, kittest.Env("en"), 80, 60)
	has(t, d, "₩21,900 can go · ₩40,200 held", "₩22,000 is set aside for what is under way", "A pending act holds this value.")
	d.Type("a")
	has(t, d, "Amount ₩21,900")
}

// Value in other currencies is told of in its own.
func TestOtherCurrenciesStayApart(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.Wallet.Lots = append(p.Wallet.Lots, wallet.Lot{ID: "usd", Issuer: "moonlight", Kind: wallet.Prepaid, Origin: "bank_transfer", Amount: money.Of(1_999, money.USD), Granted: money.Of(1_999, money.USD)})
	d := open(p, kittest.Env("en"), 80, 70)
	has(t, d, "₩43,900 can go · ₩62,200 held", "What can't go, and why ₩18,300", "달빛게임즈 · Prepaid $19.99")
	hasNot(t, d, "1,999")
}

func TestNothingCanGo(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.Wallet.Lots = p.Wallet.Lots[5:]
	d := open(p, kittest.Env("en"), 80, 40)
	has(t, d, "₩0 can go", "Nothing of what you have can go now.", "[carrier_no_cash]")
	d.Type("a")
	has(t, d, "Amount ₩18,300", "None of this can go now.")
	d.Type("\n")
	d.Do("quote", "split")
	hasNot(t, d, "Split by hand")
	if len(p.asks) > 0 {
		t.Error("a quote was asked for what can't go")
	}
}

func TestHiddenAmountsShowNoDigitOfThem(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		for _, unit := range []money.Unit{money.Symbol, money.Word} {
			p, env := some(t), kittest.Env(lang)
			env.Style.Unit = unit
			d := open(p, env, 100, 90)
			d.Type("13300\n")
			env.Hidden = true
			look := func(where string) {
				d.Send(kit.Redraw{})
				for _, n := range []string{"13,300", "13300", "13,234", "3,300", "10,000", "43,900", "62,200", "11,000", "6,600", "2,700", "1,000", "5,000", "700원", "₩", " won"} {
					if strings.Contains(d.Frame(), n) {
						t.Errorf("%s in %s: %q shows in\n%s", where, lang, n, d.Frame())
					}
				}
			}
			look("preview")
			d.Do("split")
			look("split")
			d.Do(kit.Down, kit.Down, kit.Open)
			look("a row")
			d.Do("accept", kit.Back, "broker")
			look("broker")
			d.Do(kit.Back, "quote")
			look("quote")
			d.Send(kit.Wait{})
			d.Late()
			d.Do("yes")
			if len(p.begun) > 0 {
				t.Fatal("a cash-out was begun that could not be seen")
			}
			d.Do("no")
			p.askErr = fault.New(fault.OverLimit, "limit", "13300", "left", "700")
			d.Do("quote")
			look("a refusal")
		}
	}
}

func TestEveryCodeHasItsWords(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		for _, c := range []valuepath.Code{
			valuepath.NotEligible, valuepath.Expired, valuepath.TooEarly, valuepath.BelowMin, valuepath.OverLimit, valuepath.WholeUnits, valuepath.FeeExceeds,
			valuepath.Closed, valuepath.NotVerified, valuepath.NoDestination, valuepath.Held, valuepath.NotChosen, valuepath.Excluded, valuepath.TooMuch,
		} {
			if !kittest.Env(lang).Text.Has(cashout.Why(c)) {
				t.Errorf("%s: no word for %s", lang, c)
			}
		}
	}
}

func TestBrokerArithmetic(t *testing.T) {
	t.Parallel()
	d := open(some(t), kittest.Env("en"), 80, 40)
	d.Do("broker")
	hasNot(t, d, "broker would take")
	d.Type("10000c")
	has(t, d, "What a broker would take", "12 times a year", "15% 30%", "₩1,500 ₩3,000", "₩8,500 ₩7,000", "₩10,000 ₩10,000", "₩18,000 ₩36,000", "215% 521%",
		"Here you would keep", "2016")
	d.Do(kit.Right)
	has(t, d, "26 times a year", "₩39,000 ₩78,000")
	for range 9 {
		d.Do(kit.Left)
	}
	has(t, d, "once a year", "₩1,500 ₩3,000")
	d.Do(kit.Back)
	has(t, d, "Most value")
}

func TestTheMouseChoosesAnOption(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := open(p, kittest.Env("en"), 80, 30)
	d.Type("13300")
	at := func(word string) int {
		for y, line := range strings.Split(d.Frame(), "\n") {
			if strings.Contains(line, word) {
				return y
			}
		}
		t.Fatalf("no %q in\n%s", word, d.Frame())
		return 0
	}
	d.Send(kit.Click{X: 10, Y: at("  Fastest")})
	has(t, d, "▸ Fastest", "₩13,034 book credit")
	d.Send(kit.Click{X: 10, Y: at("Amount")})
	if !d.Page.(kit.Typist).Typing() {
		t.Error("a click into the amount does not lead there")
	}
	d.Send(kit.Click{X: 10, Y: at("▸ Fastest")})
	if len(p.asks) > 0 {
		t.Error("the first click asks for a quote already")
	}
	d.Send(kit.Click{X: 10, Y: at("▸ Fastest")})
	has(t, d, "Quote", "Cash this out?")
}
