package scenario

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// World is what a plan comes to when it is lived by the rules of the ledger:
// lines have their bills and final states, and lapsed lots have been booked.
type World struct {
	Wallet       wallet.Wallet
	Transactions []wallet.Transaction // oldest first
	Settlements  []wallet.Settlement  // oldest first
	Alerts       []wallet.Alert       // oldest first
	Mandates     []wallet.Mandate     // as they began, as they are now
	Draws        map[string][]wallet.Draw
}

// Play lives the plan in memory. It knows nothing of how the plan was made; a
// plan that overdraws is fault.Insufficient, one that names what is not there
// fault.Unbalanced.
func (p Plan) Play() (World, error) {
	l := &ledger{
		World: World{Draws: make(map[string][]wallet.Draw)},
		plan:  p, index: make(map[string]int), lots: make(map[place][]wallet.Lot), home: make(map[string]place), empty: make(map[string]wallet.Lot), bills: make(map[string]int),
	}
	for _, s := range p.Steps {
		l.lapse(s.At)
		if err := l.step(s); err != nil {
			return World{}, err
		}
	}
	l.lapse(p.At)
	l.Wallet = wallet.Wallet{AsOf: p.At, Currency: p.Currency, Issuers: p.Issuers}
	for _, lots := range l.lots {
		for _, lot := range lots {
			if lot.Amount.Minor > 0 {
				l.Wallet.Lots = append(l.Wallet.Lots, lot)
			}
		}
	}
	slices.SortFunc(l.Wallet.Lots, wallet.CompareLots)
	slices.SortStableFunc(l.Transactions, func(a, b wallet.Transaction) int { return a.At.Compare(b.At) })
	return l.World, nil
}

type ledger struct {
	World
	plan  Plan
	index map[string]int // of a transaction in Transactions
	lots  map[place][]wallet.Lot
	home  map[string]place // of a lot
	empty map[string]wallet.Lot
	next  []wallet.Lot // lots that will lapse, the first at the end
	bills map[string]int
}

func (l *ledger) step(s Step) error {
	x := s.Transaction
	at := place{Issuer: x.Issuer, Kind: x.Kind}
	switch s.Act {
	case Grant:
		at = place{Issuer: s.Lot.Issuer, Kind: s.Lot.Kind}
		l.lots[at] = append(l.lots[at], s.Lot)
		l.home[s.Lot.ID] = at
		if !s.Lot.Expires.IsZero() {
			i, _ := slices.BinarySearchFunc(l.next, s.Lot, func(a, b wallet.Lot) int { return wallet.CompareLots(b, a) })
			l.next = slices.Insert(l.next, i, s.Lot)
		}
		l.write(x)
	case Spend:
		draws, short := wallet.DrawFrom(l.lots[at], money.Of(-x.Amount.Minor, x.Amount.Currency), s.At)
		if short.Minor != 0 {
			return fault.New(fault.Insufficient, "have", money.Of(-x.Amount.Minor-short.Minor, x.Amount.Currency).String(), "want", x.Amount.String())
		}
		for _, d := range draws {
			l.change(d.Lot, -d.Amount.Minor, used(x.Type))
		}
		l.Draws[x.ID] = draws
		l.tidy(at)
		l.write(x)
	case Charge:
		l.write(x)
	case GiveBack:
		i, ok := l.index[x.RefundOf]
		if !ok {
			return fault.New(fault.Unbalanced, "detail", "the refund "+x.ID+" is of no payment")
		}
		l.Transactions[i].Status = wallet.Refunded
		for _, d := range l.Draws[x.RefundOf] {
			if !l.change(d.Lot, d.Amount.Minor, used(l.Transactions[i].Type)) {
				return fault.New(fault.Unbalanced, "detail", "the refund "+x.ID+" is into a lot that has lapsed")
			}
		}
		l.write(x)
	case Bill:
		return l.bill(s.Settlement)
	case Pay:
		l.Settlements[l.bills[s.Settlement.ID]].Paid = s.Settlement.Paid
	case Notify:
		l.Alerts = append(l.Alerts, s.Alert)
	case Agree:
		if i := slices.IndexFunc(l.Mandates, func(m wallet.Mandate) bool { return m.ID == s.Mandate.ID }); i >= 0 {
			l.Mandates[i] = s.Mandate
		} else {
			l.Mandates = append(l.Mandates, s.Mandate)
		}
	}
	return nil
}

func (l *ledger) write(x wallet.Transaction) {
	l.index[x.ID] = len(l.Transactions)
	l.Transactions = append(l.Transactions, x)
}

// used reports whether what leaves by a line is used at a merchant, and not a
// fee or sent on.
func used(t wallet.Type) bool {
	return t != wallet.FeeCharge && t != wallet.TransferOut && t != wallet.Conversion
}

// change adds to a lot that has not lapsed; used says whether it was or is spent.
func (l *ledger) change(id string, minor int64, used bool) bool {
	at := l.home[id]
	if lot, ok := l.empty[id]; ok {
		l.lots[at] = append(l.lots[at], lot)
		delete(l.empty, id)
	}
	for i := range l.lots[at] {
		if l.lots[at][i].ID == id {
			l.lots[at][i].Amount.Minor += minor
			if used {
				l.lots[at][i].Spent.Minor -= minor
			}
			return true
		}
	}
	return false
}

// tidy puts used-up lots aside, so that DrawFrom looks through few; a refund may fill them again.
func (l *ledger) tidy(at place) {
	l.lots[at] = slices.DeleteFunc(l.lots[at], func(x wallet.Lot) bool {
		if x.Amount.Minor == 0 {
			l.empty[x.ID] = x
		}
		return x.Amount.Minor == 0
	})
}

// lapse books what is left of the lots whose time has come.
func (l *ledger) lapse(now time.Time) {
	for len(l.next) > 0 && l.next[len(l.next)-1].Expired(now) {
		gone := l.next[len(l.next)-1]
		l.next = l.next[:len(l.next)-1]
		at := l.home[gone.ID]
		delete(l.empty, gone.ID)
		for i, lot := range l.lots[at] {
			if lot.ID != gone.ID {
				continue
			}
			l.lots[at] = slices.Delete(l.lots[at], i, i+1)
			if lot.Amount.Minor > 0 {
				l.write(l.expiry(lot))
			}
			break
		}
	}
}

func (l *ledger) expiry(lot wallet.Lot) wallet.Transaction {
	x := wallet.Transaction{
		ID: "x" + lot.ID, At: lot.Expires, Type: wallet.Expire, Status: wallet.Posted, Amount: money.Of(-lot.Amount.Minor, lot.Amount.Currency),
		Issuer: lot.Issuer, Kind: lot.Kind, Category: "expiry", Channel: "app", Reason: lot.Origin,
	}
	for _, is := range l.plan.Issuers {
		if is.ID == lot.Issuer {
			x.Merchant, x.Contact = is.Name, is.Contact
		}
	}
	return x
}

// bill gives the lines of its period their bill, and holds it to their sum.
func (l *ledger) bill(s wallet.Settlement) error {
	sum, n := int64(0), 0
	for i := range l.Transactions {
		x := &l.Transactions[i]
		if x.Issuer == s.Issuer && x.Kind == wallet.CarrierCredit && !x.At.Before(s.From) && x.At.Before(s.To) && l.charged(x) {
			x.Settlement = s.ID
			sum -= x.Amount.Minor
			n++
		}
	}
	if sum != s.Total.Minor || n != s.Count {
		return fault.New(fault.Unbalanced, "detail", "the bill "+s.ID+" says "+s.Total.Plain()+" for "+strconv.Itoa(s.Count)+" charges; its charges are "+
			strconv.FormatInt(sum, 10)+" for "+strconv.Itoa(n))
	}
	l.bills[s.ID] = len(l.Settlements)
	l.Settlements = append(l.Settlements, s)
	return nil
}

// charged reports whether a line went on a bill rather than drew on lots.
func (l *ledger) charged(x *wallet.Transaction) bool {
	id := cmp.Or(x.RefundOf, x.ID)
	_, drew := l.Draws[id]
	return !drew && x.Type != wallet.Topup && x.Type != wallet.Expire
}

// Book is the plan's history in memory, with its wallet, bills and alerts.
func (p Plan) Book() (*history.Book, error) {
	w, err := p.Play()
	if err != nil {
		return nil, err
	}
	return history.NewBook(w.Transactions, history.BookOptions{
		Zone: p.Zone, Currency: p.Currency, Wallet: w.Wallet, Settlements: w.Settlements, Alerts: w.Alerts,
	}), nil
}
