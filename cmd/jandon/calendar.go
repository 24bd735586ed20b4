package main

import (
	"context"

	"jandon/internal/audit"
	"jandon/internal/export"
	"jandon/internal/money"
)

// ical is the word for a calendar of renewals; a form of what the audit finds,
// not of the history.
const ical = "ical"

// calendar writes what will be charged in the year to come.
func (a *app) calendar(ctx context.Context, s *source, pinned bool) error {
	in, err := a.auditInput(ctx, s, "", pinned)
	if err != nil {
		return err
	}
	report, err := audit.Run(ctx, in)
	if err != nil {
		return err
	}
	t := a.text()
	var list []export.Renewal
	for i := range report.Series {
		x := &report.Series[i]
		if !x.HasNext {
			continue
		}
		amount := a.style().Format(money.Of(x.Amount, in.Currency))
		if x.Kind == audit.Usage { // nobody knows the next bill
			amount = t.F("calendar.about", "Amount", amount)
		}
		list = append(list, export.Renewal{
			ID: x.Key(&in), Summary: t.F("calendar.summary", "Merchant", x.Merchant, "Amount", amount),
			Details: t.F("calendar.details", "Cadence", t.T("audit.cadence."+x.Cadence.String()), "Year", a.style().Format(money.Of(x.Annual, in.Currency))),
			Cadence: x.Cadence.String(), Next: x.Next, Days: x.Coming,
		})
	}
	return onDisk(export.Renewals(a.out, export.Calendar{Name: t.T("calendar.name"), Stamp: s.clock()}, list))
}
