package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// agreed is what a mandate says beside its id, number and end.
type agreed struct {
	Issuer, Merchant, First string
	Price                   money.Amount
	Since, Trial            time.Time
	Consents                []wallet.Consent
}

// agree keeps a mandate as it is now.
func (b *book) agree(m wallet.Mandate, at time.Time) error {
	body, err := json.Marshal(agreed{m.Issuer, m.Merchant, m.First, m.Price, m.Since, m.Trial, m.Consents})
	if err != nil {
		return err
	}
	if err := b.tell(whatMandate, m.ID, at); err != nil {
		return err
	}
	return b.exec(`INSERT INTO mandates (owner, id, seq, canceled, body) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (owner, id) DO UPDATE SET seq = excluded.seq, canceled = excluded.canceled, body = excluded.body`,
		b.owner, m.ID, b.seq, millis(m.Canceled), string(body))
}

const mandateColumns = `m.id, m.seq, m.canceled, m.body`

func scanMandate(r rowScanner) (m wallet.Mandate, err error) {
	var canceled int64
	var body []byte
	if err := r.Scan(&m.ID, &m.Seq, &canceled, &body); err != nil {
		return m, err
	}
	var a agreed
	if err := json.Unmarshal(body, &a); err != nil {
		return m, err
	}
	m.Issuer, m.Merchant, m.First, m.Price, m.Since, m.Trial, m.Consents = a.Issuer, a.Merchant, a.First, a.Price, a.Since, a.Trial, a.Consents
	m.Canceled = instant(canceled)
	return m, nil
}

// Mandates lists the standing agreements of the person, in order of id.
func (v *View) Mandates() ([]wallet.Mandate, error) {
	return list(v, scanMandate, `SELECT `+mandateColumns+` FROM mandates m WHERE m.owner = $1 ORDER BY m.id`, v.owner)
}

// CancelMandate lets nothing more be charged under a mandate from now on;
// fault.NotFound, fault.AlreadyCanceled.
func (l *Ledger) CancelMandate(ctx context.Context, u User, id string, now time.Time) (m wallet.Mandate, err error) {
	err = l.change(ctx, u.ID, func(b *book) error {
		m, err = scanMandate(b.row(`SELECT `+mandateColumns+` FROM mandates m WHERE m.owner = $1 AND m.id = $2`, b.owner, id))
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return fault.New(fault.NotFound, "what", "mandate")
		case err != nil:
			return err
		case !m.Canceled.IsZero():
			return fault.New(fault.AlreadyCanceled)
		}
		m.Canceled = now.UTC().Truncate(time.Millisecond)
		err = b.agree(m, now)
		m.Seq = b.seq
		return err
	})
	return m, err
}
