package ledger

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/risk"
	"jandon/internal/safe"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// Link is a destination that somebody wants to link.
type Link struct {
	Rail   string
	Name   string // whose it is
	Number string // digits and dashes
}

// linking is what the act keeps until it is confirmed.
type linking struct {
	ID, Rail, Name, Number string
	Digest                 []byte
}

// used is when value last arrived at a destination.
const destinationColumns = `d.id, d.rail, d.name, d.number, d.added, d.usable,
	max(d.used, coalesce((SELECT max(l.ended) FROM legs l WHERE l.owner = d.owner AND l.destination = d.id AND l.destination <> '' AND l.state = 'done'), d.used))`

func scanDestination(r rowScanner) (act.Destination, error) {
	var d act.Destination
	var added, usable, used int64
	err := r.Scan(&d.ID, &d.Rail, &d.Name, &d.Number, &added, &usable, &used)
	d.Added, d.Usable, d.Used = instant(added), instant(usable), instant(used)
	return d, err
}

// Destinations lists the linked destinations, the last linked first.
func (v *View) Destinations() ([]act.Destination, error) { return linked(v, v.owner) }

func linked(r reader, owner int64) ([]act.Destination, error) {
	rows, err := r.query(`SELECT `+destinationColumns+` FROM destinations d WHERE d.owner = $1 AND d.removed IS NULL ORDER BY d.added DESC, d.id`, owner)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []act.Destination
	for rows.Next() {
		d, err := scanDestination(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// destination finds a linked one; fault.NotFound.
func (b *book) destination(id string) (act.Destination, error) {
	d, err := scanDestination(b.row(`SELECT `+destinationColumns+` FROM destinations d WHERE d.owner = $1 AND d.id = $2 AND d.removed IS NULL`, b.owner, id))
	if errors.Is(err, sql.ErrNoRows) {
		return d, fault.New(fault.NotFound, "what", "destination")
	}
	return d, err
}

// payees are the destinations that can be paid now, by Rail.ID. One that was
// chosen and can't be is refused by its name rather than replaced: fault.NotFound,
// fault.DestinationNew, fault.BadRequest.
func payees(r reader, owner int64, chosen map[string]string, at time.Time) (map[string]act.Destination, error) {
	all, err := linked(r, owner)
	if err != nil {
		return nil, err
	}
	for _, rail := range slices.Sorted(maps.Keys(chosen)) {
		i := slices.IndexFunc(all, func(d act.Destination) bool { return d.ID == chosen[rail] })
		switch {
		case i < 0:
			return nil, fault.New(fault.NotFound, "what", "destination "+chosen[rail])
		case all[i].Rail != rail:
			return nil, fault.New(fault.BadRequest, "detail", "this destination is of another rail")
		case !all[i].Pays(at):
			return nil, tooNew(all[i])
		}
	}
	return act.Payees(all, chosen, at), nil
}

// tooNew says of a destination that it waits, and until when.
func tooNew(d act.Destination) error {
	return fault.New(fault.DestinationNew, "payee", d.Name+" · "+d.Number, "until", d.Usable.UTC().Format(time.RFC3339))
}

// LinkDestination begins to link a destination, once per key. Errors are
// faults: bad_request, unsafe_text.
func (l *Ledger) LinkDestination(ctx context.Context, u User, device string, k Key, want Link, at time.Time) (act.Act, error) {
	return l.beginAct(ctx, u, k, at, func(b *book) (act.Act, any, error) {
		rail, err := railOf(want.Rail)
		if err != nil {
			return act.Act{}, nil, err
		}
		if err := want.check(rail); err != nil {
			return act.Act{}, nil, err
		}
		s, err := b.standing(at)
		if err != nil {
			return act.Act{}, nil, err
		}
		keep := linking{
			ID: newID("to"), Rail: want.Rail, Name: want.Name, Number: masked(want.Number), Digest: s.digest("number", digits(want.Number)),
		}
		var there bool
		if err := b.row("SELECT EXISTS (SELECT 1 FROM destinations WHERE owner = $1 AND rail = $2 AND digest = $3 AND removed IS NULL)",
			b.owner, keep.Rail, keep.Digest).Scan(&there); err != nil {
			return act.Act{}, nil, err
		}
		if there {
			return act.Act{}, nil, fault.New(fault.BadRequest, "detail", "this destination is linked already")
		}
		return act.Act{Action: act.AddDestination, Device: device, Quote: keep.Rail, Subject: act.Payee{Name: keep.Name, ID: keep.Number, Destination: keep.ID}}, keep, nil
	})
}

// Bounds of a destination; a number with fewer digits would be no number of anything.
const (
	leastDigits  = 4
	mostOfNumber = 40
	mostOfName   = 60
)

func (w Link) check(rail *valuepath.Rail) error {
	switch {
	case !rail.Destination:
		return fault.New(fault.BadRequest, "detail", "this rail needs no destination")
	case strings.TrimSpace(w.Name) == "" || utf8.RuneCountInString(w.Name) > mostOfName:
		return fault.New(fault.BadRequest, "detail", "a destination needs a name of up to "+strconv.Itoa(mostOfName)+" characters")
	case safe.Changed(w.Name): // it could never be confirmed
		return fault.New(fault.UnsafeText, "field", "name")
	case strings.Trim(w.Number, "0123456789-") != "" || len(digits(w.Number)) < leastDigits || len(w.Number) > mostOfNumber:
		return fault.New(fault.BadRequest, "detail", "a number has at least "+strconv.Itoa(leastDigits)+" digits and nothing but dashes beside them")
	}
	return nil
}

var errNoRail = fault.New(fault.BadRequest, "detail", "a rail is not in the catalogue")

func digits(number string) string { return strings.ReplaceAll(number, "-", "") }

// masked keeps the last four digits, and the dashes.
func masked(number string) string {
	left := len(digits(number)) - leastDigits
	return strings.Map(func(r rune) rune {
		if r == '-' {
			return r
		}
		if left--; left >= 0 {
			return '*'
		}
		return r
	}, number)
}

// addDestination is the deed of destination.add: it waits before it can be
// used, and all devices hear of it.
func (b *book) addDestination(a act.Act, at time.Time) (act.State, error) {
	w, err := risk.Shipped()
	if err != nil {
		return "", err
	}
	var d linking
	if err := b.detail(a.ID, &d); err != nil {
		return "", err
	}
	if err := b.link(d, at, at.Add(w.DestinationWait()), time.Time{}); err != nil {
		return "", err
	}
	if err := b.notify(wallet.Alert{ID: newID("alert"), At: at, Kind: wallet.AlertDestination, Merchant: d.Name}); err != nil {
		return "", err
	}
	return act.Done, b.log("destination.linked", at, note{"act": a.ID, "destination": d.ID, "rail": d.Rail})
}

func (b *book) link(d linking, added, usable, used time.Time) error {
	return b.exec(`INSERT INTO destinations (owner, id, rail, name, number, digest, added, usable, used) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (owner, rail, digest) WHERE removed IS NULL DO NOTHING`,
		b.owner, d.ID, d.Rail, d.Name, d.Number, d.Digest, millis(added), millis(usable), millis(used))
}

// UnlinkDestination unlinks a destination at once; what waits to be paid to it
// is canceled. fault.NotFound.
func (l *Ledger) UnlinkDestination(ctx context.Context, u User, id, by string, at time.Time) error {
	return l.change(ctx, u.ID, func(b *book) error {
		if err := b.sweep(at); err != nil {
			return err
		}
		if _, err := b.destination(id); err != nil {
			return err
		}
		if err := b.exec("UPDATE destinations SET removed = $1 WHERE owner = $2 AND id = $3", millis(at), b.owner, id); err != nil {
			return err
		}
		if err := b.cancelAll(at, `SELECT a.id FROM acts a WHERE a.owner = $1 AND a.state IN ('waiting', 'review')
			AND EXISTS (SELECT 1 FROM legs l WHERE l.owner = a.owner AND l.act = a.id AND l.destination = $2)`, b.owner, id); err != nil {
			return err
		}
		if err := b.recheckAuto(at); err != nil {
			return err
		}
		return b.log("destination.unlinked", at, note{"destination": id, "by": by})
	})
}

// cancelAll ends the waiting and reviewed acts that a query finds.
func (b *book) cancelAll(at time.Time, query string, args ...any) error {
	ids, err := b.actIDs(query, args...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		a, err := b.act(id)
		if err != nil {
			return err
		}
		if _, err := b.release(a, act.Canceled, at); err != nil {
			return err
		}
	}
	return nil
}
