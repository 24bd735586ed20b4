package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
)

// acts lists what moved value or trust, newest first.
func (a *app) acts() *cobra.Command {
	var from origin
	var asJSON bool
	var most int
	c := a.command("acts", "cli.acts", 0, 0, func(cmd *cobra.Command, _ []string) error {
		if most < 1 || most > mostActs {
			return fault.New(fault.BadFlag, "name", "--limit", "value", decimal(most), "want", "1 … 10000")
		}
		s, b, err := a.inquire(cmd.Context(), from)
		if err != nil {
			return err
		}
		defer s.shut()
		page, err := b.Acts(cmd.Context(), "")
		if err != nil {
			return err
		}
		list := page.Acts
		for page.Next != "" && len(list) < most {
			if page, err = b.Acts(cmd.Context(), page.Next); err != nil {
				return err
			}
			list = append(list, page.Acts...)
		}
		more := page.Next != "" || len(list) > most
		list = list[:min(len(list), most)]
		if asJSON {
			out := actsJSON{Version: version, More: more, Acts: []actJSON{}}
			for _, one := range list {
				out.Acts = append(out.Acts, a.actOf(one))
			}
			return a.printJSON(out)
		}
		return a.printActs(s, list)
	})
	from.demoFlags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	c.Flags().IntVar(&most, "limit", 50, "cli.flag.limit")
	c.AddCommand(a.confirmAct(), a.cancelAct())
	return c
}

// mostActs bounds one answer.
const mostActs = 10000

// confirmAct answers an act that waits: one that was left, or another device
// of the person that asks to be let in.
func (a *app) confirmAct() *cobra.Command {
	return a.careful("confirm ID", "cli.acts.confirm", 1, func(ctx context.Context, open *client.Account, args []string) (act.Act, error) {
		return open.Act(ctx, args[0])
	})
}

// cancelAct takes an act back that nothing has left by yet.
func (a *app) cancelAct() *cobra.Command {
	p := pins{}
	var asJSON bool
	c := a.inside("cancel ID", "cli.acts.cancel", 1, &p, func(ctx context.Context, _ *talk, open *client.Account, args []string) error {
		made, err := open.Cancel(ctx, args[0])
		if err != nil {
			return err
		}
		return a.printAct(made, asJSON)
	})
	p.flag(c)
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return c
}

type actsJSON struct {
	Version int       `json:"version"`
	More    bool      `json:"more"`
	Acts    []actJSON `json:"acts"`
}

type actJSON struct {
	ID          string       `json:"id"`
	Action      string       `json:"action"`
	State       string       `json:"state"`
	Need        string       `json:"need"`
	Reasons     []reasonJSON `json:"reasons"`
	Device      string       `json:"device"`
	Made        string       `json:"made"`
	Until       *string      `json:"until"`
	Ended       *string      `json:"ended"`
	Quote       string       `json:"quote"`
	Currency    string       `json:"currency"`
	AmountMinor int64        `json:"amount_minor"`
	FeeMinor    int64        `json:"fee_minor"`
	NetMinor    int64        `json:"net_minor"`
	Legs        []actLegJSON `json:"legs"`
	Subject     *payeeJSON   `json:"subject"`
	Receipt     string       `json:"receipt"`
	Automatic   bool         `json:"automatic"`
}

type reasonJSON struct {
	Code   string `json:"code"`
	Points int    `json:"points"`
}

type payeeJSON struct {
	Name string `json:"name"`
	ID   string `json:"id"`
}

type actLegJSON struct {
	ID          string     `json:"id"`
	Rail        string     `json:"rail"`
	Payee       payeeJSON  `json:"payee"`
	From        []drawJSON `json:"from"`
	AmountMinor int64      `json:"amount_minor"`
	FeeMinor    int64      `json:"fee_minor"`
	Fee         string     `json:"fee"`
	NetMinor    int64      `json:"net_minor"`
	State       string     `json:"state"`
	Due         *string    `json:"due"`
	Ended       *string    `json:"ended"`
	Failure     string     `json:"failure"`
}

func (a *app) actOf(one act.Act) actJSON {
	zone := a.cfg.Zone
	out := actJSON{
		ID: one.ID, Action: string(one.Action), State: string(one.State), Need: string(one.Need), Reasons: []reasonJSON{},
		Device: one.Device, Made: one.Made.In(zone).Format(time.RFC3339), Until: stamp(one.Until, zone), Ended: stamp(one.Ended, zone),
		Quote: one.Quote, Currency: string(one.Amount.Currency), AmountMinor: one.Amount.Minor, FeeMinor: one.Fee.Minor,
		NetMinor: one.Net().Minor, Legs: []actLegJSON{}, Receipt: one.Receipt, Automatic: one.Automatic,
	}
	if one.Subject != (act.Payee{}) {
		out.Subject = &payeeJSON{one.Subject.Name, one.Subject.ID}
	}
	for _, r := range one.Reasons {
		out.Reasons = append(out.Reasons, reasonJSON{r.Code, r.Points})
	}
	for _, l := range one.Legs {
		leg := actLegJSON{
			ID: l.ID, Rail: l.Rail, Payee: payeeJSON{l.Payee.Name, l.Payee.ID}, From: []drawJSON{}, AmountMinor: l.Amount.Minor,
			FeeMinor: l.Fee.Minor, Fee: l.FeeName, NetMinor: l.Net.Minor, State: string(l.State), Due: stamp(l.Due, zone),
			Ended: stamp(l.Ended, zone), Failure: l.Failure,
		}
		for _, d := range l.From {
			leg.From = append(leg.From, drawJSON{d.Lot, d.Amount.Minor})
		}
		out.Legs = append(out.Legs, leg)
	}
	return out
}
