package cashout_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"jandon/internal/money"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// splitting is a page on which a path is being edited by hand.
func splitting(t *testing.T, p *platform, amount string) *kittest.Drive {
	t.Helper()
	d := open(p, kittest.Env("en"), 80, 50)
	d.Type(amount + "\n")
	d.Do("split")
	has(t, d, "Split by hand")
	return d
}

func TestASplitBeginsWithTheChosenPath(t *testing.T) {
	t.Parallel()
	d := splitting(t, some(t), "13300")
	has(t, d, "all of it has a place", "mobile top-up ₩10,000 1 min", "book credit ₩3,300 fee ₩66 · 30 sec", "savings jar no destination", "from ₩5,000, by ₩100")
	hasNot(t, d, "voucher", "refund to source") // nothing here is for them
}

func TestASplitByHandIsCheckedAsItIsTyped(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := splitting(t, p, "13300")
	d.Do(kit.Open)
	if !d.Page.(kit.Typist).Typing() {
		t.Fatal("no key goes to the row")
	}
	press(d, backspace, backspace)
	has(t, d, "mobile top-up ₩100", "too little", "Mobile top-up takes ₩1,000 or more", "₩9,900 without a place")
	press(d, backspace, backspace, backspace)
	d.Type("9000")
	has(t, d, "mobile top-up ₩9,000 1 min", "▸ Your own split", "₩1,000 without a place", "₩12,234")
	d.Type("\n")
	d.Do(kit.Down, kit.Down, kit.Down, "more") // the donation, from its least
	has(t, d, "donation credit ₩100 10 sec", "₩900 without a place")
	d.Do("fill")
	has(t, d, "donation credit ₩1,000", "all of it has a place")
	d.Do("less")
	has(t, d, "donation credit ₩900")
	d.Do(kit.Back)
	has(t, d, "▸ Your own split ₩12,234 ₩900 ₩66 ₩100", "Most value ₩13,234", "₩13,300 → ₩9,000 mobile top-up + ₩3,234 book credit + ₩900 donation credit + ₩66 conversion fee + ₩100 stays", "What stays, and why ₩100")
	d.Do("quote")
	if len(p.asks) != 1 || p.asks[0].Amounts["mobile_topup"] != 9_000 || p.asks[0].Amounts["donation"] != 900 || p.asks[0].Amount != money.Won(13_300) {
		t.Fatalf("it asks for %+v", p.asks)
	}
	has(t, d, "Quote fixed for", "₩900 donation credit", "What stays, and why ₩100", "This could go by donation credit, but this path does not use it.")
	d.Do("no", "best")
	has(t, d, "▸ Most value")
	hasNot(t, d, "Your own split")
}

func TestASplitThatCanNotGoGetsNoQuote(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := splitting(t, p, "13300")
	d.Do(kit.Open)
	d.Type("100000")
	has(t, d, "mobile top-up ₩100,000", "₩90,000 too much", "limit reached", "The limit of mobile top-up is reached")
	d.Do("accept", kit.Back, "quote")
	has(t, d, "▸ Your own split")
	if len(p.asks) > 0 {
		t.Error("a quote was asked for")
	}
	d.Do("amount")
	d.Type("1330000") // with the whole larger, it still does not fit
	has(t, d, "You hold")
}

func TestARailIsLeftOutAndTakenInAgain(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := splitting(t, p, "13300")
	d.Do("leave_out")
	has(t, d, "mobile top-up left out", "You left mobile top-up out", "₩13,034")
	d.Do(kit.Back)
	has(t, d, "₩13,300 → ")
	hasNot(t, d, "+ ₩10,000 mobile top-up", "→ ₩10,000 mobile top-up")
	d.Do("quote")
	if len(p.asks) != 1 || len(p.asks[0].Without) != 1 || p.asks[0].Without[0] != "mobile_topup" {
		t.Fatalf("it asks for %+v", p.asks)
	}
	d.Do("no", "split")
	for range 20 {
		d.Do(kit.Up)
	}
	for !strings.Contains(flat(d), "Take mobile top-up in again") {
		before := d.Page.View()
		if d.Do(kit.Down); d.Page.View() == before {
			t.Fatalf("the row is gone:\n%s", d.Frame())
		}
	}
	d.Do("leave_out")
	has(t, d, "mobile top-up ₩10,000")
}

func TestTheMouseChoosesARail(t *testing.T) {
	t.Parallel()
	d := splitting(t, some(t), "13300")
	for y, line := range strings.Split(d.Frame(), "\n") {
		if strings.Contains(line, "donation credit") {
			d.Send(kit.Click{X: 5, Y: y})
		}
	}
	d.Do("more")
	has(t, d, "donation credit ₩100", "₩100 too much")
}

// The first digit replaces what stood there, as in every other field; what is
// taken off its end is edited.
func TestTheFirstDigitReplacesWhatStoodThere(t *testing.T) {
	t.Parallel()
	d := splitting(t, some(t), "13300")
	d.Do(kit.Open)
	d.Type("9000")
	has(t, d, "mobile top-up ₩9,000", "₩1,000 without a place")
	d.Do("accept", kit.Open)
	press(d, backspace)
	d.Type("1")
	has(t, d, "mobile top-up ₩9,001")
	d.Do("accept", kit.Back, "amount")
	d.Type("72")
	has(t, d, "Amount ₩72")
}

// Beside the options there is less room: what keeps a way from having any
// amount is said there all the same.
func TestASplitBesideTheOptionsSaysOfEachWayWhatKeepsIt(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 60, 80, 108, 120, 160} {
		d := open(some(t), kittest.Env("en"), w, 40)
		d.Type("13300\n")
		d.Do("split")
		for line := range strings.SplitSeq(d.Frame(), "\n") {
			for _, name := range []string{"bank transfer", "instant bank transfer", "cash at the counter", "savings jar", "donation credit"} {
				if _, after, ok := strings.Cut(ansi.Strip(line), "  "+name+"  "); ok && strings.TrimSpace(after) == "" {
					t.Errorf("at %d columns nothing is said of %s:\n%s", w, name, d.Frame())
				}
			}
		}
	}
}

// What is wrong with a typed amount is said in a word or a sign, not in colour alone.
func TestABadAmountIsMarkedWithoutColour(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 60, 80, 108, 120, 160} {
		for _, lang := range []string{"en", "ko"} {
			d := open(some(t), kittest.Env(lang), w, 40)
			d.Type("13300\n")
			d.Do("split", kit.Open)
			d.Type("9099\n")
			d.Do(kit.Down)
			for line := range strings.SplitSeq(ansi.Strip(d.Frame()), "\n") {
				if _, after, ok := strings.Cut(line, "₩9,099"); ok && strings.Trim(after, " ↓") == "" {
					t.Errorf("%s, %d columns: %q", lang, w, line)
				}
			}
		}
	}
}

// What tells two pieces of value apart, and why a way is closed, is there on
// the narrowest screen as well.
func TestNothingThatTellsApartIsCutWhereThereIsLittleRoom(t *testing.T) {
	t.Parallel()
	d := open(some(t), kittest.Env("en"), 40, 60)
	has(t, d, "Acorn Hill Coffee · Prepaid ₩12,500 until 18 Sep", "until 30 Nov · 2 parts")
	hasNot(t, d, "…")
	d.Type("13300\n")
	d.Do("split")
	has(t, d, "savings jar no destination", "from ₩1,000")
}
