package cashout

import (
	"cmp"
	"slices"
	"strings"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
)

// barred are lots that can't go for one and the same reason.
type barred struct {
	valuepath.Verdict
	say, remedy string
	names       []string // whose value, and of which kind
	sum         money.Amount
}

// refused says what can't go now: how much, whose, why, by which rule, and the
// lawful way on. Lots with the same reason stand together, the largest first.
func (p *Page) refused(w int) kit.Lines {
	if len(p.ground.refused) == 0 {
		return nil
	}
	t, text := p.env.Theme, p.env.Text
	groups := p.barred()
	sum := int64(0)
	for _, g := range groups {
		if g.sum.Currency == p.book.Currency {
			sum += g.sum.Minor
		}
	}
	list := kit.Lines{kit.Heading(t, text.T("cashout.what_cant"), p.money(sum))}
	for i, g := range groups {
		if i > 0 {
			list = append(list, kit.Gap())
		}
		amount, name := p.env.Amount(g.sum), strings.Join(g.names, ", ")
		list = append(list, p.heldLine(name, amount, w)...)
		room := min(w, readable)
		list = append(list, bullet(" ", t.Quiet, t.Text, g.say, room)...)
		list = append(list, bullet("→", t.Accent, t.Text, g.remedy, room)...)
		list = append(list, bullet(" ", t.Quiet, t.Quiet, p.basisOf(&g.Verdict, g.say), room)...)
	}
	return list
}

// basisOf names the rule: its title, its id, the day from which it holds, and
// its source unless the reason named that already.
func (p *Page) basisOf(v *valuepath.Verdict, said string) string {
	rule, ok := p.book.Rule(v.Rule)
	if !ok {
		return v.Rule
	}
	day := v.Since
	if d, err := history.ParseDay(v.Since); err == nil {
		day = p.env.DayYear(d)
	}
	basis := p.env.Text.F("cashout.rule", "Name", p.env.Text.T("rule."+rule.ID+".name"), "ID", rule.ID, "Day", day)
	if strings.Contains(said, rule.Source) {
		return basis
	}
	return basis + " · " + rule.Source
}

func (p *Page) barred() (list []barred) {
	for i := range p.ground.refused {
		r := &p.ground.refused[i]
		say, remedy := p.say(r.Say), p.say(r.Remedy)
		at := slices.IndexFunc(list, func(g barred) bool {
			return g.Rule == r.Rule && g.say == say && g.remedy == remedy && g.sum.Currency == r.Amount.Currency
		})
		if at < 0 {
			at = len(list)
			list = append(list, barred{Verdict: r.Verdict, say: say, remedy: remedy, sum: money.Of(0, r.Amount.Currency)})
		}
		g := &list[at]
		g.sum.Minor += r.Amount.Minor
		if l, ok := p.lot(r.Lot); ok {
			if name := p.issuer(l.Issuer) + " · " + p.env.Kind(l.Kind); !slices.Contains(g.names, name) {
				g.names = append(g.names, name)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b barred) int { return cmp.Compare(b.sum.Minor, a.sum.Minor) })
	return list
}

// missing says what the account lacks for rails that could carry something,
// and how to come by it.
func (p *Page) missing(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	var verify, link, wait []string
	for _, s := range p.ground.rails {
		switch {
		case s.Eligible.Minor == 0:
		case s.Code == valuepath.NotVerified:
			verify = append(verify, p.rail(s.Rail))
		case s.Code == valuepath.NoDestination && len(p.waiting(s.Rail)) > 0:
			for _, d := range p.waiting(s.Rail) {
				wait = append(wait, text.F("cashout.waits", "Rail", p.rail(s.Rail), "Payee", d.Name+" · "+d.Number, "When", p.env.When(d.Usable)))
			}
		case s.Code == valuepath.NoDestination:
			link = append(link, p.rail(s.Rail))
		}
	}
	if len(verify)+len(link)+len(wait) == 0 {
		return nil
	}
	list := kit.Lines{kit.Heading(t, text.T("cashout.missing"), "")}
	if len(verify) > 0 {
		list = append(list, bullet("·", t.Warn, t.Text, text.F("cashout.verify", "Rails", strings.Join(verify, ", ")), min(w, readable))...)
	}
	if len(link) > 0 {
		list = append(list, bullet("·", t.Warn, t.Text, p.env.Keyed("cashout.link", "cashout.link_lines", "Rails", strings.Join(link, ", ")), min(w, readable))...)
	}
	for _, say := range wait {
		list = append(list, bullet("·", t.Warn, t.Text, say, min(w, readable))...)
	}
	return list
}

// unlinked is the first rail that lacks nothing but a destination; "" if there is none.
func (p *Page) unlinked() string {
	for _, s := range p.ground.rails {
		if s.Code == valuepath.NoDestination && s.Eligible.Minor > 0 {
			return s.Rail
		}
	}
	return ""
}

// trouble says what went wrong: no quote, or nothing to plan with.
func (p *Page) trouble(w int) (list kit.Lines) {
	t, text := p.env.Theme, p.env.Text
	tell := func(title string, err *fault.Error) {
		say, hint := p.fault(err)
		list = append(list, kit.Paragraph(t.Bad, title, w)...)
		list = append(list, kit.Paragraph(t.Text, say, w)...)
		list = append(list, kit.Paragraph(t.Quiet, hint, w)...)
	}
	if err := cmp.Or(p.holdErr, p.knowErr); err != nil && err != p.foreign && p.limits != nil {
		say, _ := p.fault(err)
		list = append(list, kit.Paragraph(t.Warn, text.F("cashout.stale", "Say", say, "Balances", p.env.When(p.wallet.AsOf), "Limits", p.env.When(p.limits.At)), w)...)
	}
	if p.recalled && p.knowing.Slow() {
		list = append(list, kit.Paragraph(t.Warn, text.F("cashout.silent", "Balances", p.env.When(p.wallet.AsOf), "Limits", p.env.When(p.limits.At)), w)...)
	}
	switch {
	case p.pre.err != nil:
		tell(text.T("cashout.no_preview"), p.pre.err)
	case p.limits == nil && p.knowErr != nil:
		tell(text.T("cashout.no_means"), p.knowErr)
	case p.refusal != nil:
		tell(text.T("cashout.no_quote"), p.refusal)
	}
	if p.limits != nil && p.limits.Paused.After(p.env.Now) {
		list = append(list, kit.Paragraph(t.Warn, text.F("cashout.paused", "Until", p.env.When(p.limits.Paused)), w)...)
	}
	switch most, known := p.leeway(); {
	case p.exceeds(p.option()):
		list = append(list, kit.Paragraph(t.Warn, p.allTogether(most), w)...)
	case known && int64(p.amount) == most && most < p.ground.movable: // why all is not more
		list = append(list, kit.Paragraph(t.Quiet, p.allTogether(most), w)...)
	}
	if n := p.ground.pinned; n > 0 {
		list = append(list, kit.Paragraph(t.Quiet, text.F("cashout.pinned", "Amount", p.money(n)), w)...)
	}
	if p.begun != nil {
		list = append(list, kit.Paragraph(t.Quiet, text.F("cashout.begun", "Amount", p.money(p.begun.Amount.Minor), "When", p.env.When(p.begun.Made)), w)...)
	}
	return list
}

// allTogether is what all ways together may take now, and why it is not more.
func (p *Page) allTogether(most int64) string {
	say := p.env.Text.F("cashout.over_total", "Amount", p.money(most))
	if why := (acting.Words{Env: p.env}).Less(p.limits); why != "" {
		return say + " " + why
	}
	return say + " " + p.env.Text.T("cashout.over_total_more")
}

// basis says what the preview stands on, and how good it is.
func (p *Page) basis(w int) kit.Lines {
	if !p.known() {
		return nil
	}
	t, text := p.env.Theme, p.env.Text
	says := text.F("cashout.basis", "Balances", p.env.When(p.wallet.AsOf), "Limits", p.env.When(p.limits.At), "Version", valuepath.DateOf(p.book.Version))
	if out := p.pre.out; out != nil && len(out.Front) > 0 {
		if out.Proved {
			says += " " + text.T("cashout.proved")
		} else {
			says += " " + text.T("cashout.not_proved")
		}
	}
	return kit.Paragraph(t.Quiet, says, min(w, readable))
}
