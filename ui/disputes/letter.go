package disputes

import (
	"cmp"
	"strings"
	"time"

	"jandon/internal/history"
	"jandon/internal/i18n"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Letter is a text that asks for a charge back, where no platform can be asked:
// for the card company, or the merchant. Lines, without a name below it.
func Letter(text *i18n.Printer, zone *time.Location, amount string, x *wallet.Transaction, why wallet.DisputeReason, note string) []string {
	say := func(id, value string) string {
		if value == "" {
			return ""
		}
		return text.F(id, "Value", value)
	}
	lines := []string{
		text.T("disputes.letter.subject"), "",
		say("disputes.letter.merchant", cmp.Or(x.Merchant, x.Reason)),
		say("disputes.letter.date", text.DayYear(history.DayOf(x.At, zone))),
		say("disputes.letter.amount", amount),
		say("disputes.letter.order", x.Order),
		say("disputes.letter.approval", x.Approval),
		say("disputes.letter.number", x.ID), "",
		text.T("disputes.letter.why." + string(why)),
		note,
		text.T("disputes.letter.wish"),
	}
	var out []string
	for i, l := range lines {
		if l != "" || i > 0 && len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, l)
		}
	}
	return out
}

// refusal is why the platform can't be asked, and who can.
func (p *casePage) refusal(w int) kit.Lines {
	t, text, x := p.env.Theme, p.env.Text, &p.data.Line
	why := text.T(p.why())
	list := kit.Paragraph(t.Text, why+" "+text.T("disputes.letter.to"), w)
	contact := cmp.Or(x.Contact, p.data.Issuer.Contact)
	issuer := strings.TrimSpace(p.data.Issuer.Name)
	if contact == "" {
		contact = text.T("disputes.letter.no_contact")
	}
	return append(list, kit.Facts(t, w, text.T("disputes.letter.send_issuer"), issuer, text.T("disputes.letter.send_merchant"), contact)...)
}

// letter is the ready text, and how to have it in a file.
func (p *casePage) letter(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	list := kit.Lines{kit.Heading(t, text.T("disputes.letter.title"), "")}
	for _, l := range Letter(text, p.env.Zone, p.env.Size(p.data.Line.Amount), &p.data.Line, p.reason, p.note.Value()) {
		if l == "" {
			list = append(list, kit.Gap())
			continue
		}
		list = append(list, kit.Paragraph(t.Text, l, w)...)
	}
	return append(append(list, kit.Gap()), kit.Paragraph(t.Quiet, text.F("disputes.letter.print", "ID", p.data.Line.ID, "Reason", string(p.reason)), w)...)
}

func (p *casePage) day(at time.Time) string { return p.env.DayYear(history.DayOf(at, p.env.Zone)) }
