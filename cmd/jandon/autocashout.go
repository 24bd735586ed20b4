package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
)

// autoCashout shows what goes by itself, sets it up or ends it.
func (a *app) autoCashout() *cobra.Command {
	var from origin
	var asJSON bool
	c := a.command("auto", "cli.auto", 0, 0, func(cmd *cobra.Command, _ []string) error {
		s, b, err := a.inquire(cmd.Context(), from)
		if err != nil {
			return err
		}
		defer s.shut()
		one, err := b.Auto(cmd.Context())
		if err != nil {
			return err
		}
		return a.printAuto(s, one, asJSON)
	})
	from.demoFlags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	c.AddCommand(a.setAuto(), a.autoOff())
	return c
}

// wanted is what the flags ask for.
type wanted struct {
	ceiling, keep, rail, to, every string
}

// terms are those of the flags, with the payee found among those that there are.
func (w wanted) terms(one act.Auto, book *valuepath.Book) (t act.Terms, err error) {
	for _, flag := range [][2]string{{"--ceiling", w.ceiling}, {"--rail", w.rail}, {"--every", w.every}} {
		if strings.TrimSpace(flag[1]) == "" {
			return t, fault.New(fault.MissingArg, "name", flag[0], "want", "jandon auto set --ceiling 30000 --rail bank_transfer --every week")
		}
	}
	if t.Ceiling, err = amountOf(w.ceiling, book); err != nil {
		return t, err
	}
	t.Keep = money.Of(0, book.Currency)
	if w.keep != "" && w.keep != "0" {
		if t.Keep, err = amountOf(w.keep, book); err != nil {
			return t, err
		}
	}
	if t.Every = act.Every(w.every); !t.Every.Known() {
		return t, fault.New(fault.BadFlag, "name", "--every", "value", w.every, "want", "week | month")
	}
	if _, ok := book.Rail(w.rail); !ok {
		return t, fault.New(fault.BadFlag, "name", "--rail", "value", w.rail, "want", strings.Join(railIDs(book, func(*valuepath.Rail) bool { return true }), " | "))
	}
	t.Rail, t.Destination = w.rail, w.to
	var found []act.Payee
	for _, c := range one.Choices {
		if p := c.Payee; c.Rail == w.rail && (w.to == "" || p.Destination == w.to || p.Name == w.to) {
			found = append(found, p)
		}
	}
	switch {
	case len(found) == 1:
		t.Destination = found[0].Destination
	case len(found) > 1:
		return t, fault.New(fault.BadFlag, "name", "--to", "value", w.to, "want", found[0].Destination+" | "+found[1].Destination)
	}
	return t, nil // whom the platform does not know as one to pay, it refuses by the reason
}

// setAuto asks for an automatic cash-out, which has to be confirmed.
func (a *app) setAuto() *cobra.Command {
	var d deed
	var w wanted
	c := a.command("set", "cli.auto.set", 0, 0, func(cmd *cobra.Command, _ []string) error {
		book, err := valuepath.Shipped()
		if err != nil {
			return err
		}
		if _, err := w.terms(act.Auto{}, book); err != nil { // what is wrong with the flags is said before a PIN is asked for
			return err
		}
		ctx := cmd.Context()
		return a.opened(ctx, &d.pins, func(t *talk, open *client.Account) error {
			one, err := open.Auto(ctx)
			if err != nil {
				return err
			}
			terms, err := w.terms(one, book)
			if err != nil {
				return err
			}
			made, err := open.SetAuto(ctx, terms)
			if err != nil {
				return err
			}
			return a.carry(ctx, t, open, made, &d)
		})
	})
	d.flags(c)
	c.Flags().StringVar(&w.ceiling, "ceiling", "", "cli.flag.ceiling")
	c.Flags().StringVar(&w.keep, "keep", "0", "cli.flag.keep")
	c.Flags().StringVar(&w.rail, "rail", "", "cli.flag.auto-rail")
	c.Flags().StringVar(&w.to, "to", "", "cli.flag.auto-to")
	c.Flags().StringVar(&w.every, "every", "", "cli.flag.every")
	must(c.RegisterFlagCompletionFunc("every", words(string(act.EveryWeek), string(act.EveryMonth))))
	must(c.RegisterFlagCompletionFunc("rail", cobra.NoFileCompletions))
	return c
}

// autoOff lets nothing more go; nothing has to be confirmed for that.
func (a *app) autoOff() *cobra.Command {
	var asJSON bool
	c := a.command("off", "cli.auto.off", 0, 0, func(cmd *cobra.Command, _ []string) error {
		s, _, err := a.inquire(cmd.Context(), origin{})
		if err != nil {
			return err
		}
		defer s.shut()
		one, err := a.endAuto(cmd.Context(), s)
		if err != nil {
			return err
		}
		return a.printAuto(s, one, asJSON)
	})
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return c
}

func (a *app) endAuto(ctx context.Context, s *source) (act.Auto, error) {
	if s.bank == nil {
		return act.Auto{}, fault.New(fault.NotEnrolled)
	}
	open, err := s.bank(ctx)
	if err != nil {
		return act.Auto{}, err
	}
	return open.StopAuto(ctx)
}

type autoJSON struct {
	Version int          `json:"version"`
	State   string       `json:"state"`
	Able    bool         `json:"able"`
	Missing []string     `json:"missing"`
	Choices []choiceJSON `json:"choices"`
	Terms   *termsJSON   `json:"terms"`
	Device  string       `json:"device"`
	Since   *string      `json:"since"`
	Until   *string      `json:"until"`
	Next    *string      `json:"next"`
	Last    string       `json:"last"`
	Why     string       `json:"why"`
}

type choiceJSON struct {
	Rail      string    `json:"rail"`
	To        string    `json:"to"`
	Payee     payeeJSON `json:"payee"`
	MostMinor int64     `json:"most_minor"`
	Currency  string    `json:"currency"`
}

type termsJSON struct {
	Currency     string    `json:"currency"`
	CeilingMinor int64     `json:"ceiling_minor"`
	KeepMinor    int64     `json:"keep_minor"`
	Rail         string    `json:"rail"`
	To           string    `json:"to"`
	Payee        payeeJSON `json:"payee"`
	Every        string    `json:"every"`
}

func autoOf(x act.Auto, zone *time.Location) autoJSON {
	out := autoJSON{
		Version: version, State: string(x.State), Able: x.Able, Missing: append([]string{}, x.Missing...), Choices: []choiceJSON{}, Device: x.Device,
		Since: stamp(x.Since, zone), Until: stamp(x.Until, zone), Next: stamp(x.Next, zone), Last: x.Last, Why: x.Why,
	}
	for _, c := range x.Choices {
		out.Choices = append(out.Choices, choiceJSON{c.Rail, c.Payee.Destination, payeeJSON{c.Payee.Name, c.Payee.ID}, c.Most.Minor, string(c.Most.Currency)})
	}
	if t := x.Terms; t != nil {
		out.Terms = &termsJSON{
			string(t.Ceiling.Currency), t.Ceiling.Minor, t.Keep.Minor, t.Rail, t.Destination, payeeJSON{x.Payee.Name, x.Payee.ID}, string(t.Every),
		}
	}
	return out
}

func (a *app) printAuto(s *source, x act.Auto, asJSON bool) error {
	if asJSON {
		return a.printJSON(autoOf(x, a.cfg.Zone))
	}
	t, style := a.text(), a.style()
	var out sheet
	a.heading(&out, s, time.Time{})
	switch x.State {
	case act.AutoOn:
		out.free(t.F("auto.on", "When", t.Moment(x.Next, a.cfg.Zone)), headInk)
	case act.AutoStopped:
		out.free(t.T("auto.stopped"), warnInk)
	default:
		out.free(t.T("auto.off"), headInk)
	}
	if id := "auto.why." + x.Why; x.Why != "" && t.Has(id) {
		out.free("  "+t.T(id), quietInk)
	}
	if x.Terms != nil && x.State != act.AutoOff {
		for _, line := range a.termLines(*x.Terms, x.Payee, x.Until) {
			out.free("  "+line, plainInk)
		}
	}
	for _, word := range x.Missing {
		if id := "auto.need." + word; t.Has(id) {
			out.free("· "+t.T(id), warnInk)
			out.free("  "+t.T("auto.remedy."+word), quietInk)
		} else {
			out.free(t.F("auto.other_need", "Word", word), warnInk)
		}
	}
	if x.State != act.AutoOn {
		for _, c := range x.Choices {
			out.row(left(t.T("rail.name."+c.Rail)).in(headInk), left(short(c.Payee.Name, 28)), left(c.Payee.ID), right(style.Format(c.Most)), left(c.Payee.Destination).in(quietInk))
		}
	}
	return a.print(&out)
}

// termLines are what may go by itself, a line each.
func (a *app) termLines(t act.Terms, to act.Payee, until time.Time) (lines []string) {
	p, style := a.text(), a.style()
	for _, x := range [][2]string{
		{"auto.most", style.Format(t.Ceiling)}, {"auto.keep", p.F("auto.keep_of", "Amount", style.Format(t.Keep))},
		{"auto.often", p.T("auto.every." + string(t.Every))}, {"auto.to", to.Name + "  " + to.ID}, {"auto.way", p.T("rail.name." + t.Rail)},
		{"auto.until", p.Moment(until, a.cfg.Zone)},
	} {
		lines = append(lines, p.F("cli.auto.fact", "Name", p.T(x[0]), "Value", x[1]))
	}
	return lines
}
