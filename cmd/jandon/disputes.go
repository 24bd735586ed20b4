package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
	pages "jandon/ui/disputes"
)

// disputes lists what was disputed and how far it has come.
func (a *app) disputes() *cobra.Command {
	var from origin
	var asJSON, fresh bool
	c := a.command("disputes", "cli.disputes", 0, 0, func(cmd *cobra.Command, _ []string) error {
		s, err := a.open(cmd.Context(), from)
		if err != nil {
			return err
		}
		defer s.shut()
		if err := a.settle(cmd.Context(), s, fresh); err != nil {
			return err
		}
		list, err := s.Disputes(cmd.Context())
		if err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(a.disputesOf(list))
		}
		return a.printDisputes(s, list)
	})
	from.demoFlags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	c.Flags().BoolVar(&fresh, "sync", false, "cli.flag.sync")
	return c
}

// dispute disputes one charge, or withdraws a dispute. A line of a file has no
// platform: then it prints the text that can be sent instead.
func (a *app) dispute() *cobra.Command {
	var p pins
	var reason, note, withdraw string
	var asJSON bool
	c := a.command("dispute [TRANSACTION]", "cli.dispute", 0, 1, func(cmd *cobra.Command, args []string) error {
		defer p.close()
		ctx := cmd.Context()
		switch {
		case withdraw != "" && (len(args) > 0 || reason != ""):
			return fault.New(fault.Together, "name", "--withdraw", "value", "TRANSACTION")
		case withdraw != "":
			return a.withdrawn(ctx, &p, withdraw, asJSON)
		case len(args) == 0:
			return fault.New(fault.MissingArg, "name", cmd.CommandPath(), "want", cmd.UseLine())
		case !wallet.DisputeReason(reason).Known():
			return fault.New(fault.BadFlag, "name", "--reason", "value", reason, "want", strings.Join(reasonWords(), " | "))
		case len([]rune(note)) > wallet.LongestNote:
			return fault.New(fault.BadFlag, "name", "--note", "value", "…", "want", "≤ "+decimal(wallet.LongestNote))
		}
		return a.disputed(ctx, &p, wallet.DisputeAsk{Transaction: args[0], Reason: wallet.DisputeReason(reason), Note: note}, asJSON)
	})
	p.flag(c)
	c.Flags().StringVar(&reason, "reason", "", "cli.flag.reason")
	c.Flags().StringVar(&note, "note", "", "cli.flag.note")
	c.Flags().StringVar(&withdraw, "withdraw", "", "cli.flag.withdraw")
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	must(c.RegisterFlagCompletionFunc("reason", words(reasonWords()...)))
	return c
}

func reasonWords() (list []string) {
	for _, r := range wallet.DisputeReasons() {
		list = append(list, string(r))
	}
	return list
}

// disputed disputes a charge at the platform, or prints a letter about a line of a file.
func (a *app) disputed(ctx context.Context, p *pins, ask wallet.DisputeAsk, asJSON bool) error {
	if err := p.check(); err != nil {
		return err
	}
	s, err := a.open(ctx, origin{})
	if err != nil {
		return err
	}
	x, err := s.Transaction(ctx, ask.Transaction)
	s.shut()
	if err == nil && x.Seq <= 0 {
		size := money.Of(-x.Amount.Minor, x.Amount.Currency)
		letter := pages.Letter(a.text(), a.cfg.Zone, a.style().Format(size), &x, ask.Reason, ask.Note)
		return all(a.out, []byte(strings.Join(letter, "\n")+"\n"))
	}
	if err != nil && fault.From(err).Code != fault.NotFound { // what is not here yet, the platform may have
		return err
	}
	return a.opened(ctx, p, func(_ *talk, open *client.Account) error {
		d, err := open.Dispute(ctx, ask)
		if err != nil {
			return nothing(err, ask.Transaction)
		}
		return a.tellDispute(d, asJSON)
	})
}

func (a *app) withdrawn(ctx context.Context, p *pins, id string, asJSON bool) error {
	return a.opened(ctx, p, func(_ *talk, open *client.Account) error {
		d, err := open.Withdraw(ctx, id)
		if err != nil {
			return nothing(err, id)
		}
		return a.tellDispute(d, asJSON)
	})
}

// nothing says what there is not as it was written: the platform's answer names
// its kind, in English.
func nothing(err error, what string) error {
	if fault.From(err).Code != fault.NotFound {
		return err
	}
	return fault.Wrap(err, fault.NotFound, "what", what)
}

func (a *app) tellDispute(d wallet.Dispute, asJSON bool) error {
	if asJSON {
		return a.printJSON(struct {
			Version int         `json:"version"`
			Dispute disputeJSON `json:"dispute"`
		}{version, a.disputeOf(&d)})
	}
	var out sheet
	a.disputeRows(&out, &d)
	return a.print(&out)
}

type stepJSON struct {
	At   string `json:"at"`
	Who  string `json:"who"`
	What string `json:"what"`
}

type disputeJSON struct {
	ID          string     `json:"id"`
	Transaction string     `json:"transaction"`
	Issuer      string     `json:"issuer"`
	Merchant    string     `json:"merchant"`
	AmountMinor int64      `json:"amount_minor"`
	Currency    string     `json:"currency"`
	Charged     string     `json:"charged"`
	Reason      string     `json:"reason"`
	Note        string     `json:"note,omitempty"`
	State       string     `json:"state"`
	Opened      string     `json:"opened"`
	Next        string     `json:"next"`
	Deadline    *string    `json:"deadline"`
	Ended       *string    `json:"ended"`
	Refund      string     `json:"refund,omitempty"`
	Steps       []stepJSON `json:"steps"`
}

type disputesJSON struct {
	Version  int           `json:"version"`
	Disputes []disputeJSON `json:"disputes"`
}

func (a *app) disputesOf(list []wallet.Dispute) disputesJSON {
	out := disputesJSON{Version: version, Disputes: []disputeJSON{}}
	for i := range list {
		out.Disputes = append(out.Disputes, a.disputeOf(&list[i]))
	}
	return out
}

func (a *app) disputeOf(d *wallet.Dispute) disputeJSON {
	at := func(t time.Time) string { return t.In(a.cfg.Zone).Format(time.RFC3339) }
	out := disputeJSON{
		d.ID, d.Transaction, d.Issuer, d.Merchant, d.Amount.Minor, string(d.Amount.Currency), at(d.Charged), string(d.Reason), d.Note,
		string(d.State), at(d.Opened), string(d.Next), stamp(d.Deadline, a.cfg.Zone), stamp(d.Ended, a.cfg.Zone), d.Refund, []stepJSON{},
	}
	for _, s := range d.Steps {
		out.Steps = append(out.Steps, stepJSON{at(s.At), string(s.Who), string(s.What)})
	}
	return out
}

// printDisputes lists them, those under way first.
func (a *app) printDisputes(s *source, list []wallet.Dispute) error {
	var out sheet
	a.heading(&out, s, s.asOf())
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y wallet.Dispute) int {
		switch {
		case x.Over() == y.Over():
			return 0
		case y.Over():
			return -1
		}
		return 1
	})
	for i := range list {
		a.disputeRows(&out, &list[i])
	}
	if len(list) == 0 {
		out.free(a.text().T("disputes.empty"), quietInk)
	}
	return a.print(&out)
}

// disputeRows are one dispute: what, how much, how far, and who has to act.
func (a *app) disputeRows(out *sheet, d *wallet.Dispute) {
	t := a.text()
	word := func(prefix, s string) string {
		if id := prefix + s; t.Has(id) {
			return t.T(id)
		}
		return s
	}
	var next string
	day := t.DayYear(history.DayOf(d.Deadline, a.cfg.Zone))
	switch {
	case d.Over():
		next = t.DayYear(history.DayOf(d.Ended, a.cfg.Zone))
	case d.Next == wallet.TheMerchant:
		next = t.F("disputes.next.merchant", "Day", day)
	default:
		next = t.F("disputes.next.platform", "Day", day)
	}
	out.row(left(word("disputes.state.", string(d.State))).in(headInk), left(short(d.Merchant, 28)), right(a.style().Format(d.Amount)),
		left(word("disputes.reason.", string(d.Reason))), left(next), left(d.ID).in(quietInk))
}
