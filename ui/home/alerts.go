package home

import (
	"cmp"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// alertDays is how long an alert stays worth a look on the first page.
const alertDays = 30

// alerts lists what is worth a look: the most pressing first, of those the newest.
func (p *Page) alerts(d density, w int) kit.Lines {
	if p.held == nil {
		return nil
	}
	t, env := p.env.Theme, p.env
	list := slices.DeleteFunc(slices.Clone(p.held.Alerts), func(a wallet.Alert) bool {
		// What expires has a list of its own on this page.
		return a.Kind == wallet.AlertExpiry || env.Today()-history.DayOf(a.At, env.Zone) > alertDays
	})
	slices.SortStableFunc(list, func(a, b wallet.Alert) int {
		return cmp.Or(cmp.Compare(urgency(a.Kind), urgency(b.Kind)), b.At.Compare(a.At))
	})
	if len(list) == 0 {
		if p.statement() {
			return p.reviewed(d)
		}
		return append(append(p.heading("home.alerts", ""), kit.Paragraph(t.Quiet, env.Text.T("home.no_alerts"), p.narrowest())...), p.reviewed(d)...)
	}
	looks := make([]kit.Look, 0, len(list))
	for _, a := range list {
		looks = append(looks, p.alert(a))
	}
	sec := append(p.heading("home.alerts", strconv.Itoa(len(list))), kit.Looks(t, w, looks)...)
	return append(sec, p.reviewed(d)...)
}

// reviewed says when the weekly review was last done, and leads to it (V5).
func (p *Page) reviewed(d density) kit.Lines {
	if p.opts.Reviewed == nil || d == tiny {
		return nil
	}
	t, say := p.env.Theme, p.env.Text.T("home.never_reviewed")
	if !p.held.Reviewed.IsZero() {
		day := history.DayOf(p.held.Reviewed, p.env.Zone)
		say = p.env.Text.F("home.reviewed", "Day", p.env.Day(day), "Ago", p.env.Until(day))
	}
	return kit.Lines{{
		Key:  "review",
		Open: func() tea.Cmd { return kit.Request(kit.Visit{Page: "review"}) },
		Draw: func(s *kit.Sheet) { s.Put(t.Quiet, say) },
	}}
}

// The ranks of alerts, the most pressing first.
const (
	othersAtIt = iota // somebody else may be at it
	costs             // money is lost unless something is done
	dearer
	charged
	goodToKnow
)

// urgency puts what lets others at it first, then what costs money, before what
// is good to know.
func urgency(k wallet.AlertKind) int {
	switch k {
	case wallet.AlertNewDevice, wallet.AlertWrongCodes, wallet.AlertDeviceBlocked, wallet.AlertNewPIN, wallet.AlertRecoveryUsed,
		wallet.AlertNewRecovery, wallet.AlertNewApp, wallet.AlertDestination, wallet.AlertReview, wallet.AlertAutoSet:
		return othersAtIt
	case wallet.AlertAutoSoon, wallet.AlertAutoSkipped, wallet.AlertAutoStopped:
		return charged
	case wallet.AlertDoubleCharge, wallet.AlertReturned:
		return costs
	case wallet.AlertPriceRise:
		return dearer
	case wallet.AlertCharge:
		return charged
	default:
		return goodToKnow
	}
}

func (p *Page) alert(a wallet.Alert) kit.Look {
	t, env := p.env.Theme, p.env
	word := env.Text.T(kit.AlertWord(a.Kind))
	name := cmp.Or(a.Merchant, p.figures.name(a.Issuer))
	day := env.Day(history.DayOf(a.At, env.Zone))
	amount := ""
	if !a.Amount.IsZero() {
		amount = env.Size(a.Amount)
	}
	ink := t.Text
	if urgency(a.Kind) <= costs {
		ink = t.Warn
	}
	return kit.Look{Key: "alert/" + a.ID, Why: word, Who: name, When: day, Amount: amount, Ink: ink, Open: p.evidence(a)}
}

// places are the pages on which something can be done about an alert.
var places = map[wallet.AlertKind]string{
	wallet.AlertNewDevice: "devices", wallet.AlertWrongCodes: "devices", wallet.AlertDeviceBlocked: "devices", wallet.AlertNewPIN: "devices",
	wallet.AlertRecoveryUsed: "devices", wallet.AlertNewRecovery: "devices", wallet.AlertNewApp: "devices",
	wallet.AlertDestination: "destinations", wallet.AlertReview: "acts", wallet.AlertReturned: "acts", wallet.AlertCashout: "acts",
	wallet.AlertDisputeOpened: "disputes", wallet.AlertDisputeExamined: "disputes", wallet.AlertDisputePartly: "disputes", wallet.AlertDisputeRefunded: "disputes",
	wallet.AlertDisputeRefused: "disputes", wallet.AlertDisputeWithdrawn: "disputes",
	wallet.AlertAutoSet: "auto", wallet.AlertAutoSoon: "auto", wallet.AlertAutoSkipped: "auto", wallet.AlertAutoStopped: "auto",
}

// evidence is where an alert leads: to what can be done about it, or to the
// lines, the bill or the lot it is about.
func (p *Page) evidence(a wallet.Alert) func() tea.Cmd {
	place, known := places[a.Kind]
	switch {
	case known:
		return func() tea.Cmd { return kit.Request(kit.Visit{Page: place}) }
	case a.Settlement != "" && len(a.Transactions) == 0:
		return to("history", "bill", a.Settlement)
	case len(a.Lots) > 0 && len(a.Transactions) == 0 && p.hasLot(a.Lots[0]):
		return func() tea.Cmd { p.openLot(a.Lots[0]); return nil }
	default:
		return to("history", "alert", a.ID)
	}
}
