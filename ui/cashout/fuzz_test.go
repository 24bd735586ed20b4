package cashout_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui/cashout"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

var intents = []kit.Intent{
	kit.Up, kit.Down, kit.PageUp, kit.PageDown, kit.Top, kit.Bottom, kit.Left, kit.Right, kit.Open, kit.Back, kit.Retry,
	"all", "more", "less", "clear", "accept", "amount", "quote", "split", "broker", "link", "begun", "fill", "leave_out", "best", "yes", "no", "anew", "check", "acts",
}

// anyone is a platform in some state, with names that no terminal should see as they are.
func anyone(t testing.TB, r *rapid.T) *platform {
	p := some(t)
	p.Limits.Verified = rapid.Bool().Draw(r, "verified")
	p.Limits.Tier = valuepath.Tier(rapid.IntRange(0, 3).Draw(r, "tier"))
	p.Limits.Linked["savings_jar"] = rapid.Bool().Draw(r, "linked")
	if rapid.IntRange(0, 5).Draw(r, "paused") == 0 {
		p.Limits.Paused = kittest.Now().Add(time.Hour)
	}
	p.Wallet.Issuers[0].Name = rapid.SampledFrom([]string{"골목페이", "", "긴이름긴이름긴이름긴이름긴이름긴이름긴이름긴이름긴이름 e\u0301\u0302"}).Draw(r, "name")
	for i := range rapid.IntRange(0, 12).Draw(r, "more lots") {
		kind := wallet.Kind(rapid.IntRange(0, int(wallet.CardFunded)).Draw(r, "kind"))
		origin := rapid.SampledFrom([]string{"bank_transfer", "voucher", "tip", "gift", "reward", "phone_bill", "elsewhere"}).Draw(r, "origin")
		p.Wallet.Lots = append(p.Wallet.Lots, lot("m"+string(rune('a'+i)), "golmok", kind, origin, rapid.Int64Range(1, 30_000_000).Draw(r, "won"), rapid.IntRange(0, 400).Draw(r, "days")))
	}
	p.fee = rapid.Int64Range(0, 3).Draw(r, "fee")
	return p
}

func upset(r *rapid.T) error {
	return rapid.SampledFrom([]error{
		nil, nil, nil, fault.New(fault.Unreachable, "url", "pay.example"), fault.New(fault.UnknownOutcome, "url", "pay.example"), fault.New(fault.QuoteExpired),
		fault.New(fault.StepUpRequired), fault.New(fault.Insufficient, "have", "5", "want", "6"),
	}).Draw(r, "error")
}

// Whatever a person does and the platform answers, the frame fits its window,
// plans shown are of the amount typed, and nothing panics.
func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		p := anyone(t, r)
		env := kittest.Env(rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang"))
		d := open(p, env, rapid.IntRange(0, 200).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h"))
		for range rapid.IntRange(1, 30).Draw(r, "steps") {
			switch rapid.IntRange(0, 13).Draw(r, "what") {
			case 0:
				d.Resize(rapid.IntRange(0, 200).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h"))
			case 1:
				d.Send(kit.Click{X: rapid.IntRange(-2, 200).Draw(r, "x"), Y: rapid.IntRange(-2, 60).Draw(r, "y")})
			case 2:
				env.Hidden = !env.Hidden
				d.Send(kit.Redraw{})
			case 3:
				env.Now = env.Now.Add(time.Duration(rapid.IntRange(0, 100).Draw(r, "seconds")) * time.Second)
				d.Late()
			case 4:
				p.askErr, p.movErr, p.findErr, p.knowErr = upset(r), upset(r), upset(r), upset(r)
			case 5:
				d.Send(rapid.SampledFrom([]tea.Msg{kit.Changed{}, kit.Locked{}, kit.Unlocked{}, tea.PasteMsg{Content: "₩7,700"}, tea.PasteMsg{Content: "x"}}).Draw(r, "msg"))
			case 6, 7, 8, 9:
				d.Type(rapid.StringMatching(`[0-9]{1,5}|[a-z+=-]|\x1b|\n`).Draw(r, "keys"))
			default:
				d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
			page := d.Page.(*cashout.Page)
			for _, plan := range page.Shown() {
				if n := page.Typed(); plan.Amount.Minor != n {
					r.Fatalf("a plan of %d is shown for %d:\n%s", plan.Amount.Minor, n, d.Frame())
				}
				if plan.Value.Minor+plan.Given.Minor+plan.Fees.Minor+plan.Rest.Minor != plan.Amount.Minor {
					r.Fatalf("the plan %+v does not add up", plan)
				}
			}
			if env.Hidden && strings.Contains(d.Frame(), "₩") {
				r.Fatalf("an amount shows:\n%s", d.Frame())
			}
			if x, y := page.Caret(); page.Typing() && x >= 0 && (x >= 200 || y >= 60) {
				r.Fatalf("the cursor is at %d,%d", x, y)
			}
			for _, b := range page.Keys() {
				if !env.Text.Has(b.Label) || b.Off != "" && !env.Text.Has(b.Off) {
					r.Fatalf("no words for %+v", b)
				}
			}
		}
	})
}

// Every size, with everything that can be on the page.
func TestEveryFrameFitsItsWindow(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		for name, do := range map[string]func(d *kittest.Drive){
			"empty": func(*kittest.Drive) {}, "typed": func(d *kittest.Drive) { d.Type("13300") }, "all": func(d *kittest.Drive) { d.Type("a\n") },
			"split":  func(d *kittest.Drive) { d.Type("13300\n"); d.Do("split", kit.Open); d.Type("5") },
			"broker": func(d *kittest.Drive) { d.Type("13300\n"); d.Do("broker") },
			"quote":  func(d *kittest.Drive) { d.Type("a\n"); d.Do("quote") },
		} {
			p := some(t)
			p.fee = 7
			d := open(p, kittest.Env(lang), 80, 20)
			do(d)
			for w := 0; w <= 200; w += 1 + w/5 {
				for h := 0; h <= 60; h += 1 + h/4 {
					d.Resize(w, h)
					if err := d.Check(); err != nil {
						t.Fatalf("%s in %s at %d×%d: %v", name, lang, w, h, err)
					}
				}
			}
		}
	}
}

// The question and the amount are on the screen in every window that is worked in.
func TestTheQuestionIsAlwaysInSight(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 14}, {60, 14}, {80, 20}, {120, 36}} {
		p := some(t)
		p.fee = 7
		d := open(p, kittest.Env("en"), size[0], size[1])
		d.Type("a")
		has(t, d, "₩43,900")
		d.Type("\n")
		d.Do("quote")
		has(t, d, "Cash this out? No y Yes", "from your balance ₩43,900", "₩43,900 →")
	}
}
