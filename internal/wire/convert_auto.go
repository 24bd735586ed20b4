package wire

import (
	"jandon/internal/act"
	"jandon/internal/money"
)

// FromTerms is the contract's form of terms.
func FromTerms(t act.Terms) AutoTerms {
	return AutoTerms{
		Currency: t.Ceiling.Currency, CeilingMinor: t.Ceiling.Minor, KeepMinor: t.Keep.Minor, Rail: Line(t.Rail), Destination: Line(t.Destination),
		Every: AutoTermsEvery(t.Every),
	}
}

// Act is the terms as both sides know them.
func (t AutoTerms) Act() act.Terms {
	return act.Terms{
		Ceiling: money.Of(t.CeilingMinor, t.Currency), Keep: money.Of(t.KeepMinor, t.Currency), Rail: string(t.Rail), Destination: string(t.Destination),
		Every: enum[act.Every](t.Every),
	}
}

// FromAuto is the contract's form of an automatic cash-out.
func FromAuto(a act.Auto) AutoCashout {
	w := AutoCashout{
		State: AutoCashoutState(a.State), Able: a.Able, Missing: lines(a.Missing), Choices: Each(a.Choices, fromChoice), Device: Line(a.Device),
		Since: a.Since, Until: a.Until, Next: a.Next, Last: Line(a.Last), Why: Line(a.Why),
	}
	if w.Missing == nil {
		w.Missing = []Line{}
	}
	if a.Terms != nil {
		terms, payee := FromTerms(*a.Terms), FromPayee(a.Payee)
		w.Terms, w.Payee = &terms, &payee
	}
	return w
}

// Act is the automatic cash-out as both sides know it.
func (a AutoCashout) Act() act.Auto {
	x := act.Auto{
		State: enum[act.AutoState](a.State), Able: a.Able, Missing: Each(a.Missing, word), Choices: Each(a.Choices, AutoChoice.act), Device: string(a.Device),
		Since: instant(a.Since), Until: instant(a.Until), Next: instant(a.Next), Last: string(a.Last), Why: word(a.Why),
	}
	if a.Terms != nil && a.Payee != nil {
		terms := a.Terms.Act()
		x.Terms, x.Payee = &terms, a.Payee.Act()
	}
	return x
}

func fromChoice(c act.Choice) AutoChoice {
	return AutoChoice{Rail: Line(c.Rail), Payee: FromPayee(c.Payee), MostMinor: c.Most.Minor, Currency: c.Most.Currency}
}

func (c AutoChoice) act() act.Choice {
	return act.Choice{Rail: string(c.Rail), Payee: c.Payee.Act(), Most: money.Of(c.MostMinor, c.Currency)}
}
