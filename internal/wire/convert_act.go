package wire

import (
	"strings"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// FromAct is the contract's form of an act.
func FromAct(a act.Act) Act {
	return Act{
		Id: Line(a.ID), Action: Line(a.Action), State: ActState(a.State), Need: ActNeed(a.Need), Reasons: Each(a.Reasons, FromReason),
		Challenge: Line(a.Challenge), Device: Line(a.Device), Made: a.Made, Until: a.Until, Ended: a.Ended, Quote: Line(a.Quote),
		AmountMinor: a.Amount.Minor, FeeMinor: a.Fee.Minor, Currency: a.Amount.Currency, Legs: Each(a.Legs, FromLeg),
		Subject: FromPayee(a.Subject), Receipt: Line(a.Receipt), Automatic: a.Automatic,
	}
}

// Act is the act as both sides know it. An action, state or need that this
// build has no word for becomes "", which nothing confirms and nothing ends.
func (a Act) Act() act.Act {
	return act.Act{
		ID: string(a.Id), Action: action(a.Action), State: enum[act.State](a.State),
		Need: enum[act.Need](a.Need), Reasons: Each(a.Reasons, Reason.Act), Challenge: string(a.Challenge),
		Device: string(a.Device), Made: instant(a.Made), Until: instant(a.Until), Ended: instant(a.Ended), Quote: string(a.Quote),
		Amount: money.Of(a.AmountMinor, a.Currency), Fee: money.Of(a.FeeMinor, a.Currency),
		Legs:    Each(a.Legs, func(l ActLeg) act.Leg { return l.Act(a.Currency) }),
		Subject: a.Subject.Act(), Receipt: string(a.Receipt), Automatic: a.Automatic,
	}
}

// FromLeg is the contract's form of a leg; its currency is the act's.
func FromLeg(l act.Leg) ActLeg {
	return ActLeg{
		Id: Line(l.ID), Rail: Line(l.Rail), Nature: Line(l.Nature.String()), Payee: FromPayee(l.Payee), From: Each(l.From, FromDraw),
		AmountMinor: l.Amount.Minor, FeeMinor: l.Fee.Minor, FeeName: Line(l.FeeName), NetMinor: l.Net.Minor,
		State: ActLegState(l.State), Due: l.Due, Ended: l.Ended, Failure: Line(l.Failure),
	}
}

// Act is the leg as both sides know it. A state that this build has no word
// for becomes "", a nature NatureUnknown.
func (l ActLeg) Act(c money.Currency) act.Leg {
	return act.Leg{
		ID: string(l.Id), Rail: string(l.Rail), Nature: nature(l.Nature), Payee: l.Payee.Act(), From: draws(l.From, c),
		Amount: money.Of(l.AmountMinor, c), Fee: money.Of(l.FeeMinor, c), FeeName: word(l.FeeName), Net: money.Of(l.NetMinor, c),
		State: enum[act.LegState](l.State), Due: instant(l.Due), Ended: instant(l.Ended), Failure: word(l.Failure),
	}
}

// FromReason is the contract's form of a reason.
func FromReason(r act.Reason) Reason {
	w := Reason{Code: Line(r.Code), Points: r.Points}
	for name, value := range r.Args {
		if w.Args == nil {
			w.Args = make(map[string]Line, len(r.Args))
		}
		w.Args[name] = Line(value)
	}
	return w
}

// Act is the reason as both sides know it.
func (r Reason) Act() act.Reason {
	a := act.Reason{Code: word(r.Code), Points: r.Points}
	for name, value := range r.Args {
		if a.Args == nil {
			a.Args = make(map[string]string, len(r.Args))
		}
		a.Args[name] = string(value)
	}
	return a
}

// FromPayee is the contract's form of a payee.
func FromPayee(p act.Payee) Payee {
	return Payee{Name: Line(p.Name), Id: Line(p.ID), Destination: Line(p.Destination)}
}

// Act is the payee as both sides know it.
func (p Payee) Act() act.Payee {
	return act.Payee{Name: string(p.Name), ID: string(p.Id), Destination: string(p.Destination)}
}

// FromDraw is the contract's form of a draw.
func FromDraw(d wallet.Draw) Draw { return Draw{Lot: Line(d.Lot), AmountMinor: d.Amount.Minor} }

func draws(list []Draw, c money.Currency) []wallet.Draw {
	return Each(list, func(d Draw) wallet.Draw {
		return wallet.Draw{Lot: string(d.Lot), Amount: money.Of(d.AmountMinor, c)}
	})
}

// enum is a word of the contract as this build knows it; one that it does not
// know becomes "", which stands for unknown.
func enum[T ~string, W interface {
	~string
	Valid() bool
}](w W) T {
	if !w.Valid() {
		return ""
	}
	return T(w)
}

func action(l Line) act.Action {
	if a := act.Action(l); a.Known() {
		return a
	}
	return ""
}

// word is a word that names a sentence of the catalogue: small letters, digits,
// dots and underscores. Anything else becomes "".
func word(l Line) string {
	const longest = 60
	strange := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '.' }
	if len(l) > longest || strings.ContainsFunc(string(l), strange) {
		return ""
	}
	return string(l)
}

func nature(l Line) (n valuepath.Nature) {
	_ = n.UnmarshalText([]byte(l)) // an unknown one leaves NatureUnknown
	return n
}

// seconds rounds up: nothing arrives before it was said to.
func seconds(d time.Duration) int64 { return int64((d + time.Second - 1) / time.Second) }

// lasting is a number of seconds from outside; one that no plan has becomes
// the longest there is.
func lasting(s int64) time.Duration {
	const most = int64(10 * 365 * 24 * time.Hour / time.Second)
	return time.Duration(min(max(s, 0), most)) * time.Second
}
