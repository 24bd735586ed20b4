package historytest

import (
	"fmt"
	"slices"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

type moneyCurrency = money.Currency

// someDay is a day of the history, or a little before or after it.
func (c *check) someDay() history.Day {
	return history.DayOf(c.o.Now, c.o.Zone) - history.Day(c.r.IntN(430)) + 10
}

// sums compares weeks, days and groups over a random stretch.
func (c *check) sums() {
	from := c.someDay()
	to := from + history.Day(c.r.IntN(60))
	if c.r.IntN(10) == 0 {
		to = history.DayOf(c.o.Now, c.o.Zone)
	}
	what := fmt.Sprintf("%v to %v", from, to)

	days, err := c.reader.Days(c.ctx, from, to)
	var wantDays []history.DayTotal
	for d := from; d <= to; d++ {
		wantDays = append(wantDays, history.DayTotal{Day: d, Totals: c.sum(d, d)})
	}
	c.equal("days "+what, days, wantDays, err)

	for by := history.ByNothing; by <= history.ByKind; by++ {
		what := fmt.Sprintf("%s by %d", what, by)
		if by != history.ByNothing {
			groups, err := c.reader.Groups(c.ctx, from, to, by)
			c.equal("groups "+what, orNil(groups), orNil(c.o.groups(from, to, by)), err)
		}
		first, last := history.WeekOf(from), history.WeekOf(to)
		weeks, err := c.reader.Weeks(c.ctx, first, last, by)
		for i := range weeks {
			weeks[i].By = orNil(weeks[i].By)
		}
		var want []history.WeekTotal
		for w := first; w.Monday <= last.Monday; w = w.Add(1) {
			t := history.WeekTotal{Week: w, Totals: c.sum(w.Monday, w.Sunday())}
			if by != history.ByNothing {
				t.By = orNil(c.o.groups(w.Monday, w.Sunday(), by))
			}
			want = append(want, t)
		}
		c.equal("weeks "+what, weeks, want, err)
	}
}

// orNil makes no groups and an empty list of groups the same.
func orNil(g []history.Group) []history.Group {
	if len(g) == 0 {
		return nil
	}
	return g
}

func (c *check) sum(from, to history.Day) history.Totals {
	return c.o.sum(func(x wallet.Transaction) bool {
		d := c.o.day(x)
		return x.Amount.Currency == c.o.Currency && d >= from && d <= to
	})
}

var words = []string{
	"스타", "GS25", "gs25", "ㅅㅌㅂㅅ", "스타버", "cafe", "netflix", "카카오", "saga", "plan", "kr-00", "#7", "100%", "_", `\d`, "b",
	"nothing at all", "cafe gs25", "스타 잔",
}

// query asks for a few random things at once.
func (c *check) query() history.Query {
	var q history.Query
	for range 1 + c.r.IntN(3) {
		switch c.r.IntN(14) {
		case 0:
			q.Text = pick(c.r, words)
		case 1:
			q = q.In(history.ByMerchant, pick(c.r, merchants))
		case 2:
			q = q.In(history.ByCategory, pick(c.r, categories))
		case 3:
			q = q.In(history.ByIssuer, pick(c.r, issuers).ID)
		case 4:
			q = q.In(history.ByKind, wallet.Kind(c.r.IntN(6)).String())
		case 5:
			q.Type = wallet.Type(c.r.IntN(10))
		case 6:
			q.Status = wallet.Status(c.r.IntN(4))
		case 7:
			q.Min = c.someSize()
		case 8:
			q.Max = c.someSize()
		case 9:
			d := c.someDay()
			q.From = &d
		case 10:
			d := c.someDay()
			q.To = &d
		case 11:
			q.Settlement = pick(c.r, []string{"bill0", "bill1", "bill9"})
		case 12:
			q.Currency = pick(c.r, []money.Currency{money.KRW, money.USD, "EUR"})
		case 13:
			*pick(c.r, []*string{&q.MerchantLike, &q.CategoryLike, &q.IssuerLike}) = pick(c.r, words)
		}
	}
	return q
}

// someSize is often that of a line, for the edges of ranges.
func (c *check) someSize() *int64 {
	n := c.r.Int64N(50_000)
	if tx := c.o.Transactions; len(tx) > 0 && c.r.IntN(2) == 0 {
		m := pick(c.r, tx).Amount.Minor
		n = max(m, -m)
	}
	return &n
}

// list pages through an answer from both ends and checks its totals.
func (c *check) list(q history.Query) {
	what := "list of " + describe(q)
	want := c.o.list(q)
	newest := c.walk(what, q, history.Window{Older: true, Limit: 1 + c.r.IntN(60)})
	c.sameList(what, newest, want)
	oldest := c.walk(what+" from the end", q, history.Window{From: history.Cursor{At: -1 << 62}, Limit: 1 + c.r.IntN(60)})
	c.sameList(what+" from the end", oldest, want)
	if !slices.EqualFunc(newest, oldest, func(a, b history.Row) bool { return a.ID == b.ID && a.Cursor == b.Cursor }) {
		c.Fatalf("%s: lines of one instant change places with the direction", what)
	}
	got, err := c.reader.Totals(c.ctx, q)
	currency := q.Currency
	if currency == "" {
		currency = c.o.Currency
	}
	c.equal("totals of "+describe(q), got, c.o.sum(func(x wallet.Transaction) bool {
		return x.Amount.Currency == currency && c.o.wants(q, x)
	}), err)
}

// walk reads a list page by page, and gives it newest first.
func (c *check) walk(what string, q history.Query, w history.Window) []history.Row {
	var rows []history.Row
	for {
		p, err := c.reader.Rows(c.ctx, q, w)
		if err != nil {
			c.Fatalf("%s: %v", what, err)
		}
		if len(p.Rows) > w.Limit || p.More && len(p.Rows) < w.Limit || len(rows) > len(c.o.Transactions) {
			c.Fatalf("%s: a page of %d lines for a limit of %d, more: %v", what, len(p.Rows), w.Limit, p.More)
		}
		if w.Older {
			rows = append(rows, p.Rows...)
		} else {
			rows = append(slices.Clone(p.Rows), rows...)
		}
		if !p.More {
			return rows
		}
		w.From = p.Rows[0].Cursor
		if w.Older {
			w.From = p.Rows[len(p.Rows)-1].Cursor
		}
	}
}

// sameList compares a list with the expected one; lines of one instant may
// stand in any order.
func (c *check) sameList(what string, got []history.Row, want []wallet.Transaction) {
	if len(got) != len(want) {
		c.Fatalf("%s: %d lines, want %d", what, len(got), len(want))
	}
	wanted := map[string]wallet.Transaction{}
	for _, x := range want {
		wanted[x.ID] = x
	}
	for i, r := range got {
		x, ok := wanted[r.ID]
		delete(wanted, r.ID)
		if !ok || !r.At.Equal(want[i].At) {
			c.Fatalf("%s: line %d is %s at %v, want one at %v", what, i, r.ID, r.At, want[i].At)
		}
		c.equal(what, shown(r.Transaction), shown(x), nil)
		if r.Day != c.o.day(x) || r.Cursor.At != x.At.UnixMilli() {
			c.Fatalf("%s: line %d is on %v at %d", what, i, r.Day, r.Cursor.At)
		}
	}
}
