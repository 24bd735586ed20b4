package store

import (
	"container/heap"
	"math"

	"github.com/ncruces/go-sqlite3"
)

// stream gives the lines of one strand in order, a few at a time. Until its
// first lines are read, its head is a place that no line of it comes before.
type stream struct {
	strand int64 // 0: all lines are in ready
	head   spot
	opened bool
	ready  []spot
	ask    int64 // how many lines to read next
}

// The first reading of a strand is short: most strands give a window one line or none.
const (
	firstAsk = 4
	mostAsk  = 64
)

// streams is a heap, the next line on the way first.
type streams struct {
	way
	list []*stream
}

func (h *streams) Len() int           { return len(h.list) }
func (h *streams) Less(i, j int) bool { return h.before(h.list[i].head, h.list[j].head) }
func (h *streams) Swap(i, j int)      { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *streams) Push(x any)         { h.list = append(h.list, x.(*stream)) }
func (h *streams) Pop() any {
	last := h.list[len(h.list)-1]
	h.list = h.list[:len(h.list)-1]
	return last
}

// mergeStrands visits the lines of the picked strands, and those wanted for
// their own texts, in order. Strands whose lines lie beyond the window are
// never read.
func (v *view) mergeStrands(g way, p *plan, visit func(spot) (bool, error)) error {
	h := &streams{way: g}
	for _, r := range p.picked {
		head := spot{at: max(r.first, g.at), n: math.MinInt64}
		if g.older {
			head = spot{at: min(r.last, g.at), n: math.MaxInt64}
		}
		if g.older && (r.first > g.at || head.at < p.lo) || !g.older && (r.last < g.at || head.at >= p.hi) {
			continue
		}
		h.list = append(h.list, &stream{strand: r.id, head: head, ask: firstAsk})
	}
	var own []spot
	_ = g.through(p.spots, func(s spot) (bool, error) { own = append(own, s); return true, nil })
	if len(own) > 0 {
		h.list = append(h.list, &stream{head: own[0], opened: true, ready: own})
	}
	heap.Init(h)
	for h.Len() > 0 {
		s := h.list[0]
		if s.opened {
			if more, err := visit(s.head); err != nil || !more {
				return err
			}
			s.ready = s.ready[1:]
		}
		if len(s.ready) == 0 && s.strand != 0 {
			if err := v.fill(g, p, s); err != nil {
				return err
			}
		}
		if len(s.ready) == 0 {
			heap.Pop(h)
			continue
		}
		s.head = s.ready[0]
		heap.Fix(h, 0)
	}
	return nil
}

var strandCourse = func() course {
	c := courseOf("amount", "tx_strand", "strand=? AND ")
	return course{c.older + " LIMIT ?", c.newer + " LIMIT ?"}
}()

// fill reads the next lines of a stream.
func (v *view) fill(g way, p *plan, s *stream) error {
	from := g
	if s.opened {
		from.at, from.n = s.head.at, s.head.n
	}
	sql, end := strandCourse.newer, p.hi
	if g.older {
		sql, end = strandCourse.older, p.lo
	}
	s.opened = true
	err := v.rows(func(st *sqlite3.Stmt) bool {
		s.ready = append(s.ready, spot{st.ColumnInt64(0), st.ColumnInt64(1), s.strand, st.ColumnInt64(2)})
		return true
	}, sql, s.strand, from.at, from.n, end, s.ask)
	s.ask = min(s.ask*2, mostAsk)
	return err
}
