package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
	"jandon/internal/wallet"
)

// State is where the store stands in the platform's ledger.
type State struct {
	LedgerID string    // "" until the first batch
	Seq      int64     // the last change that is here
	SyncedAt time.Time // when it was last up to date; zero: never
	Lines    int       // transactions in the store
}

// State tells how far the store has come.
func (s *Store) State(ctx context.Context) (state State, err error) {
	err = s.read(ctx, func(v *view) error {
		_, err := v.one(func(st *sqlite3.Stmt) {
			state = State{LedgerID: st.ColumnText(0), Seq: st.ColumnInt64(1), Lines: st.ColumnInt(3)}
			if ms := st.ColumnInt64(2); ms != 0 {
				state.SyncedAt = time.UnixMilli(ms).UTC()
			}
		}, "SELECT ledger, seq, synced, (SELECT coalesce(sum(lines), 0) FROM roll WHERE grain=2) FROM meta")
		return err
	})
	return state, err
}

// Reset empties the store of what the platform told, because that now keeps
// another ledger. Lines of files and what the person said stay.
func (s *Store) Reset(ctx context.Context) error {
	return s.write(ctx, func(c *conn) error {
		files, err := c.one(func(*sqlite3.Stmt) {}, "SELECT 1 FROM file LIMIT 1")
		if err != nil {
			return err
		}
		if files {
			if err := s.keepFiles(c); err != nil {
				return err
			}
			return c.do("UPDATE meta SET ledger='', seq=0, synced=0")
		}
		for _, table := range []string{"tx", "strand", "word", "loose", "roll", "spell", "doc"} {
			if err := c.do("DELETE FROM " + table); err != nil {
				return err
			}
		}
		return c.do("UPDATE meta SET epoch=epoch+1, gen=gen+1, ledger='', seq=0, synced=0")
	})
}

// PutWallet replaces the wallet, unless the one that is there is newer (Seq).
func (s *Store) PutWallet(ctx context.Context, x wallet.Wallet) error {
	return s.write(ctx, func(c *conn) error {
		if err := c.putDoc(docWallet, "", x.Seq, encodeWallet(&x)); err != nil {
			return err
		}
		return c.do("UPDATE meta SET gen=gen+1")
	})
}

// Wallet is the wallet as last put; a zero one if none was.
func (s *Store) Wallet(ctx context.Context) (x wallet.Wallet, err error) {
	err = s.read(ctx, func(v *view) (err error) { x, err = v.wallet(true); return err })
	return x, err
}

// Issuers lists the issuers of the wallet.
func (s *Store) Issuers(ctx context.Context) (list []wallet.Issuer, err error) {
	err = s.read(ctx, func(v *view) error {
		x, err := v.wallet(false)
		list = x.Issuers
		return err
	})
	return list, err
}

func (v *view) wallet(lots bool) (x wallet.Wallet, err error) {
	err = v.docs(docWallet, func(s string) (err error) { x, err = decodeWallet(s, lots); return err })
	return x, err
}

// Settlements lists the bills, the newest period first.
func (s *Store) Settlements(ctx context.Context) (list []wallet.Settlement, err error) {
	err = s.read(ctx, func(v *view) error {
		return v.docs(docSettlement, func(s string) error {
			x, err := decodeSettlement(s)
			list = append(list, x)
			return err
		})
	})
	slices.SortFunc(list, func(a, b wallet.Settlement) int { return cmp.Or(b.From.Compare(a.From), cmp.Compare(a.ID, b.ID)) })
	return list, err
}

// Settlement is the bill with an id, or fault.NotFound.
func (s *Store) Settlement(ctx context.Context, id string) (x wallet.Settlement, err error) {
	err = s.read(ctx, func(v *view) error {
		st, err := v.stmt("SELECT body FROM doc WHERE sort=? AND id=?", docSettlement)
		if err == nil {
			err = st.BindText(2, id)
		}
		if err != nil {
			return err
		}
		var body string
		found := false
		err = each(st, func() bool { body, found = string(st.ColumnRawBlob(0)), true; return false })
		if err == nil && !found {
			err = fault.New(fault.NotFound, "what", id)
		}
		if err == nil {
			x, err = decodeSettlement(body)
		}
		return err
	})
	return x, err
}

// Alerts lists the alerts, newest first.
func (s *Store) Alerts(ctx context.Context) (list []wallet.Alert, err error) {
	err = s.read(ctx, func(v *view) error {
		return v.docs(docAlert, func(s string) error {
			x, err := decodeAlert(s)
			list = append(list, x)
			return err
		})
	})
	slices.SortFunc(list, func(a, b wallet.Alert) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return list, err
}

// Mandates lists the standing agreements that the platform told of, by id.
func (s *Store) Mandates(ctx context.Context) (list []wallet.Mandate, err error) {
	err = s.read(ctx, func(v *view) error {
		return v.docs(docMandate, func(s string) error {
			x, err := decodeMandate(s)
			list = append(list, x)
			return err
		})
	})
	slices.SortFunc(list, func(a, b wallet.Mandate) int { return cmp.Compare(a.ID, b.ID) })
	return list, err
}

// docs reads the bodies of all documents of a sort.
func (v *view) docs(sort int64, read func(body string) error) error {
	var inner error
	err := v.rows(func(st *sqlite3.Stmt) bool {
		inner = read(string(st.ColumnRawBlob(0)))
		return inner == nil
	}, "SELECT body FROM doc WHERE sort=?", sort)
	return errors.Join(inner, err)
}

// putDoc stores a document, unless the one that is there is newer.
func (c *conn) putDoc(sort int64, id string, seq int64, body []byte) error {
	st, err := c.stmt("INSERT INTO doc(sort, id, seq, body) VALUES(?,?,?,?) ON CONFLICT DO UPDATE SET seq=excluded.seq, body=excluded.body WHERE excluded.seq>=seq", sort)
	if err != nil {
		return err
	}
	if err := errors.Join(st.BindText(2, id), st.BindInt64(3, seq), st.BindBlob(4, body)); err != nil {
		return err
	}
	return st.Exec()
}
