package store

import (
	"errors"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/wallet"
)

// varieties is how many strands one merchant may have before reasons and
// contacts move into its lines: some put an order number into every reason,
// and a strand for each line would make strands as many as lines.
const varieties = 64

// word numbers a text.
func (a *applying) word(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	if id, ok := a.words[text]; ok {
		return id, nil
	}
	id, err := a.c.wordID(text)
	if err == nil && id == 0 {
		id, err = a.insertWord(text)
	}
	if err == nil {
		a.words[text] = id
	}
	return id, err
}

func (a *applying) insertWord(text string) (int64, error) {
	st, err := a.c.stmt("INSERT INTO word(s) VALUES(?)")
	if err == nil {
		err = st.BindText(1, text)
	}
	if err == nil {
		err = st.Exec()
	}
	return a.c.LastInsertRowID(), err
}

// strandOf is the strand of a line; own says that the line keeps its reason
// and contact for itself.
func (a *applying) strandOf(x *wallet.Transaction) (id int64, own bool, err error) {
	k := strand{kind: x.Kind, typ: x.Type, status: x.Status}
	for _, f := range []struct {
		to   *int64
		text string
	}{{&k.merchant, x.Merchant}, {&k.category, x.Category}, {&k.issuer, x.Issuer}, {&k.currency, string(x.Amount.Currency)}, {&k.channel, x.Channel}} {
		if *f.to, err = a.word(f.text); err != nil {
			return 0, false, err
		}
	}
	own, err = a.varied(k.merchant)
	if err != nil {
		return 0, false, err
	}
	if own { // a strand from before the merchant grew so varied will still do
		id, err = a.asBefore(k, x)
		if err != nil || id != 0 {
			return id, false, err
		}
		k.contact, k.reason = apart, apart
	} else {
		k.contact, err = a.word(x.Contact)
		if err == nil {
			k.reason, err = a.word(x.Reason)
		}
		if err != nil {
			return 0, false, err
		}
	}
	id, err = a.findStrand(k)
	if err == nil && id == 0 {
		id, err = a.insertStrand(k, x.At.UnixMilli())
	}
	return id, own, err
}

// varied reports whether a merchant has used up its varieties.
func (a *applying) varied(merchant int64) (bool, error) {
	n, ok := a.variety[merchant]
	if !ok {
		_, err := a.c.one(func(st *sqlite3.Stmt) { n = st.ColumnInt(0) },
			"SELECT count(*) FROM (SELECT 1 FROM strand WHERE merchant=? LIMIT ?)", merchant, varieties)
		if err != nil {
			return false, err
		}
		a.variety[merchant] = n
	}
	return n >= varieties, nil
}

// asBefore is the strand that holds the line's very reason and contact, or 0.
func (a *applying) asBefore(k strand, x *wallet.Transaction) (id int64, err error) {
	for _, f := range []struct {
		to   *int64
		text string
	}{{&k.contact, x.Contact}, {&k.reason, x.Reason}} {
		if f.text == "" {
			continue
		}
		known, ok := a.words[f.text]
		if !ok {
			if known, err = a.c.wordID(f.text); err != nil {
				return 0, err
			}
		}
		if known == 0 {
			return 0, nil
		}
		*f.to = known
	}
	return a.findStrand(k)
}

func (a *applying) findStrand(k strand) (id int64, err error) {
	if id, ok := a.known[k]; ok {
		return id, nil
	}
	_, err = a.c.one(func(st *sqlite3.Stmt) { id = st.ColumnInt64(0) },
		"SELECT id FROM strand WHERE merchant=? AND category=? AND issuer=? AND currency=? AND kind=? AND type=? AND status=? AND channel=? AND contact=? AND reason=?",
		k.numbers()...)
	if err == nil && id != 0 {
		a.keep(id, k)
	}
	return id, err
}

func (a *applying) insertStrand(k strand, at int64) (int64, error) {
	st, err := a.c.stmt("INSERT INTO strand(merchant, category, issuer, currency, kind, type, status, channel, contact, reason, first, last) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", k.numbers()...)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(st.BindInt64(11, at), st.BindInt64(12, at)); err != nil {
		return 0, err
	}
	if err := st.Exec(); err != nil {
		return 0, err
	}
	id := a.c.LastInsertRowID()
	a.keep(id, k)
	a.variety[k.merchant]++
	return id, nil
}

func (a *applying) keep(id int64, k strand) {
	a.known[k] = id
	a.strands[id] = &k
}

func (k strand) numbers() []int64 {
	return []int64{k.merchant, k.category, k.issuer, k.currency, int64(k.kind), int64(k.typ), int64(k.status), k.channel, k.contact, k.reason}
}
