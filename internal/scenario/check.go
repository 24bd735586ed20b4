package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"jandon/internal/fault"
	"jandon/internal/money"
)

// Bounds of a world; a typing error should fail here, not fill a disk.
const (
	maxAmount = 1_000_000_000 // minor units of one line
	maxRate   = 500           // expected number a day of one habit
	maxMonths = 120
	maxDays   = 3660
	firstYear = 1990 // nobody had digital small change before; every day since then is lived through
)

// checker collects the first thing that is wrong with a world.
type checker struct {
	w       *world
	src     part
	err     error
	issuers []string
	names   []string // of habits, subscriptions and incomes: each seeds a stream
	habits  []string
}

// check finds what the shape of the file can't say: references and ranges.
func check(w *world, src part) error {
	c := &checker{w: w, src: src}
	c.head()
	c.account()
	for i, d := range w.Destinations {
		c.destination(i, d)
	}
	for i := range w.Issuers {
		c.issuer(i)
	}
	for i, p := range w.Pots {
		c.pot(i, p)
	}
	for i, b := range w.Bills {
		c.bill(i, b)
	}
	for i := range w.Habits {
		c.habit(i, &w.Habits[i])
	}
	for i := range w.Subscriptions {
		c.subscription(i, &w.Subscriptions[i])
	}
	for i := range w.Incomes {
		c.income(i, &w.Incomes[i])
	}
	for i, a := range w.Accidents {
		c.accident(i, a)
	}
	return c.err
}

// require records that something is wrong in the n-th table, at the line that holds needle.
func (c *checker) require(ok bool, table string, n int, needle, format string, args ...any) {
	if ok || c.err != nil {
		return
	}
	line := c.src.findIn(table, n, needle)
	if table == "" {
		line = c.src.find(needle)
	}
	c.err = broken(c.src.file, line, strings.Trim(needle, `"`), "", fmt.Sprintf(format, args...))
}

func (c *checker) head() {
	w := c.w
	c.require(w.Person != "", "", 0, "person", "person has no name")
	c.require(w.Zone.Location != nil, "", 0, "zone", "zone is missing, such as \"Asia/Seoul\"")
	c.require(money.Currency(w.Currency).Valid(), "", 0, "currency", "%q is no currency like \"KRW\"", w.Currency)
	c.require(w.Start.Year != 0, "", 0, "start", "start is missing, a date such as 2025-09-22")
	c.require(w.Start.Year == 0 || w.Start.Year >= firstYear, "", 0, "start", "start is before %d", firstYear)
	c.require(w.NotifyOver >= 0, "", 0, "notify_over", "notify_over is negative")
	c.require(len(w.Issuers) > 0, "", 0, "issuers", "there are no issuers")
}

func (c *checker) issuer(i int) {
	is := c.w.Issuers[i]
	c.require(slug(is.ID), "issuers", i, "id", "issuer id %q is not made of a-z, 0-9 and -", is.ID)
	c.require(is.ID != "bill" && !slices.Contains(c.issuers, is.ID), "issuers", i, "id", "issuer id %q is taken", is.ID)
	c.require(is.Name != "" && is.Contact != "", "issuers", i, "name", "issuer %q needs a name and a contact", is.ID)
	c.issuers = append(c.issuers, is.ID)
}

func slug(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// place requires that a place exists.
func (c *checker) place(table string, n int, p place) {
	c.require(slices.Contains(c.issuers, p.Issuer), table, n, p.String(), "there is no issuer %s%s", quote(p.Issuer), meant(p.Issuer, c.issuers))
	if p.Bill {
		c.require(slices.ContainsFunc(c.w.Bills, func(b bill) bool { return b.Issuer == p.Issuer }), table, n, p.String(), "%q sends no bills", p.Issuer)
	}
}

func meant(word string, known []string) string {
	if near := fault.Nearest(word, known); near != "" {
		return "; did you mean " + quote(near) + "?"
	}
	return "; there are " + strings.Join(known, ", ")
}

func (c *checker) pot(i int, p pot) {
	c.place("pots", i, p.At)
	c.require(!p.At.Bill, "pots", i, "at", "a bill is no pot")
	c.require(p.Topup > 0 && p.Topup <= maxAmount, "pots", i, "topup", "topup is not between 1 and %d", maxAmount)
	c.require(p.Low >= 0 && p.Low <= maxAmount, "pots", i, "low", "low is not between 0 and %d", maxAmount)
	c.require(p.Merchant != "" && p.Reason != "" && p.Origin != "", "pots", i, "at", "a pot needs merchant, reason and origin")
	if p.OnBill != "" {
		c.place("pots", i, place{Bill: true, Issuer: p.OnBill})
	}
}

func (c *checker) bill(i int, b bill) {
	c.require(slices.Contains(c.issuers, b.Issuer), "bills", i, b.Issuer, "there is no issuer %q%s", b.Issuer, meant(b.Issuer, c.issuers))
	c.require(b.DueDay >= 2 && b.DueDay <= 28, "bills", i, "due_day", "due_day is not between 2 and 28")
	for _, d := range b.Disclosure {
		c.require(d.Who != "" && d.What != "" && d.Why != "", "bills", i, "disclosure", "a disclosure needs who, what and why")
	}
}

func (c *checker) name(table string, i int, name string) {
	c.require(name != "" && !slices.Contains(c.names, name), table, i, "name", "name %q is missing or taken: each name seeds its own stream of chance", name)
	c.names = append(c.names, name)
}

func (c *checker) when(table string, i int, w *when) {
	ways := 0
	for _, set := range []bool{len(w.Week) > 0, w.Cadence != cadence{}, len(w.On) > 0} {
		ways += count(set)
	}
	c.require(ways == 1, table, i, "", "one of week, cadence and on says when it happens; there are %d of them", ways)
	c.require(len(w.Hours) > 0, table, i, "hours", "hours is missing, such as [\"08:10-09:00\"]")
	c.require(len(w.Week) == 0 || len(w.Week) == 7, table, i, "week", "week needs seven numbers, Monday to Sunday; it has %d", len(w.Week))
	for _, rate := range w.Week {
		c.require(rate >= 0 && rate <= maxRate && !math.IsNaN(rate), table, i, "week", "%v in week is not between 0 and %d a day", rate, maxRate)
	}
	c.require(w.Day >= 0 && w.Day <= 31, table, i, "day", "day is not between 1 and 31")
	c.require(w.Day == 0 || w.Cadence.months > 0, table, i, "day", "day needs a cadence of months")
	c.stretch(table, i, w.From, w.Until)
}

func (c *checker) stretch(table string, i int, from, until toml.LocalDate) {
	c.require(from.Year == 0 || until.Year == 0 || day(from) <= day(until), table, i, "until", "until is before from")
}

func (c *checker) merchants(table string, i int, list []merchant) {
	c.require(len(list) > 0, table, i, "merchants", "there are no merchants")
	for _, m := range list {
		c.require(m.Name != "", table, i, "merchants", "a merchant has no name")
		c.weight(table, i, m.Weight)
	}
}

func (c *checker) items(table string, i int, list []item) {
	c.require(len(list) > 0, table, i, "items", "there are no items")
	for _, it := range list {
		c.require(it.Say != "", table, i, "items", "an item does not say what it is")
		c.amount(table, i, it.Price, it.PriceTo, it.Step)
		c.weight(table, i, it.Weight)
	}
}

func (c *checker) weight(table string, i int, w int64) {
	c.require(w >= 0 && w <= 1000, table, i, "weight", "weight %d is not between 0 and 1000", w)
}

func (c *checker) amount(table string, i int, from, to, step int64) {
	c.require(from > 0 && from <= maxAmount, table, i, fmt.Sprint(from), "amount %d is not between 1 and %d", from, maxAmount)
	c.require(to == 0 || to >= from && to <= maxAmount, table, i, fmt.Sprint(to), "amount %d is below the price %d or too large", to, from)
	c.require(step >= 0, table, i, fmt.Sprint(step), "step %d is negative", step)
}

func (c *checker) pay(table string, i int, list []source) {
	c.require(len(list) > 0, table, i, "pay", "pay does not say from where")
	for _, s := range list {
		c.place(table, i, s.From)
		c.chance(table, i, s.Chance)
	}
}

func (c *checker) chance(table string, i int, p float64) {
	c.require(p >= 0 && p <= 1, table, i, "chance", "chance %v is not between 0 and 1", p)
}

func (c *checker) habit(i int, h *habit) {
	const table = "habits"
	c.name(table, i, string(h.Name))
	c.habits = append(c.habits, string(h.Name))
	c.when(table, i, &h.when)
	c.merchants(table, i, h.Merchants)
	c.items(table, i, h.Items)
	c.pay(table, i, h.Pay)
	c.require(h.Category != "" && h.Channel != "", table, i, "name", "a habit needs category and channel")
	c.require(!h.Fee || !h.Move, table, i, "move", "a line is either a fee or a transfer")
	if h.Refund != nil {
		c.chance(table, i, h.Refund.Chance)
		c.require(h.Refund.Days[0] >= 0 && h.Refund.Days[0] <= h.Refund.Days[1] && h.Refund.Days[1] <= maxDays, table, i, "refund", "refund days are not from a smaller to a larger number")
		c.require(h.Refund.Reason != "", table, i, "refund", "a refund needs a reason")
	}
	if h.Earn != nil {
		c.place(table, i, h.Earn.To)
		c.require(!h.Earn.To.Bill, table, i, "earn", "points don't go to a bill")
		c.require(h.Earn.Percent > 0 && h.Earn.Percent <= 100, table, i, "percent", "percent %v is not above 0 and at most 100", h.Earn.Percent)
		c.require(h.Earn.Months >= 0 && h.Earn.Months <= maxMonths && h.Earn.Reason != "", table, i, "earn", "earn needs a reason and at most %d months", maxMonths)
	}
}

func (c *checker) subscription(i int, s *subscription) {
	const table = "subscriptions"
	c.name(table, i, string(s.Name))
	c.when(table, i, &s.when)
	c.pay(table, i, s.Pay)
	c.require(s.Merchant != "" && s.Category != "" && s.Channel != "" && s.Reason != "", table, i, "name", "a subscription needs merchant, category, channel and reason")
	c.require(len(s.Prices) > 0, table, i, "prices", "there are no prices")
	for n, p := range s.Prices {
		c.amount(table, i, p.Amount, p.AmountTo, p.Step)
		c.require(p.From.Year != 0, table, i, "prices", "a price needs the day from which it holds")
		c.require(n == 0 || day(s.Prices[n-1].From) < day(p.From), table, i, "prices", "prices are not in order of time")
	}
	for _, p := range s.Pauses {
		c.require(p.From.Year != 0 && p.Until.Year != 0, table, i, "pauses", "a pause needs from and until")
		c.stretch(table, i, p.From, p.Until)
	}
}

func (c *checker) income(i int, in *income) {
	const table = "incomes"
	c.name(table, i, string(in.Name))
	c.when(table, i, &in.when)
	c.place(table, i, in.To)
	c.require(!in.To.Bill, table, i, "to", "value does not come in on a bill")
	c.merchants(table, i, in.Merchants)
	c.items(table, i, in.Items)
	c.require(in.Type != 0, table, i, "type", "type is missing: earn, transfer_in or topup")
	c.require(in.Origin != "" && in.Category != "" && in.Channel != "", table, i, "name", "an income needs origin, category and channel")
	e := in.Expires
	c.require(e.Days >= 0 && e.Days <= maxDays && e.Months >= 0 && e.Months <= maxMonths && (e.Days == 0 || e.Months == 0), table, i, "expires",
		"expires is either up to %d days or up to %d months", maxDays, maxMonths)
}

func (c *checker) accident(i int, a accident) {
	const table = "accidents"
	c.require(slices.Contains(c.habits, a.Habit), table, i, a.Habit, "there is no habit %q%s", a.Habit, meant(a.Habit, c.habits))
	c.require(a.On.Year != 0, table, i, "on", "an accident needs the day from which it may happen")
	c.require(a.EveryWeeks >= 0 && a.EveryWeeks <= 520, table, i, "every_weeks", "every_weeks is not between 0 and 520")
	c.require(a.Minutes[0] >= 1 && a.Minutes[0] <= a.Minutes[1] && a.Minutes[1] <= 1440, table, i, "minutes", "minutes are not from a smaller to a larger number between 1 and 1440")
	c.require(a.RefundDays >= 0 && a.RefundDays <= maxDays, table, i, "refund_days", "refund_days is not between 0 and %d", maxDays)
}
