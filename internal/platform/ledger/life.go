package ledger

import (
	"bytes"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
)

// The life of an act is the same whatever it does: it is begun once per
// Idempotency-Key, waits for its confirmation or its review, is carried out,
// or ends by itself and lets go of what it held. What it does is its deed's.

// deed is what the acts of one action do beside living.
type deed struct {
	// confirmed carries a confirmed act out, inside the transaction that
	// confirms it, and says how far it has come: act.Done, or act.Going while
	// legs are under way. An error undoes the confirmation.
	confirmed func(b *book, a act.Act, at time.Time) (act.State, error)
	// released lets go of what a waiting or reviewed act holds; to is
	// act.Canceled or act.Lapsed. nil: it holds nothing.
	released func(b *book, a act.Act, to act.State, at time.Time) error
}

// Key is an Idempotency-Key with the hash of what it came with. The zero Key
// is that of an act which no request made.
type Key struct {
	ID      string
	Request [32]byte // SHA-256
}

// newID is an id that nobody can guess, after a word for what it is of.
func newID(of string) string { return of + "-" + rand.Text() }

// repeated finds the act that a key made before: fault.KeyReused if it came
// with something else then. It must be asked before anything else is, so that
// the answer to a repetition does not depend on what has changed since.
func (b *book) repeated(k Key) (a act.Act, again bool, err error) {
	if k.ID == "" {
		return act.Act{}, false, nil
	}
	var id string
	var request []byte
	err = b.row("SELECT id, request FROM acts WHERE owner = $1 AND key = $2", b.owner, k.ID).Scan(&id, &request)
	if errors.Is(err, sql.ErrNoRows) {
		return act.Act{}, false, nil
	}
	if err != nil {
		return act.Act{}, false, err
	}
	if !bytes.Equal(request, k.Request[:]) {
		return act.Act{}, false, fault.New(fault.KeyReused)
	}
	a, err = b.act(id)
	return a, true, err
}

// begin writes an act down. Its need says what becomes of it: act.NeedNone is
// carried out at once, act.NeedReview is reviewed until a.Until, all others
// wait for their confirmation until then. detail is what its deed will want to
// know, as JSON; nil for nothing. An id is made unless the caller has one.
func (b *book) begin(a act.Act, k Key, detail any) (act.Act, error) {
	if a.ID == "" {
		a.ID = newID("act")
	}
	a.State = act.Waiting
	if a.Need == act.NeedReview {
		a.State = act.Review
	}
	reasons, err := json.Marshal(a.Reasons)
	if err != nil {
		return act.Act{}, err
	}
	subject, err := json.Marshal(a.Subject)
	if err != nil {
		return act.Act{}, err
	}
	var keep []byte
	if detail != nil {
		if keep, err = json.Marshal(detail); err != nil {
			return act.Act{}, err
		}
	}
	var request any
	if k.ID != "" {
		request = k.Request[:]
	}
	if err := b.tell(whatAct, a.ID, a.Made); err != nil {
		return act.Act{}, err
	}
	if err := b.exec(`INSERT INTO acts (owner, id, n, action, state, need, reasons, device, made, until, ended, amount, fee, currency, quote, subject, detail, key, request)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		b.owner, a.ID, b.seq, string(a.Action), string(a.State), string(a.Need), string(reasons), a.Device, millis(a.Made), millis(a.Until), millis(a.Ended),
		a.Amount.Minor, a.Fee.Minor, string(a.Amount.Currency), a.Quote, string(subject), keep, null(k.ID), request); err != nil {
		return act.Act{}, err
	}
	b.due = min(b.due, expiry(a.Until))
	if a.Need == act.NeedNone {
		return b.carryOut(a, a.Made)
	}
	return a, nil
}

// detail reads what begin kept for the deed.
func (b *book) detail(id string, to any) error {
	var keep []byte
	if err := b.row("SELECT detail FROM acts WHERE owner = $1 AND id = $2", b.owner, id).Scan(&keep); err != nil {
		return err
	}
	return json.Unmarshal(keep, to)
}

// carryOut lets a deed happen.
func (b *book) carryOut(a act.Act, at time.Time) (act.Act, error) {
	d, ok := deedOf(a.Action)
	if !ok {
		return act.Act{}, fault.New(fault.Internal)
	}
	to, err := d.confirmed(b, a, at)
	if err != nil {
		return act.Act{}, err
	}
	return b.move(a, to, at)
}

// move brings an act into another state and tells of it. Final states end it.
func (b *book) move(a act.Act, to act.State, at time.Time) (act.Act, error) {
	a.State, a.Until = to, time.Time{}
	if to.Final() {
		a.Ended = at
	}
	if err := b.tell(whatAct, a.ID, at); err != nil {
		return act.Act{}, err
	}
	if err := b.exec("UPDATE acts SET state = $1, until = $2, ended = $3, detail = CASE WHEN $4 = 1 THEN NULL ELSE detail END WHERE owner = $5 AND id = $6",
		string(to), millis(a.Until), millis(a.Ended), flag(to.Final()), b.owner, a.ID); err != nil {
		return act.Act{}, err
	}
	if err := b.exec("UPDATE challenges SET state = 'dead' WHERE owner = $1 AND act = $2 AND state = 'open'", b.owner, a.ID); err != nil {
		return act.Act{}, err
	}
	return b.act(a.ID)
}

// release ends a waiting or reviewed act without its deed; fault.TooLate if it
// is past that.
func (b *book) release(a act.Act, to act.State, at time.Time) (act.Act, error) {
	if a.State != act.Waiting && a.State != act.Review {
		return act.Act{}, fault.New(fault.TooLate)
	}
	if d, ok := deedOf(a.Action); ok && d.released != nil {
		if err := d.released(b, a, to, at); err != nil {
			return act.Act{}, err
		}
	}
	return b.move(a, to, at)
}

// lapse ends the acts that waited too long, each at the instant its time was
// over, and frees what they held. A review that ends may let its act go on to
// wait for its confirmation, which can be over as well.
func (b *book) lapse(at time.Time) error {
	for {
		due, err := b.actIDs("SELECT id FROM acts WHERE owner = $1 AND state IN ('waiting', 'review') AND until <= $2 ORDER BY until, id", b.owner, millis(at))
		if err != nil || len(due) == 0 {
			return err
		}
		for _, id := range due {
			if err := b.over(id); err != nil {
				return err
			}
		}
	}
}

// over ends the time that an act had.
func (b *book) over(id string) error {
	a, err := b.act(id)
	if err != nil {
		return err
	}
	if a.State == act.Review {
		if goes, err := b.reviewed(a); err != nil || goes {
			return err
		}
	}
	_, err = b.release(a, act.Lapsed, a.Until)
	return err
}

func (b *book) actIDs(query string, args ...any) (ids []string, err error) {
	rows, err := b.query(query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
