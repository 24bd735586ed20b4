package history

import (
	"cmp"
	"slices"

	past "jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// manyLabels is when the labels of days are forgotten: after as many days as
// nobody looks at without a pause.
const manyLabels = 1024

// label is the day at the head of a row.
func (p *weeksPage) label(d past.Day) string {
	if p.whole {
		return d.String()
	}
	s, ok := p.labels[d]
	if !ok {
		if len(p.labels) >= manyLabels {
			clear(p.labels)
		}
		_, _, n := d.Date()
		s = p.env.Text.F("history.day", "Weekday", p.env.Weekday(d.Weekday()), "Day", n)
		p.labels[d] = s
	}
	return s
}

// category is the word for a category; unknown ones are shown as they are.
func (p *weeksPage) category(word string) string {
	s, ok := p.words[word]
	if !ok {
		if len(p.words) >= manyLabels {
			clear(p.words)
		}
		s = categoryWord(p.env, word)
		p.words[word] = s
	}
	return s
}

func categoryWord(e *kit.Env, word string) string {
	if id := "category." + word; word != "" && e.Text.Has(id) {
		return e.Text.T(id)
	}
	return word
}

// title is what a line goes by: its merchant, or else the most telling thing it has.
func (p *weeksPage) title(x *wallet.Transaction) string {
	return cmp.Or(x.Merchant, x.Reason, p.names[x.Issuer], x.Issuer, p.env.Text.T(typeIDs[x.Type]))
}

// issuer is what an issuer goes by.
func (p *weeksPage) issuer(id string) string { return cmp.Or(p.names[id], id) }

// mark says what is special about a line, if anything is. Where there is
// little room, what the sign of the amount says as well is left out.
func (p *weeksPage) mark(x *wallet.Transaction) string {
	if slices.Contains(p.known.Disputed, x.ID) {
		return p.env.Text.T("history.disputed")
	}
	if p.tiny() && x.Type != wallet.Refund && x.Status != wallet.Pending && x.Status != wallet.Refunded {
		return ""
	}
	return markOf(p.env, x)
}

func markOf(e *kit.Env, x *wallet.Transaction) string {
	switch {
	case x.Status == wallet.Pending:
		return e.Text.T("status.pending")
	case x.Status == wallet.Refunded:
		return e.Text.T("status.refunded")
	case x.Type != wallet.Payment:
		return e.Text.T(typeIDs[x.Type])
	case x.Settlement != "":
		return e.Text.T("history.on_bill")
	default:
		return ""
	}
}

// typeIDs are the catalogue ids of types, so that drawing a row makes no string.
var typeIDs = func() (ids [wallet.FeeCharge + 1]string) {
	for t := range ids {
		ids[t] = "type." + wallet.Type(t).String()
	}
	return ids
}()

// groupName is what a group goes by.
func (p *weeksPage) groupName(by past.Dimension, name string) string {
	switch {
	case name == "":
		return p.env.Text.T("history.no_name")
	case by == past.ByCategory:
		return p.category(name)
	case by == past.ByIssuer:
		return p.issuer(name)
	case by == past.ByKind:
		return p.env.Text.T("kind." + name)
	default:
		return name
	}
}

var byIDs = map[past.Dimension]string{
	past.ByCategory: "history.by_category", past.ByMerchant: "history.by_merchant", past.ByIssuer: "history.by_issuer", past.ByKind: "history.by_kind",
}
