package client

import (
	"context"
	"errors"
	"net/http"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wire"
	"jandon/keystore/challenge"
)

// Auto tells of the automatic cash-out, or of what is missing for one.
func (a *Account) Auto(ctx context.Context) (act.Auto, error) {
	if err := a.enrolled(); err != nil {
		return act.Auto{}, err
	}
	return a.autoCall(ctx, call{
		name: "auto", as: reader, build: func() (*http.Request, error) { return wire.NewGetAutoCashoutRequest(a.Client.base) },
	})
}

// SetAuto asks for an automatic cash-out; the act has to be confirmed. The
// terms are journaled as they were asked for, with whom they pay: what confirms
// them is held to that.
func (a *Account) SetAuto(ctx context.Context, t act.Terms) (act.Act, error) {
	if !t.Whole() {
		return act.Act{}, fault.New(fault.BadAmount, "value", t.Ceiling.Plain())
	}
	w := wish{
		Action: act.SetAuto, Quote: t.Digest(), Currency: t.Ceiling.Currency, Amount: t.Ceiling.Minor,
		Rail: t.Rail, Pays: t.Destination, Keep: t.Keep.Minor, Every: t.Every,
	}
	if t.Destination != "" {
		list, err := a.Destinations(ctx)
		if err != nil {
			return act.Act{}, err
		}
		for _, d := range list {
			if d.ID == t.Destination && d.Rail == t.Rail {
				w.Name, w.Number = d.Name, d.Number
			}
		}
		if w.Name == "" {
			return act.Act{}, fault.New(fault.NoDestination, "rail", t.Rail)
		}
	}
	return a.begin(ctx, w)
}

// StopAuto lets nothing more go by itself, at once.
func (a *Account) StopAuto(ctx context.Context) (act.Auto, error) {
	if err := a.enrolled(); err != nil {
		return act.Auto{}, err
	}
	return a.autoCall(ctx, call{
		name: "stop auto", as: reader, build: func() (*http.Request, error) { return wire.NewStopAutoCashoutRequest(a.Client.base) },
	})
}

func (a *Account) autoCall(ctx context.Context, q call) (act.Auto, error) {
	var w wire.AutoCashout
	q.read = func(b []byte) error { return readInto(b, &w, checkAuto) }
	if _, err := a.Client.do(ctx, q); err != nil {
		return act.Auto{}, err
	}
	return w.Act(), nil
}

func checkAuto(a wire.AutoCashout) error {
	// Nothing goes, or stopped going, without terms.
	if !a.State.Valid() || (a.Terms == nil) != (a.Payee == nil) || a.Terms == nil && a.State != wire.Off {
		return errors.New("client: an automatic cash-out that is none")
	}
	err := all(few("missing", a.Missing, func(wire.Line) error { return nil }), maybe("since", a.Since), maybe("until", a.Until), maybe("next", a.Next),
		few("choices", a.Choices, func(c wire.AutoChoice) error {
			return all(there("choice.rail", string(c.Rail)), positive("choice.most_minor", c.MostMinor, c.Currency))
		}))
	if err != nil || a.Terms == nil {
		return err
	}
	return all(there("terms.rail", string(a.Terms.Rail)), positive("terms.ceiling_minor", a.Terms.CeilingMinor, a.Terms.Currency),
		positive("terms.keep_minor", a.Terms.KeepMinor, a.Terms.Currency))
}

// terms are those that a wish asked for.
func (w wish) terms() act.Terms {
	return act.Terms{
		Ceiling: money.Of(w.Amount, w.Currency), Keep: money.Of(w.Keep, w.Currency), Rail: w.Rail, Destination: w.Pays, Every: w.Every,
	}
}

// paysOther names the first field in which an act lets value leave for somebody
// else than was wished for; "" if there is none. Nothing moves by it.
func (w wish) paysOther(a act.Act) string {
	switch {
	case a.Action != w.Action:
		return "action"
	case a.Quote != w.Quote || w.Quote != w.terms().Digest():
		return "quote"
	case a.Amount.Currency != "" || a.Amount.Minor != 0 || a.Fee.Minor != 0 || len(a.Legs) != 0:
		return "amount"
	case a.Subject.Destination != w.Pays:
		return "payee"
	case w.Pays != "" && (a.Subject.Name != w.Name || a.Subject.ID != w.Number):
		return "payee"
	case w.Pays == "" && a.Subject.ID != w.Rail:
		return "payee_id"
	}
	return ""
}

// allows is what a challenge of terms has to ask for: by the wish alone, so
// that one which this device did not ask for can't be confirmed here.
func (w wish) allows(of act.Act, r challenge.Request) (challenge.Request, error) {
	if field := w.paysOther(of); field != "" {
		return challenge.Request{}, fault.New(fault.ChallengeDiffers, "field", field)
	}
	r.Currency, r.Amount, r.Quote = string(w.Currency), w.Amount, w.terms().Digest()
	r.Legs = []challenge.Leg{{Amount: w.Amount, Payee: of.Subject.Name, PayeeID: of.Subject.ID}}
	return r, nil
}
