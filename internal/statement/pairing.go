package statement

import (
	"slices"
	"sort"
)

// found is how a partner was told.
type found uint8

const (
	none     found = iota
	likely         // by merchant, amount and day
	numbered       // by the approval number and amount
)

// pairing gives each of its lines at most one partner, and no partner to two of
// them. A partner stands on the same day or an earlier one.
type pairing struct {
	queues map[spot]*queue
	found  []found
}

// queue is lines that could have the same partners, in order of their days.
type queue struct {
	lines []queued
	next  []int // the first that may be free, from each on
}

type queued struct{ day, i int }

func newPairing(n int) pairing { return pairing{map[spot]*queue{}, make([]found, n)} }

// put takes a line in. Numbers that differ tell lines apart; one that has none
// may be anybody's.
func (p *pairing) put(i int, d *doubt, day int) {
	at := spot{currency: d.currency, minor: max(d.minor, -d.minor)}
	if d.number != 0 {
		byNumber := at
		byNumber.number = d.number
		p.queue(byNumber).lines = append(p.queue(byNumber).lines, queued{day, i})
	}
	at.merchant, at.numbered = d.merchant, d.number != 0
	p.queue(at).lines = append(p.queue(at).lines, queued{day, i})
}

func (p *pairing) queue(at spot) *queue {
	q := p.queues[at]
	if q == nil {
		q = &queue{}
		p.queues[at] = q
	}
	return q
}

func (p *pairing) sort() {
	for _, q := range p.queues {
		slices.SortStableFunc(q.lines, func(a, b queued) int { return a.day - b.day })
		q.next = make([]int, len(q.lines)+1)
		for i := range q.next {
			q.next[i] = i
		}
	}
}

// look finds whose partner a line is.
func (p *pairing) look(s *said, day int) {
	if len(p.queues) == 0 {
		return
	}
	at := spot{currency: s.currency, minor: max(s.minor, -s.minor)}
	number := s.number()
	if number != 0 {
		byNumber := at
		byNumber.number = number
		if p.claim(byNumber, day, numbered) {
			return
		}
	}
	at.merchant = s.merchant.hash
	if !p.claim(at, day, likely) && number == 0 {
		at.numbered = true
		p.claim(at, day, likely)
	}
}

// claim takes the first line from a day on that has no partner.
func (p *pairing) claim(at spot, day int, how found) bool {
	q := p.queues[at]
	if q == nil {
		return false
	}
	k := sort.Search(len(q.lines), func(k int) bool { return q.lines[k].day >= day })
	for k = q.free(k); k < len(q.lines); k = q.free(k) {
		i := q.lines[k].i
		q.next[k] = k + 1
		if p.found[i] == none {
			p.found[i] = how
			return true
		}
	}
	return false
}

func (q *queue) free(k int) int {
	for q.next[k] != k {
		q.next[k] = q.next[q.next[k]]
		k = q.next[k]
	}
	return k
}
