package statement

import (
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// waiting are the lines of a file that are only approved, and which of them
// stand in it as final, too: by the rule of wallet.SoonPosted. Within one file
// a purchase is not final before the day of its approval, and what could be one
// of several is none on either side.
type waiting struct {
	lines    []*doubt
	outcomes []outcome
	numbers  map[digest]int // by approval number; -1: several have it
	like     map[purchase][]int
	taken    []bool            // by its number
	same     []int             // final lines of the same instant …
	near     []int             // … and later ones
	shared   map[digest]bool   // approval numbers of several that a final line has, too
	crowded  map[purchase]bool // what too many are like, and a final line, too
}

// purchase is what is the same before and after.
type purchase struct {
	merchant digest
	currency money.Currency
	outcome
}

// mostWaiting is how many equal ones are looked at; beyond, they are any.
const mostWaiting = 64

func newWaiting(n int) waiting {
	return waiting{
		lines: make([]*doubt, n), outcomes: make([]outcome, n), numbers: map[digest]int{}, like: map[purchase][]int{},
		taken: make([]bool, n), same: make([]int, n), near: make([]int, n), shared: map[digest]bool{}, crowded: map[purchase]bool{},
	}
}

func (w *waiting) put(i int, d *doubt, o outcome) {
	w.lines[i], w.outcomes[i] = d, o
	if d.number != 0 {
		if _, several := w.numbers[d.number]; several {
			i = -1
		}
		w.numbers[d.number] = i
		if i < 0 {
			return
		}
	}
	key := purchase{d.merchant, d.currency, o}
	if len(w.like[key]) <= mostWaiting {
		w.like[key] = append(w.like[key], i)
	}
}

// look hears a final line.
func (w *waiting) look(s *said, o outcome, day func(ms int64) int) {
	if len(w.like) == 0 && len(w.numbers) == 0 {
		return
	}
	number := s.number()
	if i, ok := w.numbers[number]; ok && number != 0 {
		if i < 0 {
			w.shared[number] = true
			return
		}
		since := s.at.Sub(w.lines[i].at)
		same := w.outcomes[i] == o || s.approval != "" && w.outcomes[i].typ == o.typ // with a tip
		if same && !w.taken[i] && since > -wallet.LatelyPosted && since < wallet.LatelyPosted {
			w.taken[i] = true
			return
		}
	}
	key := purchase{s.merchant.hash, s.currency, o}
	list := w.like[key]
	if len(list) > mostWaiting {
		w.crowded[key] = true
		return
	}
	var same, near []int
	for _, i := range list {
		d := w.lines[i]
		since := s.at.Sub(d.at)
		switch {
		case w.taken[i] || number != 0 && d.number != 0:
		case since == 0:
			same = append(same, i)
		case since <= wallet.SoonPosted && day(s.at.UnixMilli()) >= day(d.at.UnixMilli()):
			near = append(near, i)
		}
	}
	switch {
	case len(same) == 1:
		w.same[same[0]]++
	case len(same) == 0 && len(near) == 1:
		w.near[near[0]]++
	default: // one of several is none
		for _, i := range append(same, near...) {
			w.near[i] += 2
		}
	}
}

// joined reports that a line stands in the file as final, too.
func (w *waiting) joined(i int) bool {
	return w.taken[i] || w.same[i] == 1 || w.same[i] == 0 && w.near[i] == 1
}

// torn reports that a line may stand in the file as final, too, but that it or
// the final one could be another's.
func (w *waiting) torn(i int) bool {
	d := w.lines[i]
	return w.same[i]+w.near[i] > 0 || d.number != 0 && w.shared[d.number] || w.crowded[purchase{d.merchant, d.currency, w.outcomes[i]}]
}
