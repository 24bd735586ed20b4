package scenario

import (
	"container/heap"
	"time"
)

// event is something that will happen; do is told the instant.
type event struct {
	at  time.Time
	key string // names the event: for its ids, and to order events of one instant
	n   int    // breaks the ties that are left, in order of arrival
	do  func(at time.Time)
}

// queue gives events back in order of time, key and arrival.
type queue struct {
	events []event
	n      int
}

func (q *queue) Len() int { return len(q.events) }

func (q *queue) Less(i, j int) bool {
	a, b := &q.events[i], &q.events[j]
	if !a.at.Equal(b.at) {
		return a.at.Before(b.at)
	}
	if a.key != b.key {
		return a.key < b.key
	}
	return a.n < b.n
}

func (q *queue) Swap(i, j int) { q.events[i], q.events[j] = q.events[j], q.events[i] }

// Push and Pop are for container/heap; see put and next.
func (q *queue) Push(e any) { q.events = append(q.events, e.(event)) }

// Pop takes the last event.
func (q *queue) Pop() any {
	last := len(q.events) - 1
	e := q.events[last]
	q.events[last] = event{}
	q.events = q.events[:last]
	return e
}

func (q *queue) put(at time.Time, key string, do func(time.Time)) {
	q.n++
	heap.Push(q, event{at, key, q.n, do})
}

// next takes the first event that is not after limit.
func (q *queue) next(limit time.Time) (event, bool) {
	if len(q.events) == 0 || q.events[0].at.After(limit) {
		return event{}, false
	}
	return heap.Pop(q).(event), true
}
