package store

import (
	"encoding/binary"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
)

// looseText is what is a line's own and can be searched: its numbers and, for
// varied merchants, its reason; through history.Fold, one line each.
type looseText struct {
	n    int64
	text string
}

func looseOf(n int64, order, reason, approval string) looseText {
	return looseText{n, history.Fold(order) + "\n" + history.Fold(reason) + "\n" + history.Fold(approval)}
}

// block is a row of the table loose: entries of line number, length, text.
type block struct {
	id   int64
	body string
}

// blockBytes is when a row of loose is full. Small, so that a small batch
// rewrites little; large, so that a sweep is few rows.
const blockBytes = 16 << 10

// appendLoose adds the batch's texts after the last ones. An older text of the
// same line stays: whoever finds it looks at the line.
func (a *applying) appendLoose() error {
	if len(a.loose) == 0 {
		return nil
	}
	id, body := int64(1), []byte(nil)
	if _, err := a.c.one(func(st *sqlite3.Stmt) {
		id, body = st.ColumnInt64(0), st.ColumnBlob(1, nil)
	}, "SELECT id, body FROM loose ORDER BY id DESC LIMIT 1"); err != nil {
		return err
	}
	for i, l := range a.loose {
		body = binary.AppendUvarint(body, uint64(l.n))
		body = binary.AppendUvarint(body, uint64(len(l.text)))
		body = append(body, l.text...)
		if len(body) < blockBytes && i < len(a.loose)-1 {
			continue
		}
		st, err := a.c.stmt("INSERT INTO loose(id, body) VALUES(?, ?) ON CONFLICT DO UPDATE SET body=excluded.body", id)
		if err == nil {
			err = st.BindBlob(2, body)
		}
		if err == nil {
			err = st.Exec()
		}
		if err != nil {
			return err
		}
		if len(body) >= blockBytes {
			id, body = id+1, body[:0]
		}
	}
	return nil
}

// forgetTexts takes the texts of lines out of the blocks that have some. A
// block may be left empty, since blocks are counted by their number.
func (c *conn) forgetTexts(lines runs) error {
	for id, more := int64(0), true; more; {
		body := ""
		found, err := c.one(func(st *sqlite3.Stmt) {
			id, body = st.ColumnInt64(0), string(st.ColumnRawBlob(1))
		}, "SELECT id, body FROM loose WHERE id>? ORDER BY id LIMIT 1", id)
		if err != nil {
			return err
		}
		more = found
		kept := make([]byte, 0, len(body))
		for rest := body; rest != ""; {
			n, _, after, ok := cutLoose(rest)
			if !ok {
				return errDamaged
			}
			if !lines.has(n) {
				kept = append(kept, rest[:len(rest)-len(after)]...)
			}
			rest = after
		}
		if len(kept) == len(body) {
			continue
		}
		st, err := c.stmt("UPDATE loose SET body=?2 WHERE id=?1", id)
		if err == nil {
			err = st.BindBlob(2, kept)
		}
		if err == nil {
			err = st.Exec()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// looseBlocks is all rows of loose; full ones are read once per process.
func (v *view) looseBlocks() ([]block, error) {
	var blocks []block
	at := int64(0)
	v.share(func(k *cache) { blocks, at = k.loose, k.looseAt })
	if at == v.gen && blocks != nil {
		return blocks, nil
	}
	if len(blocks) > 0 {
		blocks = slices.Clip(blocks[:len(blocks)-1]) // the last may have grown since
	}
	err := v.rows(func(st *sqlite3.Stmt) bool {
		blocks = append(blocks, block{st.ColumnInt64(0), string(st.ColumnRawBlob(1))})
		return true
	}, "SELECT id, body FROM loose WHERE id>? ORDER BY id", int64(len(blocks)))
	if err != nil {
		return nil, err
	}
	v.share(func(k *cache) {
		if v.gen >= k.looseAt {
			k.loose, k.looseAt = blocks, v.gen
		}
	})
	return blocks, nil
}

// looseHit is a line some of whose own texts hold words of a search.
type looseHit struct {
	n    int64
	hits history.Hits
}

// sweep finds the lines whose own texts hold words of the search, by line
// number. Texts that a line no longer has are among them.
func (v *view) sweep(m *history.Matcher) ([]looseHit, error) {
	blocks, err := v.looseBlocks()
	if err != nil {
		return nil, err
	}
	var found []looseHit
	for _, b := range blocks {
		if err := v.GetInterrupt().Err(); err != nil {
			return nil, err
		}
		if m.HitsFolded(b.body) == 0 {
			continue
		}
		for body := b.body; body != ""; {
			n, text, rest, ok := cutLoose(body)
			if !ok {
				return nil, errDamaged
			}
			if h := m.HitsFolded(text); h != 0 {
				found = append(found, looseHit{n, h})
			}
			body = rest
		}
	}
	slices.SortStableFunc(found, func(a, b looseHit) int { return int(min(max(a.n-b.n, -1), 1)) })
	return found, nil
}

func cutLoose(s string) (n int64, text, rest string, ok bool) {
	line, s, ok1 := cutUvarint(s)
	size, s, ok2 := cutUvarint(s)
	if !ok1 || !ok2 || size > uint64(len(s)) {
		return 0, "", "", false
	}
	return int64(line), s[:size], s[size:], true
}

func cutUvarint(s string) (n uint64, rest string, ok bool) {
	for i := 0; i < len(s) && i < binary.MaxVarintLen64; i++ {
		n |= uint64(s[i]&0x7f) << (7 * i)
		if s[i] < 0x80 {
			return n, s[i+1:], true
		}
	}
	return 0, "", false
}
