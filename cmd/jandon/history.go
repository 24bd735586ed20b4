package main

import (
	"cmp"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
)

var dimensions = map[string]history.Dimension{
	"category": history.ByCategory, "merchant": history.ByMerchant, "issuer": history.ByIssuer,
	"kind": history.ByKind, "nothing": history.ByNothing,
}

// history prints what was spent, week by week.
func (a *app) history() *cobra.Command {
	var from origin
	var days period
	var by string
	var asJSON, fresh bool
	c := a.command("history", "cli.history", 0, 0, func(cmd *cobra.Command, _ []string) error {
		dimension, ok := dimensions[by]
		if !ok {
			return fault.New(fault.BadFlag, "name", "--by", "value", by, "want", "category | merchant | issuer | kind | nothing")
		}
		if _, _, err := days.days(history.Span{}); err != nil {
			return err // before anything slow
		}
		ctx := cmd.Context()
		s, from, err := a.openSums(ctx, from, dimension)
		if err != nil {
			return err
		}
		defer s.shut()
		if err := a.settle(ctx, s, fresh); err != nil {
			return err
		}
		span, err := from.Span(ctx)
		if err != nil {
			return err
		}
		first, last, err := days.days(span)
		if err != nil {
			return err
		}
		weeks := []stretch{}
		if span.Lines > 0 || days.week != "" {
			if weeks, err = stretches(ctx, from, first, last, dimension); err != nil {
				return err
			}
		}
		name := func(s string) string { return s }
		if dimension == history.ByIssuer {
			w, err := from.Wallet(ctx)
			if err != nil {
				return err
			}
			name = issuerNames(w)
		}
		if asJSON {
			return a.printJSON(historyOf(weeks, span, a.cfg.Zone.String(), name))
		}
		return a.printHistory(s, weeks, span, dimension, name)
	})
	from.flags(c)
	days.flags(c)
	c.Flags().StringVar(&by, "by", "category", "cli.flag.by")
	must(c.RegisterFlagCompletionFunc("by", cobra.FixedCompletions(
		[]string{"category", "merchant", "issuer", "kind", "nothing"}, cobra.ShellCompDirectiveNoFileComp)))
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	c.Flags().BoolVar(&fresh, "sync", false, "cli.flag.sync")
	return c
}

type historyJSON struct {
	Version  int        `json:"version"`
	Zone     string     `json:"zone"`
	Currency string     `json:"currency"`
	Weeks    []weekJSON `json:"weeks"`
	apartJSON
}

// apartJSON says what the sums leave out.
type apartJSON struct {
	Others []otherJSON `json:"other_currencies,omitempty"`
}

type otherJSON struct {
	Currency string `json:"currency"`
	Lines    int    `json:"lines"`
}

func apartOf(span history.Span) (a apartJSON) {
	for _, other := range span.Apart() {
		a.Others = append(a.Others, otherJSON{string(other.Currency), other.Lines})
	}
	return a
}

// apart says, below sums in one currency, which lines they leave out.
func (a *app) apart(out *sheet, span history.Span) {
	for _, other := range span.Apart() {
		out.free(a.text().F("cli.apart", "Lines", a.text().N("cli.lines", other.Lines), "Currency", string(other.Currency)), quietInk)
	}
}

type weekJSON struct {
	Week          string      `json:"week"`
	From          string      `json:"from"`
	To            string      `json:"to"`
	SpentMinor    int64       `json:"spent_minor"`
	Count         int         `json:"count"`
	RefundedMinor int64       `json:"refunded_minor"`
	ReceivedMinor int64       `json:"received_minor"`
	ExpiredMinor  int64       `json:"expired_minor"`
	By            []groupJSON `json:"by"`
}

type groupJSON struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	SpentMinor int64  `json:"spent_minor"`
	Count      int    `json:"count"`
}

func historyOf(weeks []stretch, span history.Span, zone string, name func(string) string) historyJSON {
	h := historyJSON{Version: version, Zone: zone, Currency: string(span.Currency), Weeks: make([]weekJSON, len(weeks)), apartJSON: apartOf(span)}
	for i, w := range weeks {
		h.Weeks[i] = weekJSON{
			Week: w.Week.String(), From: w.from.String(), To: w.to.String(), SpentMinor: w.Spent, Count: w.Count,
			RefundedMinor: w.Refunded, ReceivedMinor: w.Received, ExpiredMinor: w.Expired, By: make([]groupJSON, len(w.By)),
		}
		for j, g := range w.By {
			h.Weeks[i].By[j] = groupJSON{g.Name, name(g.Name), g.Spent, g.Count}
		}
	}
	return h
}

// barWidth is how many cells the longest bar takes.
const barWidth = 24

func (a *app) printHistory(s *source, weeks []stretch, span history.Span, by history.Dimension, name func(string) string) error {
	t, style := a.text(), a.style()
	var out sheet
	a.heading(&out, s, s.asOf())
	if len(weeks) == 0 {
		out.free(t.T("cli.history.nothing"), quietInk)
		return a.print(&out)
	}
	var most int64
	for _, w := range weeks {
		most = max(most, w.Spent)
	}
	if len(weeks) > 1 {
		var sum history.Totals
		for _, w := range weeks {
			sum.Merge(w.Totals)
			out.row(left(w.Week.String()), left(t.RangeYear(w.from, w.to)).in(quietInk), right(t.N("cli.charges", w.Count)).in(quietInk),
				right(style.Format(money.Of(w.Spent, span.Currency))), left(bar(w.Spent, most, barWidth)).in(barInk))
		}
		out.row(left(t.T("cli.total")).in(headInk), left(""), right(t.N("cli.charges", sum.Count)).in(quietInk),
			right(style.Format(money.Of(sum.Spent, span.Currency))).in(headInk))
		a.apart(&out, span)
		return a.print(&out)
	}
	w := weeks[0]
	out.free(w.Week.String()+"  "+t.RangeYear(w.from, w.to), headInk)
	most = 0
	for _, g := range w.By {
		most = max(most, g.Spent)
	}
	for _, g := range w.By {
		if g.Spent == 0 && g.Count == 0 {
			continue // only value coming in or lapsing: nothing was spent there
		}
		label := name(g.Name)
		switch by {
		case history.ByKind:
			label = t.T("kind." + g.Name)
		case history.ByCategory:
			label = a.category(label)
		}
		out.row(left("  "+cmp.Or(label, t.T("cli.none"))), right(t.N("cli.charges", g.Count)).in(quietInk),
			right(style.Format(money.Of(g.Spent, span.Currency))), left(bar(g.Spent, most, barWidth)).in(barInk))
	}
	out.row(left(t.T("cli.spent")).in(headInk), right(t.N("cli.charges", w.Count)).in(quietInk),
		right(style.Format(money.Of(w.Spent, span.Currency))).in(headInk))
	a.apart(&out, span)
	return a.print(&out)
}

// category is the word for a category, where the catalogue has one.
func (a *app) category(word string) string {
	if id := "category." + word; word != "" && a.text().Has(id) {
		return a.text().T(id)
	}
	return word
}
