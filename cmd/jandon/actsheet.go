package main

import (
	"strings"
	"time"

	"jandon/internal/act"
)

type oneActJSON struct {
	Version int     `json:"version"`
	Act     actJSON `json:"act"`
}

// actionWord is the id of what an act is called.
func actionWord(a act.Action) string {
	return "acts.action." + strings.ReplaceAll(string(a), ".", "_")
}

// printAct tells of one act.
func (a *app) printAct(one act.Act, asJSON bool) error {
	if asJSON {
		return a.printJSON(oneActJSON{version, a.actOf(one)})
	}
	var out sheet
	a.actHead(&out, one)
	a.actLegs(&out, one)
	if !one.State.Final() && !one.Until.IsZero() {
		out.free("  "+a.text().F("cli.act.until", "When", a.text().Moment(one.Until, a.cfg.Zone)), quietInk)
	}
	return a.print(&out)
}

func (a *app) printActs(s *source, list []act.Act) error {
	var out sheet
	a.heading(&out, s, time.Time{})
	for _, one := range list {
		a.actHead(&out, one)
		a.actLegs(&out, one)
	}
	if len(list) == 0 {
		out.free(a.text().T("cli.act.none"), quietInk)
	}
	return a.print(&out)
}

// actHead is what an act is, when it was made and where it stands.
func (a *app) actHead(out *sheet, one act.Act) {
	t := a.text()
	what := t.T(actionWord(one.Action))
	if one.Amount.Currency != "" {
		what += " " + a.style().Format(one.Amount)
	} else if one.Subject.Name != "" {
		what += " " + short(one.Subject.Name, 40)
	}
	if one.Automatic {
		what += " · " + t.T("acts.by_itself")
	}
	ink := plainInk
	switch one.State {
	case act.Waiting, act.Review, act.Partly, act.Returned:
		ink = warnInk
	}
	receipt := ""
	if one.Receipt != "" {
		receipt = t.F("cli.act.receipt", "Receipt", one.Receipt)
	}
	out.flush()
	out.row(left(what).in(headInk), left(t.T("acts.state."+string(one.State))).in(ink),
		left(t.Moment(one.Made, a.cfg.Zone)).in(quietInk), left(receipt).in(quietInk), left(one.ID).in(quietInk))
	out.flush()
}

// actLegs is what each payee gets, and how far that has come.
func (a *app) actLegs(out *sheet, one act.Act) {
	t, style := a.text(), a.style()
	for _, l := range one.Legs {
		fee := ""
		if l.Fee.Minor > 0 && l.State != act.LegReturned {
			fee = t.F("cli.act.fee", "Amount", style.Format(l.Fee), "Fee", t.T("rail.fee."+l.FeeName))
		}
		state := t.T("cli.act.leg." + string(l.State))
		switch {
		case l.Unsent():
			state = t.T("acts.not_sent")
		case l.Failure != "" && t.Has("leg."+l.Failure):
			state += ": " + t.T("leg."+l.Failure)
		case !l.Ended.IsZero():
			state += " " + t.Moment(l.Ended, a.cfg.Zone)
		case !l.Due.IsZero():
			state += " " + t.F("cli.act.due", "When", t.Moment(l.Due, a.cfg.Zone))
		}
		out.row(left("  "+t.T("rail.name."+l.Rail)), right(style.Format(l.Net)), left(fee).in(quietInk),
			left(short(l.Payee.Name, 28)+" "+l.Payee.ID), left(state).in(quietInk))
	}
	out.flush()
}
