package cashout

import (
	"maps"
	"strings"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// monetary are the faults whose arguments are amounts of the person.
var monetary = map[fault.Code]bool{fault.Insufficient: true, fault.OverLimit: true, fault.BadAmount: true}

// money writes minor units, or their mask.
func (p *Page) money(minor int64) string { return p.env.Amount(money.Of(minor, p.book.Currency)) }

// say is a sentence of the planner, with its amounts masked while they are
// hidden and its instants as the person reads them.
func (p *Page) say(t valuepath.Text) string {
	e := p.env
	return capital(valuepath.Speaker{Words: e.Text, Money: e.Style, Zone: e.Zone}.Say(p.local(t)))
}

func (p *Page) local(t valuepath.Text) valuepath.Text {
	args := make([]any, len(t.Args))
	for i, a := range t.Args {
		switch a := a.(type) {
		case money.Amount:
			args[i] = p.env.Amount(a)
		case time.Time:
			args[i] = p.env.When(a)
		case valuepath.Text:
			args[i] = p.local(a)
		case []valuepath.Text:
			list := make([]valuepath.Text, len(a))
			for j := range a {
				list[j] = p.local(a[j])
			}
			args[i] = list
		default:
			args[i] = a
		}
	}
	return valuepath.Text{ID: t.ID, Args: args}
}

// fault says what went wrong and what can be done, without amounts while they are hidden.
func (p *Page) fault(err *fault.Error) (say, hint string) {
	if p.env.Hidden && monetary[err.Code] {
		masked := *err
		masked.Args = maps.Clone(err.Args)
		for name := range masked.Args {
			masked.Args[name] = p.env.Amount(money.Amount{})
		}
		err = &masked
	}
	return p.env.Traced(err)
}

// capital begins a sentence with a large letter, where its alphabet has them.
func capital(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}

// rail is the name of a rail.
func (p *Page) rail(id string) string { return p.env.Text.T("rail.name." + id) }

// takes says how long something takes, in one unit, rounded up.
func (p *Page) takes(d time.Duration) string {
	const day = 24 * time.Hour
	units := [...]struct {
		below, unit time.Duration
		id          string
	}{
		{time.Minute, time.Second, "cashout.seconds"}, {time.Hour, time.Minute, "cashout.minutes"},
		{day, time.Hour, "cashout.hours"}, {1<<63 - 1, day, "cashout.days"},
	}
	for _, u := range units {
		if d < u.below {
			return p.env.Text.N(u.id, int((d+u.unit-1)/u.unit))
		}
	}
	return ""
}

// issuer is the name of an issuer; one that is not known keeps its id.
func (p *Page) issuer(id string) string {
	for _, i := range p.wallet.Issuers {
		if i.ID == id && i.Name != "" {
			return i.Name
		}
	}
	return id
}

// bullet are the lines of a text that hang behind a mark.
func bullet(mark string, markInk, ink kit.Ink, text string, w int) (list kit.Lines) {
	in := kit.Width(mark) + 1
	for _, line := range kit.Wrap(text, max(w-in, 8)) {
		sign := mark
		list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
			s.PutIn(markInk, sign, in)
			s.Put(ink, line)
		}})
		mark = ""
	}
	return list
}

// below is bullet for what follows a line with a mark.
func below(mark string, ink kit.Ink, text string, w int) kit.Lines {
	return bullet(kit.Pad("", kit.Width(mark)), ink, ink, text, w)
}

// why is the catalogue id of a code in a few words.
func why(c valuepath.Code) string { return "cashout.why" + "." + string(c) }
