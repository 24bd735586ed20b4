package store

import (
	"cmp"
	"context"
	"slices"

	"jandon/internal/wallet"
)

// Disputes lists the disputes that the platform told of, newest first.
func (s *Store) Disputes(ctx context.Context) (list []wallet.Dispute, err error) {
	err = s.read(ctx, func(v *view) error {
		list = nil
		return v.docs(docDispute, func(s string) error {
			x, err := decodeDispute(s)
			list = append(list, x)
			return err
		})
	})
	slices.SortFunc(list, func(a, b wallet.Dispute) int { return cmp.Or(b.Opened.Compare(a.Opened), cmp.Compare(a.ID, b.ID)) })
	return list, err
}

// putDisputes stores disputes, unless what is there is newer.
func (c *conn) putDisputes(list []wallet.Dispute) error {
	for i := range list {
		x := &list[i]
		if err := c.putDoc(docDispute, x.ID, x.Seq, encodeDispute(x)); err != nil {
			return err
		}
	}
	return nil
}

func encodeDispute(x *wallet.Dispute) []byte {
	var w writer
	w.text(x.ID)
	w.num(x.Seq)
	w.texts([]string{x.Transaction, x.Issuer, x.Merchant, string(x.Reason), x.Note, string(x.State), string(x.Next), x.Refund})
	w.amount(x.Amount)
	w.time(x.Charged)
	w.time(x.Opened)
	w.time(x.Deadline)
	w.time(x.Ended)
	w.size(len(x.Steps))
	for _, s := range x.Steps {
		w.time(s.At)
		w.text(string(s.Who))
		w.text(string(s.What))
	}
	return w.b
}

func decodeDispute(s string) (x wallet.Dispute, err error) {
	r := reader{s: s}
	x.ID, x.Seq = r.text(), r.num()
	if f := r.texts(); len(f) == 8 {
		x.Transaction, x.Issuer, x.Merchant, x.Reason = f[0], f[1], f[2], wallet.DisputeReason(f[3])
		x.Note, x.State, x.Next, x.Refund = f[4], wallet.DisputeState(f[5]), wallet.Party(f[6]), f[7]
	} else {
		r.bad = true
	}
	x.Amount, x.Charged, x.Opened, x.Deadline, x.Ended = r.amount(), r.time(), r.time(), r.time(), r.time()
	x.Steps = list(&r, func() wallet.DisputeStep {
		return wallet.DisputeStep{At: r.time(), Who: wallet.Party(r.text()), What: wallet.DisputeWord(r.text())}
	})
	return x, r.err()
}
