package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// balance prints what each issuer holds, by kind.
func (a *app) balance() *cobra.Command {
	var from origin
	var asJSON, fresh bool
	c := a.command("balance", "cli.balance", 0, 0, func(cmd *cobra.Command, _ []string) error {
		s, err := a.open(cmd.Context(), from)
		if err != nil {
			return err
		}
		defer s.shut()
		if s.statement {
			return fault.New(fault.NoBalances, "file", s.name)
		}
		if err := a.settle(cmd.Context(), s, fresh); err != nil {
			return err
		}
		w, err := s.Wallet(cmd.Context())
		if err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(balanceOf(w, a.cfg.Zone))
		}
		return a.printBalance(s, w)
	})
	from.flags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	c.Flags().BoolVar(&fresh, "sync", false, "cli.flag.sync")
	return c
}

type balanceJSON struct {
	Version    int           `json:"version"`
	AsOf       string        `json:"as_of"`
	Currency   string        `json:"currency"`
	TotalMinor int64         `json:"total_minor"`
	Balances   []holdingJSON `json:"balances"`
	Lapsed     []lapsedJSON  `json:"lapsed,omitempty"` // no part of the total
}

type lapsedJSON struct {
	Issuer   string  `json:"issuer"`
	Kind     string  `json:"kind"`
	Currency string  `json:"currency"`
	Lot      lotJSON `json:"lot"`
	Until    string  `json:"until"`
	ShareBP  int64   `json:"share_bp"`
}

type holdingJSON struct {
	Issuer      string    `json:"issuer"`
	Name        string    `json:"name"`
	Kind        string    `json:"kind"`
	Currency    string    `json:"currency"`
	AmountMinor int64     `json:"amount_minor"`
	Lots        []lotJSON `json:"lots"`
}

type lotJSON struct {
	ID          string  `json:"id"`
	AmountMinor int64   `json:"amount_minor"`
	Origin      string  `json:"origin"`
	Received    string  `json:"received"`
	Expires     *string `json:"expires"`
}

func balanceOf(w wallet.Wallet, zone *time.Location) balanceJSON {
	b := balanceJSON{
		Version: version, AsOf: w.AsOf.In(zone).Format(time.RFC3339), Currency: string(w.Currency), Balances: []holdingJSON{},
	}
	name := issuerNames(w)
	for _, held := range holdings(w) {
		h := holdingJSON{
			Issuer: held.Issuer, Name: name(held.Issuer), Kind: held.Kind.String(),
			Currency: string(held.Amount.Currency), AmountMinor: held.Amount.Minor,
		}
		for _, l := range held.Lots {
			h.Lots = append(h.Lots, lotJSON{l.ID, l.Amount.Minor, l.Origin, *stamp(l.Received, zone), stamp(l.Expires, zone)})
		}
		if held.Amount.Currency == w.Currency {
			b.TotalMinor += held.Amount.Minor
		}
		b.Balances = append(b.Balances, h)
	}
	for _, c := range w.Lapsed {
		l := c.Lot
		b.Lapsed = append(b.Lapsed, lapsedJSON{
			Issuer: l.Issuer, Kind: l.Kind.String(), Currency: string(l.Amount.Currency), Until: *stamp(c.Until, zone), ShareBP: c.ShareBP,
			Lot: lotJSON{l.ID, l.Amount.Minor, l.Origin, *stamp(l.Received, zone), stamp(l.Expires, zone)},
		})
	}
	return b
}

// holdings groups lots by issuer, in the wallet's order of issuers, then kind
// in the order in which kinds are shown, then currency.
func holdings(w wallet.Wallet) []wallet.Balance {
	place := func(id string) int {
		if i := slices.IndexFunc(w.Issuers, func(x wallet.Issuer) bool { return x.ID == id }); i >= 0 {
			return i
		}
		return len(w.Issuers)
	}
	lots := slices.Clone(w.Lots)
	slices.SortStableFunc(lots, func(x, y wallet.Lot) int {
		kinds := wallet.Kinds()
		for _, c := range []int{
			place(x.Issuer) - place(y.Issuer), strings.Compare(x.Issuer, y.Issuer),
			slices.Index(kinds, x.Kind) - slices.Index(kinds, y.Kind),
			strings.Compare(string(x.Amount.Currency), string(y.Amount.Currency)),
		} {
			if c != 0 {
				return c
			}
		}
		return wallet.CompareLots(x, y)
	})
	var list []wallet.Balance
	for _, l := range lots {
		n := len(list) - 1
		if n < 0 || list[n].Issuer != l.Issuer || list[n].Kind != l.Kind || list[n].Amount.Currency != l.Amount.Currency {
			list = append(list, wallet.Balance{Issuer: l.Issuer, Kind: l.Kind, Amount: money.Of(0, l.Amount.Currency)})
			n++
		}
		list[n].Amount.Minor += l.Amount.Minor
		list[n].Lots = append(list[n].Lots, l)
	}
	return list
}

// soon is how many days before its expiry a lot is worth a word.
const soon = 30

func (a *app) printBalance(s *source, w wallet.Wallet) error {
	t, style, name := a.text(), a.style(), issuerNames(w)
	today := history.DayOf(s.clock(), a.cfg.Zone)
	var out sheet
	a.heading(&out, s, w.AsOf)
	var total int64
	issuer := ""
	for _, held := range holdings(w) {
		if held.Issuer != issuer {
			issuer = held.Issuer
			out.row(left(name(issuer)).in(headInk))
		}
		if held.Amount.Currency == w.Currency {
			total += held.Amount.Minor
		}
		cells := []cell{left("  " + t.T("kind."+held.Kind.String())), right(style.Format(held.Amount))}
		if l := held.Lots[0]; !l.Expires.IsZero() {
			if last := history.LastDay(l.Expires, a.cfg.Zone); last <= today+soon {
				words := t.F("cli.balance.expires", "Amount", style.Format(l.Amount), "When", t.Until(today, last))
				cells = append(cells, left(words).in(warnInk))
			}
		}
		out.row(cells...)
	}
	if len(w.Lots) == 0 {
		out.free(t.T("cli.balance.nothing"), quietInk)
	} else {
		out.row(left(t.T("cli.total")).in(headInk), right(style.Format(money.Of(total, w.Currency))).in(headInk))
	}
	a.printLapsed(&out, s, w)
	return a.print(&out)
}

// printLapsed adds what expired and can still be claimed in part, apart from the total.
func (a *app) printLapsed(out *sheet, s *source, w wallet.Wallet) {
	t, style, name := a.text(), a.style(), issuerNames(w)
	first := true
	for _, c := range w.Lapsed {
		if !s.clock().Before(c.Until) {
			continue
		}
		if first {
			out.blank()
			out.row(left(t.T("home.lapsed")).in(headInk))
			first = false
		}
		terms := t.F("home.lapsed_terms", "Percent", kit.Percent(c.ShareBP, 10_000), "When", t.DayYear(history.LastDay(c.Until, a.cfg.Zone)))
		out.row(left("  "+name(c.Lot.Issuer)), right(style.Format(c.Lot.Amount)), left(terms).in(quietInk))
	}
}

// heading says whose data this is and how old.
func (a *app) heading(out *sheet, s *source, asOf time.Time) {
	t := a.text()
	line := s.name
	if !asOf.IsZero() {
		line = t.F("cli.heading", "Source", s.name, "When", t.Moment(asOf, a.cfg.Zone))
	}
	out.free(line, quietInk)
	out.blank()
}
