package auditjson

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// ErrLine is a line that holds no history.
type ErrLine struct {
	Number int
	Cause  error
}

// Error says which line, and why.
func (e *ErrLine) Error() string { return fmt.Sprintf("line %d: %v", e.Number, e.Cause) }

// Unwrap gives the cause.
func (e *ErrLine) Unwrap() error { return e.Cause }

// Bulk reads histories, one JSON object a line, and writes the answer of each
// as a line. It keeps one history at a time.
func Bulk(ctx context.Context, from io.Reader, to io.Writer, t audit.Teller) error {
	out := bufio.NewWriter(to)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	err := Each(from, func(id string, in audit.Input) error {
		r, err := audit.Run(ctx, in)
		if err != nil {
			return err
		}
		a := Of(&in, &r, t, money.Style{Unit: money.Code})
		a.HistoryID = id
		return errors.Join(enc.Encode(a), out.Flush()) // who reads the answers need not wait for the last
	})
	return err
}

// Each reads histories, one JSON object a line, and calls with each in turn.
// The input is good until the call returns.
func Each(from io.Reader, call func(id string, in audit.Input) error) error {
	lines := bufio.NewReaderSize(from, 1<<16)
	var b bulk
	for number := 1; ; number++ {
		text, last, err := b.line(lines)
		if err != nil {
			return err
		}
		if strings.TrimSpace(text) != "" {
			if err := b.read(text); err != nil {
				return &ErrLine{number, err}
			}
			if err := call(b.id, b.in); err != nil {
				return err
			}
		}
		if last {
			return nil
		}
	}
}

// bulk is one history, in room that the next one uses again.
type bulk struct {
	size   int // of the last line: the next may be as long
	id     string
	offset int64 // seconds east of UTC
	dated  bool  // only dates are known
	in     audit.Input
}

// line reads a line of any length; last says that none follows. What it holds
// is kept as long as the history, so it is never copied.
func (b *bulk) line(r *bufio.Reader) (text string, last bool, err error) {
	var whole strings.Builder
	whole.Grow(b.size)
	for {
		part, err := r.ReadSlice('\n')
		whole.Write(part)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			last = true
		case err != nil:
			return "", true, err
		}
		b.size = whole.Len()
		return whole.String(), last, nil
	}
}

// shortest is about how many bytes a transaction takes.
const shortest = 140

// read takes a history from a line. What stands in the line before its
// transactions is known when they are read, and the rest is put right after.
func (b *bulk) read(text string) error {
	s := scanner{text: text}
	b.id, b.offset, b.dated = "", 0, false
	if most := len(text) / shortest; cap(b.in.Items) < most/2 { // one long line: grow once
		b.in.Items = make([]audit.Item, 0, most)
	}
	b.in = audit.Input{Items: b.in.Items[:0]}
	s.object(func(key string) {
		switch key {
		case "history_id":
			b.id = s.str()
		case "as_of":
			day, err := history.ParseDay(s.str())
			if err != nil {
				s.fail()
			}
			b.in.AsOf = day
		case "utc_offset":
			seconds, ok := offset(s.str())
			if !ok {
				s.fail()
			}
			b.offset = seconds
		case "date_only":
			b.dated = s.truth()
		case "currency":
			b.in.Currency = money.Currency(s.str())
		case "country":
			b.in.Country = s.str()
		case "transactions":
			s.array(func() { b.item(&s) })
		default:
			s.skip()
		}
	})
	if s.next() != 0 || s.err != nil {
		return errJSON
	}
	if b.in.Country == "" {
		b.in.Country = audit.CountryOf(string(b.in.Currency))
	}
	for i := range b.in.Items {
		b.settle(&b.in.Items[i])
	}
	return nil
}

// item reads a transaction; its Day and Second are those of UTC until settle.
func (b *bulk) item(s *scanner) {
	var it audit.Item
	s.object(func(key string) {
		switch key {
		case "id":
			it.ID = s.str()
		case "ts":
			at, ok := instant(s.str())
			if !ok {
				s.fail()
			}
			it.Day, it.Second = history.Day(at>>17), int32(at&(1<<17-1))
		case "amount":
			it.Minor = s.integer()
		case "merchant":
			it.Merchant = s.str()
		case "order":
			it.Order = s.str()
		case "category":
			it.Category = s.str()
		case "kind":
			it.Type, _ = wallet.ParseType(s.str()) // what is not known is no charge
		case "orig":
			if s.next() == 'n' {
				s.skip()
				return
			}
			s.object(func(key string) {
				switch key {
				case "currency":
					it.OrigCode = s.str()
				case "amount":
					major, err := strconv.ParseFloat(s.number(), 64)
					if err != nil {
						s.fail()
					}
					it.OrigMinor = int64(math.Round(math.Abs(major) * 1000)) // finer than any currency
				default:
					s.skip()
				}
			})
		default:
			s.skip()
		}
	})
	b.in.Items = append(b.in.Items, it)
}

// dateAlone marks an item whose time was a date.
const dateAlone = 1 << 16 * 3 / 2

// settle moves an item to the person's civil day.
func (b *bulk) settle(it *audit.Item) {
	if it.Second == dateAlone {
		it.Second = -1
		return
	}
	at := int64(it.Day)*86400 + int64(it.Second) + b.offset
	day := at / 86400
	if at%86400 < 0 {
		day--
	}
	it.Day, it.Second = history.Day(day), int32(at-day*86400)
	if b.dated {
		it.Second = -1
	}
}

// instant reads RFC 3339, or a date alone, as the day in UTC and, in the lower
// 17 bits, the second of it.
func instant(s string) (int64, bool) {
	if len(s) == len(time.DateOnly) {
		d, err := history.ParseDay(s)
		return int64(d)<<17 | dateAlone, err == nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return 0, false
	}
	unix := t.Unix()
	day := unix / 86400
	if unix%86400 < 0 {
		day--
	}
	return day<<17 | (unix - day*86400), true
}

// offset reads +09:00 as seconds.
func offset(s string) (int64, bool) {
	t, err := time.Parse("Z07:00", s)
	if err != nil {
		return 0, false
	}
	_, seconds := t.Zone()
	return int64(seconds), true
}
