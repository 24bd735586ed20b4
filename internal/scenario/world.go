package scenario

import (
	"github.com/pelletier/go-toml/v2"

	"jandon/internal/safe"
)

// The types of this file are the shape of scene.toml and world.toml; what each
// key means stands in the package comment.

type scene struct {
	Say  map[string]safe.Line `toml:"say"`
	Base string               `toml:"base"`

	Disputes []disputed `toml:"disputes"`
}

type world struct {
	Person        safe.Line        `toml:"person"`
	Seed          uint64           `toml:"seed"`
	Zone          zone             `toml:"zone"`
	Currency      string           `toml:"currency"`
	Start         toml.LocalDate   `toml:"start"`
	Holidays      []toml.LocalDate `toml:"holidays"`
	NotifyOver    int64            `toml:"notify_over"`
	Account       account          `toml:"account"`
	Destinations  []destination    `toml:"destinations"`
	Issuers       []issuer         `toml:"issuers"`
	Pots          []pot            `toml:"pots"`
	Bills         []bill           `toml:"bills"`
	Habits        []habit          `toml:"habits"`
	Subscriptions []subscription   `toml:"subscriptions"`
	Incomes       []income         `toml:"incomes"`
	Accidents     []accident       `toml:"accidents"`
}

type account struct {
	Since    toml.LocalDate `toml:"since"`
	Verified bool           `toml:"verified"`
	Acts     int            `toml:"acts"`
	Usual    int64          `toml:"usual"`
}

type destination struct {
	Rail   string         `toml:"rail"`
	Name   safe.Line      `toml:"name"`
	Number string         `toml:"number"`
	Added  toml.LocalDate `toml:"added"`
	Used   toml.LocalDate `toml:"used"`
	Weekly bool           `toml:"weekly"`
}

type issuer struct {
	ID      string    `toml:"id"`
	Name    safe.Line `toml:"name"`
	Sector  safe.Line `toml:"sector"`
	Contact safe.Line `toml:"contact"`
}

type pot struct {
	At       place     `toml:"at"`
	Topup    int64     `toml:"topup"`
	Low      int64     `toml:"low"`
	OnBill   string    `toml:"on_bill"`
	Merchant safe.Line `toml:"merchant"`
	Reason   safe.Line `toml:"reason"`
	Channel  safe.Line `toml:"channel"`
	Origin   safe.Line `toml:"origin"`
}

type bill struct {
	Issuer     string       `toml:"issuer"`
	DueDay     int          `toml:"due_day"`
	Disclosure []disclosure `toml:"disclosure"`
}

type disclosure struct {
	Who  safe.Line `toml:"who"`
	What safe.Line `toml:"what"`
	Why  safe.Line `toml:"why"`
}

type when struct {
	Week    []float64        `toml:"week"`
	Cadence cadence          `toml:"cadence"`
	Day     int              `toml:"day"`
	Shift   shift            `toml:"shift"`
	On      []toml.LocalDate `toml:"on"`
	Hours   []span           `toml:"hours"`
	From    toml.LocalDate   `toml:"from"`
	Until   toml.LocalDate   `toml:"until"`
}

type merchant struct {
	Name    safe.Line   `toml:"name"`
	Text    []safe.Line `toml:"text"`
	Weight  int64       `toml:"weight"`
	Contact safe.Line   `toml:"contact"`
}

type item struct {
	Say     safe.Line `toml:"say"`
	Price   int64     `toml:"price"`
	PriceTo int64     `toml:"price_to"`
	Step    int64     `toml:"step"`
	Weight  int64     `toml:"weight"`
}

type source struct {
	From   place   `toml:"from"`
	Chance float64 `toml:"chance"`
}

type refund struct {
	Chance float64   `toml:"chance"`
	Days   [2]int    `toml:"days"`
	Reason safe.Line `toml:"reason"`
}

type earn struct {
	Percent float64   `toml:"percent"`
	To      place     `toml:"to"`
	Monthly bool      `toml:"monthly"`
	Months  int       `toml:"months"`
	Reason  safe.Line `toml:"reason"`
}

type habit struct {
	when
	Name      safe.Line  `toml:"name"`
	Merchants []merchant `toml:"merchants"`
	Items     []item     `toml:"items"`
	Pay       []source   `toml:"pay"`
	Category  safe.Line  `toml:"category"`
	Channel   safe.Line  `toml:"channel"`
	Contact   safe.Line  `toml:"contact"`
	Order     bool       `toml:"order"`
	Fee       bool       `toml:"fee"`
	Move      bool       `toml:"move"`
	Sweep     bool       `toml:"sweep"`
	Refund    *refund    `toml:"refund"`
	Earn      *earn      `toml:"earn"`
}

type price struct {
	From     toml.LocalDate `toml:"from"`
	Amount   int64          `toml:"amount"`
	AmountTo int64          `toml:"amount_to"`
	Step     int64          `toml:"step"`
	Unasked  bool           `toml:"unasked"`
}

type stretch struct {
	From  toml.LocalDate `toml:"from"`
	Until toml.LocalDate `toml:"until"`
}

type subscription struct {
	when
	Name       safe.Line      `toml:"name"`
	Merchant   safe.Line      `toml:"merchant"`
	Text       []safe.Line    `toml:"text"`
	Category   safe.Line      `toml:"category"`
	Channel    safe.Line      `toml:"channel"`
	Contact    safe.Line      `toml:"contact"`
	Reason     safe.Line      `toml:"reason"`
	Order      bool           `toml:"order"`
	Pay        []source       `toml:"pay"`
	Prices     []price        `toml:"prices"`
	TrialUntil toml.LocalDate `toml:"trial_until"`
	Pauses     []stretch      `toml:"pauses"`
	Unasked    bool           `toml:"unasked"`
}

type expiry struct {
	Days   int `toml:"days"`
	Months int `toml:"months"`
}

type income struct {
	when
	Name      safe.Line  `toml:"name"`
	To        place      `toml:"to"`
	Type      flow       `toml:"type"`
	Origin    safe.Line  `toml:"origin"`
	Merchants []merchant `toml:"merchants"`
	Items     []item     `toml:"items"`
	Category  safe.Line  `toml:"category"`
	Channel   safe.Line  `toml:"channel"`
	Contact   safe.Line  `toml:"contact"`
	Order     bool       `toml:"order"`
	Expires   expiry     `toml:"expires"`
}

type accident struct {
	Habit      string         `toml:"habit"`
	On         toml.LocalDate `toml:"on"`
	EveryWeeks int            `toml:"every_weeks"`
	Minutes    [2]int         `toml:"minutes"`
	RefundDays int            `toml:"refund_days"`
}
