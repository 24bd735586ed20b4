package scenario_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/history"
	"jandon/internal/i18n"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

var update = flag.Bool("update", false, "rewrite the golden digests of the plans")

// now is the instant that the scenario files were written for.
var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.FixedZone("KST", 9*3600))

func plan(t testing.TB, name string, at time.Time) scenario.Plan {
	t.Helper()
	f, err := scenario.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.Generate(at)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func world(t testing.TB, name string) (scenario.Plan, scenario.World) {
	t.Helper()
	p := plan(t, name, now)
	w, err := p.Play()
	if err != nil {
		t.Fatal(err)
	}
	return p, w
}

func TestTheFourScenariosAreThere(t *testing.T) {
	t.Parallel()
	for _, want := range []struct {
		name     string
		from, to int // transactions
		issuers  int
	}{
		{"creator", 5_000, 10_000, 3}, {"empty", 0, 0, 3}, {"everyday", 1_400, 1_600, 6}, {"student", 600, 1_200, 4},
	} {
		f, err := scenario.Load(want.name)
		if err != nil || f.Say["en"] == "" || f.Say["ko"] == "" || !slices.Contains(scenario.Names(), want.name) {
			t.Fatalf("%s is not listed with its sentences: %v", want.name, err)
		}
		p, w := world(t, want.name)
		if n := len(w.Transactions); n < want.from || n > want.to || len(p.Issuers) != want.issuers {
			t.Errorf("%s has %d transactions and %d issuers, want %d–%d and %d", want.name, n, len(p.Issuers), want.from, want.to, want.issuers)
		}
	}
}

// Play refuses overdrafts, bills that differ from their charges and refunds of
// nothing, so a plan that plays has none; here, what a person would look for.
func TestWorldsAreWhole(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.Names() {
		p, w := world(t, name)
		texts := i18n.Must("ko")
		ids, payments := map[string]bool{}, map[string]wallet.Transaction{}
		issuers := map[string]bool{}
		for _, is := range p.Issuers {
			issuers[is.ID] = true
		}
		for _, x := range w.Transactions {
			if ids[x.ID] {
				t.Errorf("%s: id %s is there twice", name, x.ID)
			}
			ids[x.ID], payments[x.ID] = true, x
			for _, part := range []string{x.ID, x.Merchant, x.Category, x.Reason, x.Channel, x.Contact} {
				if part == "" {
					t.Errorf("%s: a line hides something: %+v", name, x)
				}
			}
			if !texts.Has("category." + x.Category) {
				t.Errorf("%s: category %q has no name", name, x.Category)
			}
			if (x.Amount.Minor > 0) != (x.Type.Receives() || x.Type == wallet.Refund) || x.Amount.Currency != p.Currency || !issuers[x.Issuer] {
				t.Errorf("%s: sign, currency or issuer of %+v", name, x)
			}
			if x.Type == wallet.Refund {
				paid, ok := payments[x.RefundOf]
				if !ok || paid.Type != wallet.Payment || paid.Status != wallet.Refunded || paid.Amount.Minor != -x.Amount.Minor || paid.At.After(x.At) {
					t.Errorf("%s: %+v refunds %+v", name, x, paid)
				}
			}
		}
		bills := map[string]int64{}
		for _, x := range w.Transactions {
			bills[x.Settlement] -= x.Amount.Minor
		}
		for _, s := range w.Settlements {
			if bills[s.ID] != s.Total.Minor || s.Total.Minor <= 0 || len(s.Disclosure) == 0 || !s.From.Before(s.To) || s.Due.Before(s.To) {
				t.Errorf("%s: bill %+v, its lines sum to %d", name, s, bills[s.ID])
			}
			if s.Paid.IsZero() != s.Due.After(now) {
				t.Errorf("%s: bill %s is due %v and paid %v", name, s.ID, s.Due, s.Paid)
			}
		}
		for _, l := range w.Wallet.Lots {
			if l.Expired(now) || l.Amount.Minor <= 0 || l.Amount.Minor > l.Granted.Minor || !ids[l.Source] {
				t.Errorf("%s: lot %+v", name, l)
			}
		}
		for _, a := range w.Alerts {
			if slices.ContainsFunc(a.Transactions, func(id string) bool { return !ids[id] }) {
				t.Errorf("%s: alert %+v has no evidence", name, a)
			}
		}
	}
}

func TestEverydayHasItsTroubles(t *testing.T) {
	t.Parallel()
	_, w := world(t, "everyday")
	kinds := map[wallet.AlertKind]int{}
	for _, a := range w.Alerts {
		kinds[a.Kind]++
	}
	for _, k := range []wallet.AlertKind{wallet.AlertDoubleCharge, wallet.AlertExpiry, wallet.AlertBill, wallet.AlertPriceRise, wallet.AlertRefund} {
		if kinds[k] == 0 {
			t.Errorf("no alert of kind %s: %v", k, kinds)
		}
	}
	if kinds[wallet.AlertPriceRise] < 6 {
		t.Errorf("%d subscriptions grew dearer, want several", kinds[wallet.AlertPriceRise])
	}
	byID := map[string]wallet.Transaction{}
	for _, x := range w.Transactions {
		byID[x.ID] = x
	}
	fresh := false
	for _, a := range w.Alerts {
		if a.Kind != wallet.AlertDoubleCharge {
			continue
		}
		one, two := byID[a.Transactions[0]], byID[a.Transactions[1]]
		gap := two.At.Sub(one.At)
		if one.Merchant != two.Merchant || one.Amount != two.Amount || gap <= 0 || gap > 15*time.Minute {
			t.Errorf("%+v and %+v are no double charge", one, two)
		}
		fresh = fresh || now.Sub(two.At) < 10*24*time.Hour && two.Status == wallet.Posted
	}
	if !fresh {
		t.Error("no open double charge in the last 10 days")
	}
	within := func(from, to int) (sum int64) {
		for _, l := range w.Wallet.Lots {
			if left := l.Expires.Sub(now); !l.Expires.IsZero() && left > time.Duration(from)*24*time.Hour && left <= time.Duration(to)*24*time.Hour {
				sum += l.Amount.Minor
			}
		}
		return sum
	}
	if within(0, 3) < 1000 || within(10, 20) < 1000 {
		t.Errorf("₩%d lapse within 3 days and ₩%d in 10 to 20", within(0, 3), within(10, 20))
	}
	open := 0
	for _, s := range w.Settlements {
		if s.Count < 5 {
			t.Errorf("bill %s aggregates %d charges only", s.ID, s.Count)
		}
		if s.Paid.IsZero() {
			open++
		}
	}
	if len(w.Settlements) != 14 || open != 1 {
		t.Errorf("%d bills, %d open", len(w.Settlements), open)
	}
	small := map[int64]int{}
	for _, x := range w.Transactions {
		if x.Type == wallet.Payment {
			small[x.Amount.Minor]++
		}
	}
	if small[-500] < 100 || small[-1200] < 20 {
		t.Errorf("%d items for ₩500, %d books for ₩1,200", small[-500], small[-1200])
	}
}

func TestCreatorLivesOnSmallTips(t *testing.T) {
	t.Parallel()
	p, w := world(t, "creator")
	weeks := map[history.Week]int{}
	for _, x := range w.Transactions {
		if x.Type == wallet.Earn && x.Category == "tips" {
			weeks[history.WeekOf(history.DayOf(x.At, p.Zone))]++
		}
	}
	for week, n := range weeks {
		if n < 150 || n > 500 {
			t.Errorf("%d tips in %s", n, week)
		}
	}
	if len(weeks) != 26 {
		t.Errorf("%d weeks", len(weeks))
	}
}

// digest covers every byte of a plan that the ledger will see.
func digest(t testing.TB, p scenario.Plan) string {
	t.Helper()
	b, err := json.Marshal(p.Steps)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func TestPlansNeverChangeByThemselves(t *testing.T) {
	t.Parallel()
	const golden = "testdata/plans.sha256"
	var got strings.Builder
	for _, name := range scenario.Names() {
		first, second := digest(t, plan(t, name, now)), digest(t, plan(t, name, now.UTC()))
		if first != second {
			t.Errorf("%s: two plans of one instant differ", name)
		}
		got.WriteString(first + "  " + name + "\n")
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("the plans have changed (-update if that is meant):\n%swant:\n%s", got.String(), want)
	}
}

// A later instant only adds steps.
func TestTimeOnlyAdds(t *testing.T) {
	t.Parallel()
	far := now.AddDate(0, 2, 0)
	for _, name := range scenario.Names() {
		f, err := scenario.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := f.Generate(far)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Date(2025, 9, 20, 0, 0, 0, 0, time.UTC)
		rapid.Check(t, func(rt *rapid.T) {
			at := start.Add(time.Duration(rapid.Int64Range(0, int64(far.Sub(start)/time.Second)).Draw(rt, "seconds")) * time.Second)
			part, err := f.Generate(at)
			if err != nil {
				rt.Fatal(err)
			}
			n := len(part.Steps)
			if n > 0 && part.Steps[n-1].At.After(at) || n < len(whole.Steps) && !whole.Steps[n].At.After(at) {
				rt.Fatalf("%s at %v: %d steps of %d", name, at, n, len(whole.Steps))
			}
			for i := range n {
				if !same(part.Steps[i], whole.Steps[i]) {
					rt.Fatalf("%s at %v: step %d is %+v, later %+v", name, at, i, part.Steps[i], whole.Steps[i])
				}
			}
		})
	}
}

func same(a, b scenario.Step) bool {
	return a.At.Equal(b.At) && a.Act == b.Act && a.Transaction == b.Transaction && a.Lot == b.Lot &&
		a.Settlement.ID == b.Settlement.ID && a.Settlement.Total == b.Settlement.Total && a.Settlement.Paid.Equal(b.Settlement.Paid) &&
		a.Alert.ID == b.Alert.ID && a.Alert.Amount == b.Alert.Amount && slices.Equal(a.Alert.Transactions, b.Alert.Transactions)
}

func TestBeforeTheStartAndLongAfter(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.Names() {
		if early := plan(t, name, time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)); len(early.Steps) != 0 || len(early.Issuers) == 0 {
			t.Errorf("%s: %d steps before its start", name, len(early.Steps))
		}
	}
	// 2036 is a leap year with a 29 February and calendars that no list of holidays reaches.
	w, err := plan(t, "everyday", time.Date(2036, 3, 1, 0, 0, 0, 0, time.UTC)).Play()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(w.Transactions); n < 10_000 || n > 20_000 {
		t.Errorf("%d transactions in ten years", n)
	}
}

// Clocks that skip midnight, or the hour of a habit, put nothing out of order.
func TestClocksThatJump(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"America/Santiago", "Africa/Cairo", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"} {
		content := strings.NewReplacer("Asia/Seoul", zone, "2026-01-01", "2008-01-01", "08:00-09:00", "00:00-03:00", "1, 1, 1, 1, 1, 0, 0", "6, 6, 6, 6, 6, 6, 6").Replace(small)
		f, err := scenario.Parse("small.txtar", []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		p, err := f.Generate(time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSortedFunc(p.Steps, func(a, b scenario.Step) int { return a.At.Compare(b.At) }) || len(p.Steps) < 8000 {
			t.Errorf("%s: %d steps, out of order", zone, len(p.Steps))
		}
		if _, err := p.Play(); err != nil {
			t.Errorf("%s: %v", zone, err)
		}
	}
}

func TestBookHoldsTheSameWorld(t *testing.T) {
	t.Parallel()
	p, w := world(t, "everyday")
	b, err := p.Book()
	if err != nil {
		t.Fatal(err)
	}
	span, err := b.Span(t.Context())
	if err != nil || span.Lines != len(w.Transactions) || span.Currency != p.Currency {
		t.Errorf("Span = %+v, %v", span, err)
	}
	bills, err := b.Settlements(t.Context())
	if err != nil || len(bills) != len(w.Settlements) {
		t.Errorf("%d bills, %v", len(bills), err)
	}
}
