package main

import (
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/act"
	"jandon/internal/money"
)

// limits shows what a person may move, and what would raise it.
func (a *app) limits() *cobra.Command {
	var from origin
	var asJSON bool
	c := a.command("limits", "cli.limits", 0, 0, func(cmd *cobra.Command, _ []string) error {
		s, b, err := a.inquire(cmd.Context(), from)
		if err != nil {
			return err
		}
		defer s.shut()
		l, err := b.Limits(cmd.Context())
		if err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(limitsOf(l, a.cfg.Zone))
		}
		return a.printLimits(s, l)
	})
	from.demoFlags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	c.AddCommand(a.pauseAll(), a.resume(), a.level())
	return c
}

type limitsJSON struct {
	Version        int         `json:"version"`
	At             string      `json:"at"`
	Tier           string      `json:"tier"`
	Verified       bool        `json:"verified"`
	Level          string      `json:"level"`
	Floor          string      `json:"floor"`
	Zone           string      `json:"zone"`
	Catalogue      string      `json:"catalogue"`
	Currency       string      `json:"currency"`
	SmallMinor     int64       `json:"small_minor"`
	SmallLeftMinor int64       `json:"small_left_minor"`
	Total          allowedJSON `json:"total"`
	Rails          []railJSON  `json:"rails"`
	Next           *nextJSON   `json:"next"`
	PausedUntil    *string     `json:"paused_until"`
	PausedWhy      string      `json:"paused_why"`
}

type allowedJSON struct {
	ActMinor  int64   `json:"act_minor"`
	DayMinor  int64   `json:"day_minor"`
	UsedMinor int64   `json:"used_minor"`
	Why       string  `json:"why"`   // why it is less than it could be; "" if it is not
	Until     *string `json:"until"` // until when it is less
}

type railJSON struct {
	Rail   string `json:"rail"`
	Linked bool   `json:"linked"`
	allowedJSON
}

type nextJSON struct {
	Tier     string   `json:"tier"`
	Days     int      `json:"days"`
	HaveDays int      `json:"have_days"`
	Acts     int      `json:"acts"`
	HaveActs int      `json:"have_acts"`
	Verified bool     `json:"verified"`
	Missing  []string `json:"missing"`
}

func allowed(r act.RailLimit, zone *time.Location) allowedJSON {
	return allowedJSON{r.Act.Minor, r.Day.Minor, r.UsedToday.Minor, r.Why, stamp(r.Until, zone)}
}

// whyLess says why a limit is less than it could be and until when; "" where it
// is not, or the reason is one of a newer platform.
func (a *app) whyLess(r act.RailLimit) string {
	id := "limit.why." + r.Why
	if r.Why == "" || !a.text().Has(id) {
		return ""
	}
	left := min(r.Act.Minor, max(0, r.Day.Minor-r.UsedToday.Minor))
	return a.text().F(id, "left", a.style().Format(money.Of(left, r.Day.Currency)), "until", a.text().Moment(r.Until, a.cfg.Zone))
}

func limitsOf(l act.Limits, zone *time.Location) limitsJSON {
	out := limitsJSON{
		Version: version, At: l.At.In(zone).Format(time.RFC3339), Tier: l.Tier.String(), Verified: l.Verified,
		Level: string(l.Level), Floor: string(l.Floor), Zone: l.Zone, Catalogue: l.Version, Currency: string(l.Total.Day.Currency),
		SmallMinor: l.Small.Minor, SmallLeftMinor: l.SmallLeft.Minor, Total: allowed(l.Total, zone), Rails: []railJSON{},
		PausedUntil: stamp(l.Paused, zone), PausedWhy: l.PausedWhy,
	}
	for _, r := range l.Rails {
		out.Rails = append(out.Rails, railJSON{r.Rail, l.Linked[r.Rail], allowed(r, zone)})
	}
	if n := l.Next; n != nil {
		out.Next = &nextJSON{n.Tier.String(), n.Days, n.HaveDays, n.Acts, n.HaveActs, n.Verified, append([]string{}, n.Missing...)}
	}
	return out
}

func (a *app) printLimits(s *source, l act.Limits) error {
	t, style := a.text(), a.style()
	var out sheet
	a.heading(&out, s, l.At)
	verified := "limit.not_verified"
	if l.Verified {
		verified = "limit.verified"
	}
	out.free(t.F("limit.tier", "Tier", t.T("rail.tier."+l.Tier.String()))+" · "+t.T(verified), headInk)
	if !l.Paused.IsZero() {
		out.free(t.F("cli.limits.paused", "Until", t.Moment(l.Paused, a.cfg.Zone)), warnInk)
	}
	out.row(left(t.T("limit.how_careful")).in(quietInk), left(t.T("limit.level."+string(l.Level))), left(t.T("limit.level."+string(l.Level)+"_say")).in(quietInk))
	out.blank()
	rest := func(r act.RailLimit) string {
		return style.Format(money.Of(max(0, r.Day.Minor-r.UsedToday.Minor), r.Day.Currency))
	}
	line := func(name string, r act.RailLimit) {
		out.row(left(name), right(t.F("limit.left_of", "Left", rest(r), "Day", style.Format(r.Day))),
			left(t.F("limit.at_once", "Act", style.Format(r.Act))).in(quietInk))
	}
	line(t.T("limit.all_rails"), l.Total)
	for _, r := range l.Rails {
		line(t.T("rail.name."+r.Rail), r)
	}
	out.blank()
	if why := a.whyLess(l.Total); why != "" {
		out.free(why, warnInk)
	}
	small := t.T("limit.small_none")
	if l.Small.Minor > 0 && l.Level == act.LevelStandard {
		small = t.F("limit.small", "Most", style.Format(l.Small), "Left", style.Format(l.SmallLeft))
	}
	out.free(small, plainInk)
	if l.Next == nil {
		out.free(t.T("limit.highest"), plainInk)
		return a.print(&out)
	}
	out.free(t.F("limit.next", "Tier", t.T("rail.tier."+l.Next.Tier.String())), plainInk)
	out.row(left("  "+t.T("limit.need.days")), left(t.F("limit.of", "Have", l.Next.HaveDays, "Want", l.Next.Days)))
	out.row(left("  "+t.T("limit.need.acts")), left(t.F("limit.of", "Have", l.Next.HaveActs, "Want", l.Next.Acts)))
	if l.Next.Verified && !l.Verified {
		out.free("  "+t.T("limit.need.verified"), plainInk)
	}
	return a.print(&out)
}
