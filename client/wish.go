package client

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/internal/wire"
	"jandon/keystore/challenge"
)

// wish is an act as the person asked for it. It is journaled before it is
// sent; the act that comes back and the challenge that confirms it are held to it.
type wish struct {
	Action act.Action `json:"action"`

	Quote    string          `json:"quote,omitempty"` // of a cash-out, with what its plan says
	Plan     int             `json:"plan,omitempty"`
	Currency money.Currency  `json:"currency,omitempty"`
	Amount   int64           `json:"amount_minor,omitempty"`
	Fee      int64           `json:"fee_minor,omitempty"`
	Legs     []challenge.Leg `json:"legs,omitempty"`
	To       []string        `json:"to,omitempty"` // which destination each leg pays; "" where the rail itself is the payee

	Rail   string `json:"rail,omitempty"` // of a destination
	Name   string `json:"name,omitempty"`
	Number string `json:"number,omitempty"`

	Dispute *wallet.DisputeAsk `json:"dispute,omitempty"` // of a charge; no act

	Pays  string    `json:"pays,omitempty"` // the destination of terms, whose ceiling is the amount
	Keep  int64     `json:"keep_minor,omitempty"`
	Every act.Every `json:"every,omitempty"`

	Level   act.Level `json:"level,omitempty"`
	Digests []string  `json:"digests,omitempty"` // of recovery codes
	Public  string    `json:"hpke_public_key,omitempty"`
}

// cashout is the wish for one offer of a quote.
func cashout(q act.Quote, n int) (wish, error) {
	if n < 0 || n >= len(q.Offers) {
		return wish{}, fault.Wrap(errors.New("client: no such offer"), fault.Internal)
	}
	offer := q.Offers[n]
	w := wish{Action: act.Cashout, Quote: q.ID, Plan: n, Currency: q.Amount.Currency, Fee: offer.Plan.Fees.Minor}
	for i, l := range offer.Plan.Legs {
		w.Amount += l.Amount.Minor
		w.Legs = append(w.Legs, challenge.Leg{Amount: l.Net.Minor, Payee: offer.Payees[i].Name, PayeeID: offer.Payees[i].ID})
		w.To = append(w.To, offer.Payees[i].Destination)
	}
	return w, nil
}

// request is the wish as it is sent.
func (w wish) request(base, key string) (*http.Request, error) {
	switch w.Action {
	case act.Cashout:
		return wire.NewCashOutRequest(base, &wire.CashOutParams{IdempotencyKey: key}, wire.CashoutRequest{Quote: w.Quote, Plan: w.Plan})
	case act.AddDestination:
		return wire.NewLinkDestinationRequest(base, &wire.LinkDestinationParams{IdempotencyKey: key},
			wire.DestinationRequest{Rail: w.Rail, Name: w.Name, Number: w.Number})
	case act.SetAuto:
		return wire.NewSetAutoCashoutRequest(base, &wire.SetAutoCashoutParams{IdempotencyKey: key}, wire.FromTerms(w.terms()))
	case act.ChangePIN:
		return wire.NewChangeSecretRequest(base, &wire.ChangeSecretParams{IdempotencyKey: key}, wire.SealRequest{HpkePublicKey: w.Public})
	case act.AddAuthenticator:
		return wire.NewAddAuthenticatorRequest(base, &wire.AddAuthenticatorParams{IdempotencyKey: key}, wire.SealRequest{HpkePublicKey: w.Public})
	case act.SetRecovery:
		return wire.NewSetRecoveryCodesRequest(base, &wire.SetRecoveryCodesParams{IdempotencyKey: key}, wire.RecoveryDigests{Digests: w.Digests})
	case act.Resume:
		return wire.NewResumeRequest(base, &wire.ResumeParams{IdempotencyKey: key})
	case act.LowerLevel:
		return wire.NewSetLevelRequest(base, &wire.SetLevelParams{IdempotencyKey: key}, wire.LevelRequest{Level: wire.FromLevel(w.Level)})
	}
	return nil, errors.New("client: an act that no device begins")
}

// differs names the first field in which an act is another than was wished
// for; "" if there is none.
func (w wish) differs(a act.Act) string {
	if w.Action == act.SetAuto {
		return w.paysOther(a)
	}
	switch {
	case a.Action != w.Action:
		return "action"
	case w.Action == act.AddDestination && a.Quote != w.Rail:
		return "quote" // by which way it will be paid
	case w.Action != act.AddDestination && a.Quote != w.Quote:
		return "quote"
	case a.Amount.Currency != w.Currency:
		return "currency"
	case a.Amount.Minor != w.Amount:
		return "amount"
	case a.Fee.Minor != w.Fee:
		return "fee"
	case len(a.Legs) != len(w.Legs):
		return "legs"
	case w.Action == act.AddDestination && a.Subject.Name != w.Name:
		return "payee"
	case w.Action == act.AddDestination && !masks(a.Subject.ID, w.Number):
		return "payee_id"
	}
	for i, l := range a.Legs {
		at := "legs[" + strconv.Itoa(i) + "]."
		switch {
		case l.Net.Minor != w.Legs[i].Amount:
			return at + "amount"
		case l.Payee.Name != w.Legs[i].Payee:
			return at + "payee"
		case l.Payee.ID != w.Legs[i].PayeeID:
			return at + "payee_id"
		case i < len(w.To) && l.Payee.Destination != w.To[i]: // two may look alike, and one is paid
			return at + "destination"
		}
	}
	return ""
}

// masks reports whether a short id is the end of a number, as in ***-1234.
func masks(id, number string) bool {
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	}
	end := digits(id)
	return end != "" && strings.HasSuffix(digits(number), end)
}

func (w wish) encode() ([]byte, error) {
	b, err := json.Marshal(w)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal)
	}
	return b, nil
}

func decodeWish(b []byte) (w wish, err error) {
	if err := json.Unmarshal(b, &w); err != nil {
		return wish{}, fault.Wrap(err, fault.StoreDamaged)
	}
	return w, nil
}
