package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// goals are what a plan may be asked to be best at, in the order shown.
var goals = []valuepath.Goal{valuepath.MostValue, valuepath.Fastest, valuepath.NothingLeft}

// goalsOf are the goals that a flag names; none named is all of them.
func goalsOf(word string) ([]valuepath.Goal, error) {
	if word == "" {
		return goals, nil
	}
	g, ok := valuepath.ParseGoal(word)
	if !ok {
		return nil, fault.New(fault.BadFlag, "name", "--goal", "value", word, "want", "value | fast | clean")
	}
	return []valuepath.Goal{g}, nil
}

// amountOf reads an amount of the catalogue's currency that is more than nothing.
func amountOf(text string, book *valuepath.Book) (money.Amount, error) {
	if strings.TrimSpace(text) == "" {
		return money.Amount{}, fault.New(fault.MissingArg, "name", "--amount", "want", "--amount 1300")
	}
	amount, err := money.Parse(text, book.Currency)
	if err != nil || amount.Minor <= 0 || amount.Minor > valuepath.MaxAmount {
		return money.Amount{}, fault.Wrap(err, fault.BadAmount, "value", text)
	}
	return amount, nil
}

// preview shows what an amount can become, at what cost, and what can't go.
func (a *app) preview() *cobra.Command {
	var from origin
	var to payees
	var amount, goal string
	var asJSON bool
	c := a.command("preview", "cli.preview", 0, 0, func(cmd *cobra.Command, _ []string) error {
		book, err := valuepath.Shipped()
		if err != nil {
			return err
		}
		want, err := amountOf(amount, book)
		if err != nil {
			return err
		}
		chosen, err := goalsOf(goal)
		if err != nil {
			return err
		}
		s, err := a.open(cmd.Context(), from)
		if err != nil {
			return err
		}
		defer s.shut()
		p, err := a.foresee(cmd.Context(), s, book, want, &to, from.at != "")
		if err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(p.json(a, chosen))
		}
		return a.printPreview(s, p, chosen)
	})
	from.flags(c)
	to.flag(c)
	c.Flags().StringVar(&amount, "amount", "", "cli.flag.amount")
	c.Flags().StringVar(&goal, "goal", "", "cli.flag.goal")
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	must(c.RegisterFlagCompletionFunc("goal", words("value", "fast", "clean")))
	return c
}

// words completes a flag with a few words.
func words(list ...string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return list, cobra.ShellCompDirectiveNoFileComp
	}
}

// foreseen is what an amount can become now.
type foreseen struct {
	*valuepath.Outcome
	at     time.Time
	zone   *time.Location // of opening hours and the days of limits
	tier   valuepath.Tier
	wallet wallet.Wallet
	most   *int64                     // what all rails together may take now; nil: not limited
	less   act.RailLimit              // why it is not more
	paid   map[string]act.Destination // whom each rail would pay, by Rail.ID
}

// exceeds reports whether a plan takes more than may leave now.
func (f *foreseen) exceeds(p *valuepath.Plan) bool {
	return f.most != nil && p.Amount.Minor-p.Rest.Minor > *f.most
}

// foresee asks the platform what it knows of the person and plans with what is
// held. Both are fetched: a plan over yesterday's balance would be refused.
func (a *app) foresee(ctx context.Context, s *source, book *valuepath.Book, amount money.Amount, to *payees, pinned bool) (*foreseen, error) {
	if s.statement {
		return nil, fault.New(fault.NoBalances, "file", s.name)
	}
	if s.teller == nil {
		return nil, fault.New(fault.NotEnrolled)
	}
	if _, err := s.refresh(ctx, func(int, int) {}); err != nil {
		return nil, err
	}
	limits, err := s.teller.Limits(ctx)
	if err != nil {
		return nil, err
	}
	if limits.Version != book.Version {
		return nil, fault.New(fault.CatalogueDiffers, "want", limits.Version, "have", book.Version)
	}
	zone, err := time.LoadLocation(limits.Zone)
	if err != nil {
		return nil, fault.Wrap(err, fault.BadAnswer, "url", s.name, "detail", "zone")
	}
	w, err := s.Wallet(ctx)
	if err != nil {
		return nil, err
	}
	f := &foreseen{at: limits.At, zone: zone, tier: limits.Tier, wallet: w}
	if most, known := limits.Leeway(); known {
		f.most = &most
	}
	if pinned || f.at.IsZero() {
		f.at = s.clock()
	}
	linked, err := s.teller.Destinations(ctx)
	if err != nil {
		return nil, err
	}
	chosen, err := to.chosen(book, linked, f.at)
	if err != nil {
		return nil, err
	}
	f.paid, f.less = act.Payees(linked, chosen, f.at), limits.Total
	req := limits.Request(act.Ask{Amount: amount}, f.at, zone)
	req.Lots = w.Movable()
	f.Outcome, err = book.Plan(req)
	return f, err
}

type previewJSON struct {
	Version     int           `json:"version"`
	At          string        `json:"at"`
	Currency    string        `json:"currency"`
	AmountMinor int64         `json:"amount_minor"`
	Tier        string        `json:"tier"`
	Catalogue   string        `json:"catalogue"`
	Proved      bool          `json:"proved"`
	MostMinor   *int64        `json:"most_minor"` // that may leave now over all rails together; null: not limited
	Plans       []planJSON    `json:"plans"`
	Refused     []refusedJSON `json:"refused"`
	Options     []optionJSON  `json:"options"`
}

type planJSON struct {
	Goal       string     `json:"goal"`
	Legs       []legJSON  `json:"legs"`
	NetMinor   int64      `json:"net_minor"`
	ValueMinor int64      `json:"value_minor"`
	GivenMinor int64      `json:"given_minor"`
	FeesMinor  int64      `json:"fees_minor"`
	RestMinor  int64      `json:"rest_minor"`
	EtaS       int64      `json:"eta_s"`
	Proved     bool       `json:"proved"`
	OverLimit  bool       `json:"over_limit"` // takes more than most_minor: the platform would refuse it
	Sentence   string     `json:"sentence"`
	Stays      []stayJSON `json:"stays"`
}

type legJSON struct {
	Rail        string     `json:"rail"`
	From        []string   `json:"from"`
	AmountMinor int64      `json:"amount_minor"`
	FeeMinor    int64      `json:"fee_minor"`
	Fee         string     `json:"fee"`
	NetMinor    int64      `json:"net_minor"`
	EtaS        int64      `json:"eta_s"`
	Draws       []drawJSON `json:"draws"`
	Payee       *paidJSON  `json:"payee"` // null: the rail itself
}

type paidJSON struct {
	Name        string `json:"name"`
	Number      string `json:"number"`
	Destination string `json:"destination"`
}

type drawJSON struct {
	Lot         string `json:"lot"`
	AmountMinor int64  `json:"amount_minor"`
}

type verdictJSON struct {
	Code   string  `json:"code"`
	Rule   string  `json:"rule"`
	Since  string  `json:"since"`
	When   *string `json:"when"`
	Reason string  `json:"reason"`
	Remedy string  `json:"remedy"`
}

type stayJSON struct {
	Lot         string `json:"lot"`
	AmountMinor int64  `json:"amount_minor"`
	verdictJSON
}

type refusedJSON struct {
	Lot         string `json:"lot"`
	Kind        string `json:"kind"`
	Issuer      string `json:"issuer"`
	AmountMinor int64  `json:"amount_minor"`
	verdictJSON
}

type optionJSON struct {
	What       string  `json:"what"`
	ValueMinor int64   `json:"value_minor"`
	GainMinor  int64   `json:"gain_minor"`
	When       *string `json:"when"`
	Sentence   string  `json:"sentence"`
}

// speaker says what valuepath has to say, in the person's language.
func (a *app) speaker(zone *time.Location) valuepath.Speaker {
	return valuepath.Speaker{Words: a.text(), Money: a.style(), Zone: zone}
}

func (f *foreseen) json(a *app, chosen []valuepath.Goal) previewJSON {
	say := a.speaker(f.zone)
	verdict := func(v valuepath.Verdict) verdictJSON {
		return verdictJSON{string(v.Code), v.Rule, v.Since, stamp(v.When, a.cfg.Zone), say.Say(v.Say), say.Say(v.Remedy)}
	}
	out := previewJSON{
		Version: version, At: f.at.In(a.cfg.Zone).Format(time.RFC3339), Currency: string(f.Amount.Currency),
		AmountMinor: f.Amount.Minor, Tier: f.tier.String(), Catalogue: f.Version, Proved: f.Proved, MostMinor: f.most,
		Plans: []planJSON{}, Refused: []refusedJSON{}, Options: []optionJSON{},
	}
	for _, g := range chosen {
		p := f.Plan(g)
		if p == nil {
			continue
		}
		one := planJSON{
			Goal: g.String(), Legs: []legJSON{}, NetMinor: p.Out().Minor, ValueMinor: p.Value.Minor, GivenMinor: p.Given.Minor,
			FeesMinor: p.Fees.Minor, RestMinor: p.Rest.Minor, EtaS: seconds(p.Time), Proved: p.Proved, OverLimit: f.exceeds(p),
			Sentence: say.Say(p.Sentence()), Stays: []stayJSON{},
		}
		for _, l := range p.Legs {
			leg := legJSON{
				Rail: l.Rail, From: []string{}, AmountMinor: l.Amount.Minor, FeeMinor: l.Fee.Minor, Fee: l.FeeName,
				NetMinor: l.Net.Minor, EtaS: seconds(l.Time), Draws: []drawJSON{},
			}
			if d, ok := f.paid[l.Rail]; ok {
				leg.Payee = &paidJSON{d.Name, d.Number, d.ID}
			}
			for _, d := range l.From {
				leg.From = append(leg.From, d.Lot)
				leg.Draws = append(leg.Draws, drawJSON{d.Lot, d.Amount.Minor})
			}
			one.Legs = append(one.Legs, leg)
		}
		for _, s := range p.Stays {
			one.Stays = append(one.Stays, stayJSON{s.Lot, s.Amount.Minor, verdict(s.Verdict)})
		}
		out.Plans = append(out.Plans, one)
	}
	for _, r := range f.Refused {
		issuer := f.lot(r.Lot).Issuer
		out.Refused = append(out.Refused, refusedJSON{r.Lot, r.Kind.String(), issuer, r.Amount.Minor, verdict(r.Verdict)})
	}
	for _, o := range f.options() {
		out.Options = append(out.Options, optionJSON{o.what, o.Value.Minor, o.Gain.Minor, stamp(o.When, a.cfg.Zone), say.Say(o.Say)})
	}
	return out
}

// option is another way than any rail now, by its word in JSON.
type option struct {
	what string
	*valuepath.Option
}

func (f *foreseen) options() (list []option) {
	for _, o := range []option{{"spend", f.Spend}, {"wait", f.Wait}} {
		if o.Option != nil {
			list = append(list, o)
		}
	}
	return list
}

// lot finds one of the lots that were planned with.
func (f *foreseen) lot(id string) wallet.Lot {
	for _, l := range f.wallet.Movable() {
		if l.ID == id {
			return l
		}
	}
	return wallet.Lot{}
}

func seconds(d time.Duration) int64 { return int64(d / time.Second) }
