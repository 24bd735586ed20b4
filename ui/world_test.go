package ui_test

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/notes"
	"jandon/internal/saved"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
	"jandon/ui"
	"jandon/ui/audit"
	"jandon/ui/disputes"
	past "jandon/ui/history"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/pace"
	"jandon/ui/review"
	"jandon/ui/searches"
	"jandon/ui/uitest"
)

var update = flag.Bool("update", false, "write frames and pictures anew")

// world is a scenario's data at an instant, in memory.
type world struct {
	at   time.Time
	plan scenario.Plan
	book *history.Book
}

func load(t testing.TB, name string, at time.Time) world {
	t.Helper()
	file, err := scenario.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return worldOf(t, file, at)
}

func worldOf(t testing.TB, file *scenario.File, at time.Time) world {
	t.Helper()
	plan, err := file.Generate(at)
	if err != nil {
		t.Fatal(err)
	}
	book, err := plan.Book()
	if err != nil {
		t.Fatal(err)
	}
	return world{at, plan, book}
}

// options are those of a shell over the world, with the real pages.
func (w world) options(lang string) (ui.Options, *uitest.Clock) {
	clock := uitest.NewClock(w.at)
	audited := kittest.Audit(w.book, w.plan.Zone, clock.Now)
	reviewed := func(ctx context.Context) (time.Time, error) {
		p, err := audited.Progress(ctx)
		return p.Last, err
	}
	shelf := saved.Shelf{Book: &notes.Memory{}, Now: clock.Now}
	return ui.Options{
		Lang: lang, Named: shelf.Searches, Zone: w.plan.Zone, Theme: "dark", Idle: 5 * time.Minute,
		Source: w.plan.Name, MadeUp: true, Fresh: ui.Freshness{At: w.at.Add(-3 * time.Minute)}, Version: "1.0",
		Clock: ui.Clock{Now: clock.Now, Tick: clock.Tick},
		Pages: []ui.Maker{
			{Name: "home", Label: "home.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
				return home.New(env, audited, home.Options{Reviewed: reviewed})
			}},
			{Name: "history", Label: "history.title", Tab: true, Make: func(env *kit.Env, arg string) kit.Page {
				return past.New(env, w.book, nil, arg)
			}},
			{Name: "search", Label: "history.search", Keys: []string{"/", "ctrl+f"}, Make: func(env *kit.Env, _ string) kit.Page {
				return past.NewSearch(env, w.book)
			}},
			{Name: "searches", Label: "searches.title", Keys: []string{"S", "ctrl+o"}, Make: func(env *kit.Env, arg string) kit.Page {
				return searches.New(env, shelf, arg)
			}},
			{Name: "audit", Label: "subscriptions.title", Tab: true, Make: func(env *kit.Env, arg string) kit.Page {
				return audit.New(env, audited, nil, arg)
			}},
			{Name: "review", Label: "review.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
				return review.New(env, audited)
			}},
			{Name: "pace", Label: "pace.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
				return pace.New(env, w.book, pace.Options{PhoneBill: money.Won(100_000)})
			}},
			{Name: "disputes", Label: "disputes.title", Keys: []string{"D", "0"}, Make: func(env *kit.Env, arg string) kit.Page {
				return disputes.New(env, disputing{w.book, w.plan.Disputes}, nil, arg)
			}},
		},
	}, clock
}

// disputing is a book with what was disputed; nobody has answered yet.
type disputing struct {
	*history.Book
	list []scenario.Dispute
}

// Disputes lists them, newest first.
func (d disputing) Disputes(ctx context.Context) (list []wallet.Dispute, err error) {
	for i, s := range slices.Backward(d.list) {
		x, err := d.Transaction(ctx, s.Transaction)
		if err != nil {
			return nil, err
		}
		one := wallet.Dispute{
			ID: fmt.Sprintf("dispute-%d", i+1), Transaction: x.ID, Merchant: x.Merchant, Amount: money.Of(-x.Amount.Minor, x.Amount.Currency), Charged: x.At,
			Reason: s.Reason, Note: s.Note, State: wallet.DisputeOpen, Opened: s.At, Next: wallet.TheMerchant, Deadline: s.At.AddDate(0, 0, 3),
			Steps: []wallet.DisputeStep{{At: s.At, Who: wallet.You, What: wallet.StepOpened}},
		}
		if !s.Withdrawn.IsZero() {
			one.State, one.Next, one.Deadline, one.Ended = wallet.DisputeWithdrawn, wallet.Nobody, time.Time{}, s.Withdrawn
			one.Steps = append(one.Steps, wallet.DisputeStep{At: s.Withdrawn, Who: wallet.You, What: wallet.StepWithdrawn})
		}
		list = append(list, one)
	}
	return list, nil
}

// open starts a shell in a window.
func open(t testing.TB, o ui.Options, c *uitest.Clock, width, height int) *uitest.Stage {
	t.Helper()
	shell, err := ui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(shell, c, width, height)
}

// sunday is the instant that most tests are at: the end of a week.
var sunday = time.Date(2026, 11, 22, 9, 0, 0, 0, time.FixedZone("KST", 9*3600))
