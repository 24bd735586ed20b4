package ledger

import (
	"fmt"

	"jandon/internal/fault"
	"jandon/internal/platform/risk"
	"jandon/internal/scenario"
)

// know notes what a plan says of its person beside their value: facts that
// their tier goes by, their linked destinations, and that both are usual.
func (b *book) know(p scenario.Plan) error {
	a := p.Account
	if a.Since.IsZero() {
		a.Since = p.At
	}
	if err := b.joined(a.Since); err != nil {
		return err
	}
	if err := b.exec("UPDATE standings SET verified = $1, acts = $2 WHERE owner = $3", flag(a.Verified), a.Acts, b.owner); err != nil {
		return err
	}
	s, err := standingOf(b, b.owner, p.At)
	if err != nil {
		return err
	}
	w, err := risk.Shipped()
	if err != nil {
		return err
	}
	w.Assume(&s.profile, a.Acts, a.Usual)
	for n, d := range p.Destinations {
		want := Link{Rail: d.Rail, Name: d.Name, Number: d.Number}
		rail, err := railOf(d.Rail)
		if err == nil {
			err = want.check(rail)
		}
		if err != nil {
			return fault.Wrap(err, fault.BadRequest, "what", p.Name, "detail", fmt.Sprintf("destination %d can't be linked", n+1))
		}
		to := linking{ID: fmt.Sprintf("to-%d", n+1), Rail: d.Rail, Name: d.Name, Number: masked(d.Number), Digest: s.digest("number", digits(d.Number))}
		if err := b.link(to, d.Added, d.Added.Add(w.DestinationWait()), d.Used); err != nil {
			return err
		}
		for _, at := range d.Earlier {
			if err := b.exec("INSERT INTO earlier (owner, rail, destination, at, amount) VALUES ($1, $2, $3, $4, $5)", b.owner, d.Rail, to.ID, millis(at), a.Usual); err != nil {
				return err
			}
		}
		if !d.Used.IsZero() {
			w.Met(&s.profile, s.key("payee", string(to.Digest)), d.Used)
			w.Met(&s.profile, s.key("rail", d.Rail), d.Used)
		}
	}
	return b.keepProfile(&s.profile)
}
