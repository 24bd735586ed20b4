package main

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
)

// deed is how something that has to be confirmed is done: the flags of such
// commands.
type deed struct {
	pins
	yes, asJSON, wait bool
}

func (d *deed) flags(c *cobra.Command) {
	d.pins.flag(c)
	c.Flags().BoolVar(&d.yes, "yes", false, "cli.flag.yes")
	c.Flags().BoolVar(&d.asJSON, "json", false, "cli.flag.json")
	c.Flags().BoolVar(&d.wait, "wait", false, "cli.flag.wait")
}

// carry confirms an act that was made, if it wants that, and tells what became
// of it. Somebody who says No takes it back.
func (a *app) carry(ctx context.Context, t *talk, open *client.Account, made act.Act, d *deed) error {
	made, err := a.settled(ctx, t, open, made, d)
	if err != nil {
		return err
	}
	if d.wait && !made.State.Final() {
		if made, err = a.await(ctx, open, made); err != nil {
			return err
		}
	}
	if err := a.printAct(made, d.asJSON); err != nil {
		return err
	}
	renew(ctx, open)
	if made.State.Final() && made.State != act.Done {
		return fault.New(fault.NotArrived, "state", a.text().T("acts.state."+string(made.State)))
	}
	return nil
}

// renew fetches what was just changed, so that the next command does not answer
// from before. A platform that is gone by now makes nothing that was done undone.
func renew(ctx context.Context, open *client.Account) {
	_, _ = open.Sync(ctx, func(int, int) {})
	_, _ = open.Limits(ctx)
}

// settled has an act confirmed, if it waits for that.
func (a *app) settled(ctx context.Context, t *talk, open *client.Account, made act.Act, d *deed) (act.Act, error) {
	if made.State != act.Waiting {
		return made, nil
	}
	confirmed, err := d.confirm(ctx, t, open, made)
	if errors.Is(err, fault.New(fault.Canceled)) {
		_, _ = open.Cancel(context.WithoutCancel(ctx), made.ID) // else it lapses by itself
	}
	return confirmed, err
}

// mostLost is how often a question is asked anew whose answer was lost.
const mostLost = 2

// confirm has an act confirmed. Where the answer is lost and the act still waits
// it is asked anew: a new challenge kills the old one, so that nothing which may
// be under way yet has an effect beside it. Until there is one it stays unknown,
// whatever is in the way of it.
func (d *deed) confirm(ctx context.Context, t *talk, open *client.Account, made act.Act) (act.Act, error) {
	q, err := open.Challenge(ctx, made)
	if err != nil {
		return act.Act{}, err
	}
	done, err := d.answer(ctx, t, open, made, q)
	for tries := 0; errors.Is(err, fault.New(fault.UnknownOutcome)) && tries < mostLost; tries++ {
		q, failed := open.Challenge(ctx, made)
		if errors.Is(failed, fault.New(fault.TooLate)) { // it went through after all
			if now, unread := open.Act(ctx, made.ID); unread == nil {
				return now, nil
			}
		}
		if failed != nil {
			return act.Act{}, err
		}
		t.say("", t.text().T("cli.confirm.lost"))
		done, err = d.answer(ctx, t, open, made, q)
	}
	return done, err
}

// answer draws the fields of the challenge's own bytes, asks, and answers it.
func (d *deed) answer(ctx context.Context, t *talk, open *client.Account, made act.Act, q act.Question) (act.Act, error) {
	t.say("")
	t.say(t.question(q, made.Reasons)...)
	if q.Need != act.NeedPIN {
		if err := t.agree(ctx, d.yes, t.text().T("cli.confirm.ask")); err != nil {
			return act.Act{}, err
		}
		return open.Confirm(ctx, made, nil)
	}
	for tries := 1; ; tries++ {
		pin, err := d.next(ctx, t, "cli.pin.confirm")
		if err != nil {
			return act.Act{}, err
		}
		done, err := open.Confirm(ctx, made, &pin)
		pin.Wipe()
		if !again(err) || d.fd >= 0 || tries >= mostPINs {
			return done, err
		}
		say, hint := t.explain(fault.From(err))
		t.say(say, hint)
	}
}

// question writes what is confirmed, and nothing that is not in it but why the
// platform asks.
func (t *talk) question(q act.Question, why []act.Reason) (lines []string) {
	p, style := t.text(), t.style()
	add := func(id string, args ...any) { lines = append(lines, "  "+p.F(id, args...)) }
	lines = append(lines, p.F("cli.confirm.title", "Action", p.T(actionWord(q.Action)), "Server", q.Server, "Account", q.Account))
	if q.Auto != nil && len(q.Parts) > 0 {
		add("confirm.by_itself")
		for _, line := range t.termLines(*q.Auto, q.Parts[0].Payee, q.At.AddDate(0, 0, act.AutoDays)) {
			lines = append(lines, "  "+line)
		}
		add("confirm.care.auto_set")
		add("cli.confirm.expires", "Seconds", strconv.Itoa(int(q.Expires.Sub(q.At)/time.Second)))
		return lines
	}
	value := q.Amount.Currency != ""
	for _, part := range q.Parts {
		if value {
			add("cli.confirm.part", "Amount", style.Format(part.Amount), "Payee", part.Payee.Name, "ID", part.Payee.ID)
		} else {
			add("cli.confirm.subject", "Payee", part.Payee.Name, "ID", part.Payee.ID)
		}
	}
	if id := "rail.name." + q.Quote; q.Action == act.AddDestination && p.Has(id) {
		add("confirm.way", "Rail", p.T(id))
	}
	if value {
		add("cli.confirm.sum", "Fee", style.Format(q.Fee), "Amount", style.Format(q.Amount))
	}
	for _, r := range why {
		if id := "risk." + r.Code; p.Has(id) {
			add("cli.confirm.why", "Reason", p.F(id, spoken(r, cmp.Or(q.Amount.Currency, money.KRW), style)...))
		}
	}
	add("cli.confirm.expires", "Seconds", strconv.Itoa(int(q.Expires.Sub(q.At)/time.Second)))
	return lines
}

// spoken is what the sentence of a reason names, with amounts as the person writes them.
func spoken(r act.Reason, c money.Currency, style money.Style) (args []any) {
	for name, value := range r.Args {
		if plain, ok := strings.CutSuffix(name, "_minor"); ok {
			if minor, err := strconv.ParseInt(value, 10, 64); err == nil {
				name, value = plain, style.Format(money.Of(minor, c))
			}
		}
		args = append(args, name, value)
	}
	return args
}

// How often an act is asked about while somebody waits for it: soon at first,
// since most legs take a minute, and seldom later.
const (
	firstLook = time.Second
	lastLook  = 15 * time.Second
)

// await asks until an act has ended. Ending the wait does not end the act.
func (a *app) await(ctx context.Context, open *client.Account, made act.Act) (act.Act, error) {
	state := act.State("")
	for pause := firstLook; ; pause = min(2*pause, lastLook) {
		if made.State != state {
			state = made.State
			a.note(a.text().F("cli.act.now", "ID", made.ID, "State", a.text().T("acts.state."+string(state))))
		}
		if made.State.Final() {
			return made, nil
		}
		if err := a.sleep(ctx, pause); err != nil {
			return made, err
		}
		next, err := open.Act(ctx, made.ID)
		switch {
		case err == nil:
			made = next
		case fault.From(err).Code.Family() != fault.FamilyOffline: // a gap in the line is waited out
			return made, err
		}
	}
}

// sleep waits, but not longer than ctx.
func (a *app) sleep(ctx context.Context, d time.Duration) error {
	if a.pause != nil {
		return a.pause(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fault.Wrap(ctx.Err(), fault.Canceled)
	}
}
