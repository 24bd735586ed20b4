package ledger

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/risk"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// assess refuses what is over a limit, and decides what an act with its legs
// needs, why, and until when it waits: Need, Reasons and Until. The act must
// not be written down yet, so that the limits don't count it. An attempt is
// noted whatever becomes of it; its inputs and reasons go to the log.
func (b *book) assess(a *act.Act) error {
	at := a.Made
	w, err := risk.Shipped()
	if err != nil {
		return err
	}
	if a.ID == "" {
		a.ID = newID("act")
	}
	s, err := b.standing(at)
	if err != nil {
		return err
	}
	if a.Action == act.Cashout {
		l, err := limits(b, b.owner, &s, a.Device, at)
		if err != nil {
			return err
		}
		if err := b.within(a, l, at); err != nil {
			refused := *a
			b.regret = func(b *book) error { return b.refused(w, &refused, fault.From(err).Code) }
			return err
		}
	}
	if err := b.learn(w, &s.profile, at); err != nil {
		return err
	}
	try, err := b.attempt(w, &s, a)
	if err != nil {
		return err
	}
	small, err := smallActs(b, b.owner, s.careful(w, at), w.Midnight(at))
	if err != nil {
		return err
	}
	d := w.Decide(&s.profile, &try, small)
	a.Need, a.Until, a.Reasons = d.Need, at.Add(w.WaitTime()), reasons(&d, a)
	if a.Need == act.NeedReview {
		a.Until = at.Add(w.ReviewTime())
		if err := b.notify(wallet.Alert{ID: newID("alert"), At: at, Kind: wallet.AlertReview, Merchant: a.Legs[0].Payee.Name, Amount: a.Amount}); err != nil {
			return err
		}
	}
	trace, err := json.Marshal(w.Note(&s.profile, try))
	if err != nil {
		return err
	}
	if err := b.keepProfile(&s.profile); err != nil {
		return err
	}
	if err := b.exec("INSERT INTO attempts (owner, act, at, points, policy, trace) VALUES ($1, $2, $3, $4, $5, $6)",
		b.owner, a.ID, millis(at), d.Points, w.Version, string(trace)); err != nil {
		return err
	}
	return b.log("risk.weighed", at, weighed(w, a, &try, &d, s.profile.Learned()))
}

// refused notes an attempt that a limit has stopped: it counts as all others.
func (b *book) refused(w *risk.Policy, a *act.Act, why fault.Code) error {
	s, err := b.standing(a.Made)
	if err != nil {
		return err
	}
	try := risk.Attempt{Action: a.Action, At: a.Made, Amount: a.Amount.Minor}
	w.Note(&s.profile, try)
	if err := b.keepProfile(&s.profile); err != nil {
		return err
	}
	return b.log("risk.refused", a.Made, note{"action": string(a.Action), "amount": strconv.FormatInt(try.Amount, 10), "device": a.Device, "why": string(why)})
}

// attempt is an act as package risk sees it.
func (b *book) attempt(w *risk.Policy, s *standing, a *act.Act) (risk.Attempt, error) {
	try := risk.Attempt{
		Action: a.Action, At: a.Made, Amount: a.Amount.Minor, Joined: s.Joined,
		Device: s.key("device", a.Device), Network: s.key("network", b.network()),
	}
	if err := b.row("SELECT count(*) FROM devices d CROSS JOIN tries t WHERE d.owner = $1 AND t.device = d.id AND t.at > $2",
		b.owner, millis(a.Made.Add(-w.WrongFor()))).Scan(&try.Wrong); err != nil {
		return try, err
	}
	var bound, until int64
	switch err := b.row("SELECT created, paused FROM devices WHERE id = $1 AND owner = $2", a.Device, b.owner).Scan(&bound, &until); {
	case errors.Is(err, sql.ErrNoRows): // not a device of theirs: it is as new as can be
		if a.Device != "" {
			try.Bound = a.Made
		}
	case err != nil:
		return try, err
	case until > millis(a.Made):
		return try, paused(instant(until), a.Made)
	default:
		try.Bound = instant(bound)
	}
	for _, leg := range a.Legs {
		if leg.Payee.Destination == "" {
			try.Payees = append(try.Payees, risk.Payee{Key: s.key("rail", leg.Rail), Rail: true})
			continue
		}
		var digest []byte
		var added int64
		if err := b.row("SELECT digest, added FROM destinations WHERE owner = $1 AND id = $2", b.owner, leg.Payee.Destination).Scan(&digest, &added); err != nil {
			return try, err
		}
		try.Payees = append(try.Payees, risk.Payee{Key: s.key("payee", string(digest)), Added: instant(added)})
	}
	return try, nil
}

// reasons are those of a decision, with what their sentences name.
func reasons(d *risk.Decision, a *act.Act) []act.Reason {
	var list []act.Reason
	for _, r := range d.Reasons() {
		args := r.Args()
		switch r.Code {
		case risk.NewPayee, risk.YoungPayee:
			args = map[string]string{"payee": a.Legs[r.Payee].Payee.Name}
		}
		list = append(list, act.Reason{Code: r.Code.String(), Points: r.Points, Args: args})
	}
	return list
}

// weighed is what the log says of a decision: by which policy, from what, and which rules spoke.
func weighed(w *risk.Policy, a *act.Act, try *risk.Attempt, d *risk.Decision, learned int) note {
	var rules []string
	for _, r := range d.Reasons() {
		rules = append(rules, fmt.Sprintf("%s:%d", r.Code, r.Points))
	}
	return note{
		"act": a.ID, "action": string(a.Action), "policy": w.Version, "need": string(d.Need), "points": strconv.Itoa(d.Points), "rules": strings.Join(rules, " "),
		"amount": strconv.FormatInt(try.Amount, 10), "device": a.Device, "network": strconv.FormatUint(uint64(try.Network), 36),
		"wrong": strconv.Itoa(try.Wrong), "learned": strconv.Itoa(learned), "payees": strconv.Itoa(len(try.Payees)),
	}
}

// learn takes what went through, and nobody has disputed for a while, as usual.
// What a dispute under way casts doubt on waits for its end: if it is upheld,
// somebody else was there, and nothing is learned. Nor is anything of what a
// pause came upon while it waited: who stops everything may have seen a stranger.
func (b *book) learn(w *risk.Policy, p *risk.Profile, at time.Time) error {
	type lesson struct {
		act, trace string
		went       bool
	}
	rows, err := b.query(`SELECT t.act, t.trace, a.state IN ('done', 'partly') AND NOT `+doubtful("'refunded'")+` AND NOT `+pausedUpon("$4")+`
		FROM attempts t CROSS JOIN acts a WHERE t.owner = $1 AND t.state = 'open' AND a.owner = t.owner AND a.id = t.act AND a.ended > $2 AND a.ended <= $3
			AND NOT `+doubtful(underWay)+`
		ORDER BY a.ended, t.act`, b.owner, int64(unset), millis(at.Add(-w.LearnAfter())), w.LearnAfter().Milliseconds())
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var lessons []lesson
	for rows.Next() {
		var l lesson
		if err := rows.Scan(&l.act, &l.trace, &l.went); err != nil {
			return err
		}
		lessons = append(lessons, l)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, l := range lessons {
		state := "dropped"
		if l.went {
			var t risk.Trace
			if err := json.Unmarshal([]byte(l.trace), &t); err != nil {
				return err
			}
			w.Learn(p, t)
			state = "learned"
		}
		if err := b.exec("UPDATE attempts SET state = $1, trace = '' WHERE owner = $2 AND act = $3", state, b.owner, l.act); err != nil {
			return err
		}
	}
	return nil
}

// reviewed ends a review by the policy's rule: an act is released to wait for a
// code with the PIN, or refused, which lowers the tier for a while. goes says
// whether it was released.
func (b *book) reviewed(a act.Act) (goes bool, err error) {
	w, err := risk.Shipped()
	if err != nil {
		return false, err
	}
	points := 0
	for _, r := range a.Reasons {
		points += r.Points
	}
	at := a.Until
	if !w.Released(points) {
		if err := b.mark("hold", a.ID, at); err != nil {
			return false, err
		}
		return false, b.log("review.refused", at, note{"act": a.ID, "policy": w.Version, "points": strconv.Itoa(points)})
	}
	if err := b.tell(whatAct, a.ID, at); err != nil {
		return false, err
	}
	if err := b.exec("UPDATE acts SET state = 'waiting', need = 'pin', until = $1 WHERE owner = $2 AND id = $3",
		millis(at.Add(w.ReleasedTime())), b.owner, a.ID); err != nil {
		return false, err
	}
	return true, b.log("review.released", at, note{"act": a.ID, "policy": w.Version, "points": strconv.Itoa(points)})
}

// railOf is a rail of the catalogue.
func railOf(id string) (*valuepath.Rail, error) {
	catalogue, err := valuepath.Shipped()
	if err != nil {
		return nil, err
	}
	r, ok := catalogue.Rail(id)
	if !ok {
		return nil, errNoRail
	}
	return r, nil
}
