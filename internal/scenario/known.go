package scenario

import (
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"jandon/internal/valuepath"
)

// office is the hour at which a day of the account's table means.
const office = 10 * time.Hour

// known fills in what the platform knows of the person at the plan's instant.
func (g *gen) known(p *Plan) {
	a := g.w.Account
	since := a.Since
	if since.Year == 0 {
		since = g.w.Start
	}
	p.Account = Account{Since: day(since).Start(g.zone), Verified: a.Verified, Acts: a.Acts, Usual: a.Usual}
	if p.Account.Since.After(p.At) {
		p.Account.Since = p.At
	}
	for _, d := range g.w.Destinations {
		added := day(d.Added).Start(g.zone).Add(office)
		if added.After(p.At) {
			continue
		}
		one := Destination{Rail: d.Rail, Name: string(d.Name), Number: d.Number, Added: added}
		if used := day(d.Used).Start(g.zone).Add(office); d.Used.Year != 0 && !used.After(p.At) {
			one.Used = used
		}
		if d.Weekly {
			one.Earlier = weekly(day(d.Used).Start(g.zone).Add(office), added, p.At)
			if n := len(one.Earlier); n > 0 {
				one.Used = one.Earlier[n-1]
			}
		}
		p.Destinations = append(p.Destinations, one)
	}
}

// mostWeeks is how far back weekly cash-outs are known one by one.
const mostWeeks = 13

// weekly are the instants by p, a week apart and none before added, of a series
// that one of them is known of.
func weekly(known, added, by time.Time) (list []time.Time) {
	weeks := int(by.Sub(known) / (7 * 24 * time.Hour))
	if by.Before(known) {
		weeks--
	}
	for n := weeks - mostWeeks + 1; n <= weeks; n++ {
		if at := known.AddDate(0, 0, 7*n); at.After(added) && !at.After(by) {
			list = append(list, at)
		}
	}
	return list
}

// maxActs bounds what an account may have done before; no tier asks for as many.
const maxActs = 10_000

func (c *checker) account() {
	a := c.w.Account
	c.require(a.Acts >= 0 && a.Acts <= maxActs, "", 0, "acts", "acts is not between 0 and %d", maxActs)
	c.require(a.Usual >= 0 && a.Usual <= maxAmount, "", 0, "usual", "usual is not between 0 and %d", maxAmount)
	c.require((a.Acts > 0) == (a.Usual > 0), "", 0, "acts", "acts and usual go together")
	c.require(a.Since.Year == 0 || a.Since.Year >= firstYear, "", 0, "since", "since is before %d", firstYear)
}

func (c *checker) destination(i int, d destination) {
	const table = "destinations"
	catalogue, err := valuepath.Shipped()
	if err != nil {
		c.err = err
		return
	}
	var rails []string
	for n := range catalogue.Rails {
		if catalogue.Rails[n].Destination {
			rails = append(rails, catalogue.Rails[n].ID)
		}
	}
	c.require(slices.Contains(rails, d.Rail), table, i, "rail", "%s is no rail with destinations%s", quote(d.Rail), meant(d.Rail, rails))
	c.require(d.Name != "", table, i, "name", "a destination needs a name")
	c.require(len(strings.ReplaceAll(d.Number, "-", "")) >= 4 && len(d.Number) <= 40 && strings.Trim(d.Number, "0123456789-") == "",
		table, i, "number", "a number has 4 digits or more, and nothing but dashes beside them")
	c.require(d.Added.Year >= firstYear, table, i, "added", "added is missing, a date such as 2025-10-02")
	c.require(!d.Weekly || d.Used.Year != 0 && c.w.Account.Usual > 0, table, i, "weekly", "weekly needs the day of one, used, and the account's usual size")
	c.require(d.Used.Year == 0 || !before(d.Used, d.Added), table, i, "used", "used is before added")
}

func before(a, b toml.LocalDate) bool { return day(a) < day(b) }
