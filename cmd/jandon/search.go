package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"jandon/internal/export"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/statement"
	"jandon/internal/wallet"
)

// search prints the transactions that a query asks for, newest first.
func (a *app) search() *cobra.Command {
	var from origin
	var days period
	var named byName
	var limit int
	var asJSON, fresh bool
	c := a.command("search QUERY", "cli.search", 0, -1, func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		if err := named.check(cmd, from, args); err != nil {
			return err
		}
		if named.list || named.forget != "" {
			return a.shelved(ctx, from, named, asJSON)
		}
		if limit < 1 || limit > 100_000 {
			return fault.New(fault.BadFlag, "name", "--limit", "value", cmd.Flag("limit").Value.String(), "want", "1 … 100000")
		}
		text := strings.Join(args, " ")
		if err := days.narrow(new(history.Query)); err != nil {
			return err // before anything slow
		}
		asked := func(span history.Span) (history.Query, error) {
			q, err := history.ParseQuery(text, span.Currency)
			if err != nil {
				return q, err
			}
			return q, days.narrow(&q)
		}
		opened := func(s *source) (err error) {
			text, err = named.query(ctx, s, text)
			return err
		}
		s, found, err := a.seek(ctx, from, fresh, opened, asked, limit)
		if err != nil {
			return err
		}
		defer s.shut()
		if err := a.shelve(ctx, s, named, text); err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(a.searchJSON(text, found))
		}
		return a.printSearch(s, found)
	})
	from.flags(c)
	days.flags(c)
	named.flags(c)
	c.Flags().IntVar(&limit, "limit", 50, "cli.flag.limit")
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	c.Flags().BoolVar(&fresh, "sync", false, "cli.flag.sync")
	return c
}

// seek opens a source and searches it. Of one file only what is found is kept;
// several may share lines, which only all of them together show. A source that
// searches can have names in is told of before it is searched.
func (a *app) seek(ctx context.Context, o origin, fresh bool, opened func(*source) error, asked func(history.Span) (history.Query, error), limit int) (*source, found, error) {
	if len(o.from) == 1 && o.demo == "" {
		return a.seekIn(ctx, o, asked, limit)
	}
	s, err := a.open(ctx, o)
	if err != nil {
		return nil, found{}, err
	}
	f, err := func() (found, error) {
		if err := opened(s); err != nil {
			return found{}, err
		}
		if err := a.settle(ctx, s, fresh); err != nil {
			return found{}, err
		}
		span, err := s.Span(ctx)
		if err != nil {
			return found{}, err
		}
		q, err := asked(span)
		if err != nil {
			return found{}, err
		}
		return find(ctx, s, q, limit)
	}()
	if err != nil {
		s.shut()
	}
	return s, f, err
}

// seekIn searches a file while its lines go by.
func (a *app) seekIn(ctx context.Context, o origin, asked func(history.Span) (history.Query, error), limit int) (*source, found, error) {
	clock, err := a.clock(o)
	if err != nil {
		return nil, found{}, err
	}
	rules, err := a.readRules(o.rule)
	if err != nil {
		return nil, found{}, err
	}
	name := o.from[0]
	g, err := a.openGiven(ctx, name)
	if err != nil {
		return nil, found{}, err
	}
	defer g.close()
	collectSoon()
	read, err := statement.Open(ctx, g, g.size, statement.Options{
		Name: name, Source: sourceName(name), Zone: a.cfg.Zone, Now: clock(), Rules: rules,
	})
	if err != nil {
		return nil, found{}, unread(ctx, name, err)
	}
	q, err := asked(read.Span())
	if err != nil {
		return nil, found{}, err
	}
	finder := history.NewFinder(q, a.cfg.Zone, read.Span(), read.Falling(), limit)
	for x, err := range read.Transactions(ctx) {
		if err != nil {
			return nil, found{}, unread(ctx, name, err)
		}
		finder.Add(x)
	}
	skipped := a.tellSkipped(name, read.Result)
	a.tellStated(name, read.Result)
	page, totals, span := finder.Found()
	names := issuerNames(wallet.Wallet{})
	return a.statementSource([]string{name}, clock, skipped), found{
		page, totals, span, export.Head{Currency: span.Currency, First: span.First, Name: names},
	}, nil
}

// narrow adds the days of the flags to a query.
func (p *period) narrow(q *history.Query) error {
	from, to, err := p.days(history.Span{})
	if err != nil {
		return err
	}
	if p.week != "" || p.since != "" {
		q.From = &from
	}
	if p.week != "" || p.until != "" {
		q.To = &to
	}
	return nil
}

// found is what a search came to.
type found struct {
	page   history.Page
	totals history.Totals
	span   history.Span
	head   export.Head
}

func find(ctx context.Context, r *source, q history.Query, limit int) (f found, err error) {
	if f.page, err = r.Rows(ctx, q, history.Window{Older: true, Limit: limit}); err != nil {
		return f, err
	}
	if f.totals, err = r.Totals(ctx, q); err != nil {
		return f, err
	}
	if f.span, err = r.Span(ctx); err != nil {
		return f, err
	}
	w, err := r.Wallet(ctx)
	f.head = export.Head{Currency: f.span.Currency, First: f.span.First, Name: issuerNames(w)}
	return f, err
}

type searchJSON struct {
	Version      int           `json:"version"`
	Query        string        `json:"query"`
	Zone         string        `json:"zone"`
	Currency     string        `json:"currency"`
	Totals       totalsJSON    `json:"totals"`
	More         bool          `json:"more"`
	Transactions []export.Line `json:"transactions"`
	apartJSON
}

type totalsJSON struct {
	SpentMinor    int64 `json:"spent_minor"`
	RefundedMinor int64 `json:"refunded_minor"`
	ReceivedMinor int64 `json:"received_minor"`
	ExpiredMinor  int64 `json:"expired_minor"`
	Count         int   `json:"count"`
	Lines         int   `json:"lines"`
}

func (a *app) searchJSON(query string, f found) searchJSON {
	f.head.Zone = a.cfg.Zone
	t := f.totals
	answer := searchJSON{
		Version: version, Query: query, Zone: a.cfg.Zone.String(), Currency: string(f.span.Currency), More: f.page.More,
		Totals:       totalsJSON{t.Spent, t.Refunded, t.Received, t.Expired, t.Count, t.Lines},
		Transactions: make([]export.Line, len(f.page.Rows)), apartJSON: apartOf(f.span),
	}
	for i := range f.page.Rows {
		answer.Transactions[i] = export.LineOf(&f.page.Rows[i], f.head)
	}
	return answer
}

func (a *app) printSearch(s *source, f found) error {
	t, style := a.text(), a.style()
	style.Plus = true
	var out sheet
	a.heading(&out, s, s.asOf())
	if len(f.page.Rows) == 0 {
		out.free(t.T("cli.search.nothing"), quietInk)
		return a.print(&out)
	}
	day := history.Day(-1 << 31)
	for _, r := range f.page.Rows {
		date := ""
		if r.Day != day {
			day, date = r.Day, r.Day.String()
		}
		title := r.Merchant
		if title == "" {
			title = r.Reason
		}
		out.row(left(date).in(headInk), left(t.Clock(r.At, a.cfg.Zone)).in(quietInk), left(short(title, 32)), left(short(a.category(r.Category), 16)).in(quietInk),
			left(short(f.head.Name(r.Issuer), 20)).in(quietInk), right(style.Format(r.Amount)))
	}
	out.blank()
	sum := t.F("cli.search.sum", "Lines", t.N("cli.lines", f.totals.Lines), "Spent", a.style().Format(money.Of(f.totals.Spent, f.span.Currency)))
	out.free(sum, headInk)
	a.apart(&out, f.span)
	if f.page.More {
		out.free(t.F("cli.search.more", "Shown", len(f.page.Rows)), quietInk)
	}
	return a.print(&out)
}
