package main

import (
	"strings"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/money"
)

var cadenceWords = map[audit.Cadence]string{
	audit.Unknown: "audit.cadence.unknown", audit.Weekly: "audit.cadence.weekly", audit.Biweekly: "audit.cadence.biweekly",
	audit.SemiMonthly: "audit.cadence.semi_monthly", audit.FourWeekly: "audit.cadence.four_weekly", audit.Days30: "audit.cadence.days30",
	audit.Monthly: "audit.cadence.monthly", audit.Bimonthly: "audit.cadence.bimonthly", audit.Quarterly: "audit.cadence.quarterly",
	audit.HalfYearly: "audit.cadence.half_yearly", audit.Yearly: "audit.cadence.yearly",
}

var statusWords = map[audit.Status]string{
	audit.Active: "audit.status.active", audit.Trial: "audit.status.trial", audit.Paused: "audit.status.paused", audit.Cancelled: "audit.status.cancelled",
}

// auditSheet writes an audit for a person.
type auditSheet struct {
	*app
	in  *audit.Input
	r   *audit.Report
	out sheet
}

func (a *app) printAudit(s *source, span history.Span, in *audit.Input, r *audit.Report) error {
	w := auditSheet{app: a, in: in, r: r}
	a.heading(&w.out, s, s.asOf())
	if len(r.Series)+len(r.Maybe)+len(r.Doubles) == 0 {
		w.out.free(a.text().N("audit.nothing", len(in.Items)), quietInk)
		a.apart(&w.out, span)
		return a.print(&w.out)
	}
	w.whole()
	w.series("audit.running", func(s *audit.Series) bool { return s.Status == audit.Active || s.Status == audit.Trial })
	w.series("audit.ended", func(s *audit.Series) bool { return s.Status != audit.Active && s.Status != audit.Trial })
	w.doubles()
	w.overlaps()
	w.forgotten()
	w.creep()
	w.maybe()
	w.consent()
	if len(span.Apart()) > 0 {
		w.out.blank()
		a.apart(&w.out, span)
	}
	return a.print(&w.out)
}

func (w *auditSheet) money(minor int64) string {
	return w.style().Format(money.Of(minor, w.in.Currency))
}

// whole says what all of it costs, and what it cost a year ago.
func (w *auditSheet) whole() {
	t, c := w.text(), &w.r.Creep
	running := 0
	var year int64
	for i := range w.r.Series {
		if s := &w.r.Series[i]; s.Status == audit.Active {
			running++
			year += s.Annual
		}
	}
	w.out.free(t.N("audit.whole", running, "Month", w.money(c.Now), "Year", w.money(year)), headInk)
	if c.YearAgo > 0 && c.Now != c.YearAgo {
		w.out.free(t.F("audit.year_ago", "Then", w.money(c.YearAgo), "Risen", signed(w.money, c.Risen), "New", signed(w.money, c.New)), quietInk)
	}
}

func signed(money func(int64) string, minor int64) string {
	if minor > 0 {
		return "+" + money(minor)
	}
	return money(minor)
}

// series lists those that fit under a heading, each with its reasons.
func (w *auditSheet) series(heading string, fits func(*audit.Series) bool) {
	t := w.text()
	first := true
	for i := range w.r.Series {
		s := &w.r.Series[i]
		if !fits(s) {
			continue
		}
		if first {
			w.out.blank()
			w.out.free(t.T(heading), headInk)
			first = false
		}
		w.out.row(left(short(s.Merchant, 28)), left(t.T(cadenceWords[s.Cadence])).in(quietInk), right(w.money(s.Amount)),
			right(t.F("audit.a_year", "Amount", w.money(s.Annual))).in(quietInk), left(w.standing(s)), left(w.mark(s)).in(warnInk))
	}
}

// standing is when a series comes next, or how it ended.
func (w *auditSheet) standing(s *audit.Series) string {
	t := w.text()
	switch {
	case s.Status == audit.Trial:
		return t.F("audit.free_until", "Day", t.Day(s.Next))
	case s.HasNext:
		return t.F("audit.next", "Day", t.Day(s.Next))
	}
	last := w.in.Items[s.Members[len(s.Members)-1]].Day
	return t.F("audit.last", "Status", t.T(statusWords[s.Status]), "Day", t.DayYear(last))
}

// mark is the last change of the price, if it was in the year before, and a doubt.
func (w *auditSheet) mark(s *audit.Series) string {
	t := w.text()
	var marks []string
	if n := len(s.Changes); n > 0 {
		if c := s.Changes[n-1]; c.Day > w.r.AsOf-365 && c.From > 0 {
			id := "audit.rose"
			if c.To < c.From {
				id = "audit.fell"
			}
			marks = append(marks, t.F(id, "From", w.money(c.From), "To", w.money(c.To), "Percent", signed(plainNumber, int64(c.Percent())), "Day", t.Day(c.Day)))
		}
	}
	if !s.Sure() && s.Status != audit.Trial {
		marks = append(marks, t.T("audit.probable"))
	}
	return strings.Join(marks, " · ")
}

func plainNumber(n int64) string { return decimal(int(n)) }

// doubles lists what may have been charged twice.
func (w *auditSheet) doubles() {
	t := w.text()
	for i := range w.r.Doubles {
		if i == 0 {
			w.out.blank()
			w.out.free(t.T("audit.twice"), headInk)
		}
		d := &w.r.Doubles[i]
		first := &w.in.Items[d.First]
		w.out.row(left(t.DayYear(first.Day)).in(quietInk), left(short(first.Merchant, 28)), right(w.money(-first.Minor)), left(w.why(d.Why(w.in))).in(quietInk))
	}
}

func (w *auditSheet) why(list []audit.Evidence) string {
	said := make([]string, len(list))
	for i := range list {
		said[i] = list[i].Say(w.text(), w.money)
	}
	return strings.Join(said, "; ")
}

// overlaps lists what may be paid for twice.
func (w *auditSheet) overlaps() {
	t := w.text()
	for i, o := range w.r.Overlaps {
		if i == 0 {
			w.out.blank()
			w.out.free(t.T("audit.overlaps"), headInk)
		}
		name := o.Merchant
		if o.Category != "" {
			name = w.category(o.Category)
		}
		w.out.row(left(short(name, 28)), right(t.N("audit.plans", len(o.Series))), right(t.F("audit.a_year", "Amount", w.money(o.Annual))).in(quietInk))
	}
}

// forgotten lists what may have slipped a person's mind.
func (w *auditSheet) forgotten() {
	t := w.text()
	for i, f := range w.r.Forgotten {
		if i == 0 {
			w.out.blank()
			w.out.free(t.T("audit.forgotten"), headInk)
		}
		s := &w.r.Series[f.Series]
		w.out.row(left(short(s.Merchant, 28)), right(t.F("audit.a_year", "Amount", w.money(s.Annual))), left(t.N("audit.running_for", f.Months)).in(quietInk))
	}
}

// creep draws what the whole cost, by month, for a year.
func (w *auditSheet) creep() {
	months := w.r.Creep.Months
	months = months[max(0, len(months)-13):]
	if len(months) < 2 {
		return
	}
	var most int64
	for _, m := range months {
		most = max(most, m.Cost)
	}
	w.out.blank()
	w.out.free(w.text().T("audit.creep"), headInk)
	for _, m := range months {
		w.out.row(left(m.Month.String()[:7]).in(quietInk), right(decimal(m.Running)).in(quietInk), right(w.money(m.Cost)), left(bar(m.Cost, most, barWidth)).in(barInk))
	}
}

// maybe lists what was seen too seldom to count.
func (w *auditSheet) maybe() {
	t := w.text()
	for i := range w.r.Maybe {
		if i == 0 {
			w.out.blank()
			w.out.free(t.T("audit.maybe"), headInk)
		}
		s := &w.r.Maybe[i]
		w.out.row(left(short(s.Merchant, 28)), left(t.T(cadenceWords[s.Cadence])).in(quietInk), right(w.money(s.Amount)), left(w.why(s.Evidence)).in(quietInk))
	}
}

// consent lists what was charged without consent on record; without records
// one line says that there are none.
func (w *auditSheet) consent() {
	t := w.text()
	if len(w.r.Silent) == 0 {
		return
	}
	w.out.blank()
	if len(w.in.Mandates) == 0 {
		w.out.free(t.T("audit.no_records"), quietInk)
		return
	}
	w.out.free(t.T("audit.silent"), headInk)
	occasions := map[audit.Occasion]string{
		audit.FirstCharge: "audit.occasion.first", audit.TrialEnd: "audit.occasion.trial", audit.PriceRise: "audit.occasion.rise",
	}
	for _, s := range w.r.Silent {
		w.out.row(left(t.DayYear(s.Day)).in(quietInk), left(short(w.r.Series[s.Series].Merchant, 28)), left(t.T(occasions[s.What])))
	}
}
