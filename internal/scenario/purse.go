package scenario

import (
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// purse is what the generator knows of one place where value is kept: the same
// lots, drawn in the same order, as the ledger will have.
type purse struct {
	rule *pot // nil: nobody refills it
	lots []wallet.Lot
}

// balance is what can be spent at an instant. Lots that lapsed or are used up are let go.
func (p *purse) balance(at time.Time) int64 {
	kept, sum := p.lots[:0], int64(0)
	for _, l := range p.lots {
		if !l.Expired(at) && l.Amount.Minor > 0 {
			kept = append(kept, l)
			sum += l.Amount.Minor
		}
	}
	clear(p.lots[len(kept):])
	p.lots = kept
	return sum
}

func (p *purse) put(l wallet.Lot) { p.lots = append(p.lots, l) }

// take draws an amount that is there, and says from which lots, with how much was taken from each.
func (p *purse) take(amount money.Amount, at time.Time) []wallet.Lot {
	draws, _ := wallet.DrawFrom(p.lots, amount, at)
	taken := make([]wallet.Lot, 0, len(draws))
	for _, d := range draws {
		for i := range p.lots {
			if l := &p.lots[i]; l.ID == d.Lot {
				part := *l
				part.Amount = d.Amount
				taken = append(taken, part)
				l.Amount.Minor -= d.Amount.Minor
				break
			}
		}
	}
	return taken
}

// giveBack returns parts to the lots they came from.
func (p *purse) giveBack(parts []wallet.Lot) {
	for _, part := range parts {
		found := false
		for i := range p.lots {
			if p.lots[i].ID == part.ID {
				p.lots[i].Amount.Minor += part.Amount.Minor
				found = true
				break
			}
		}
		if !found {
			p.lots = append(p.lots, part)
		}
	}
}

// left is what remains of a lot.
func (p *purse) left(id string) money.Amount {
	for _, l := range p.lots {
		if l.ID == id {
			return l.Amount
		}
	}
	return money.Amount{}
}

// tab is what was charged on an issuer's bill and is not billed yet.
type tab struct {
	rule *bill
	open []charge
}

type charge struct {
	at    time.Time
	minor int64 // negative for a refund
}

func (t *tab) owed() (sum int64) {
	for _, c := range t.open {
		sum += c.minor
	}
	return sum
}
