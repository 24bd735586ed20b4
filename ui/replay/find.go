package replay

import (
	"sort"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"

	"jandon/ui"
	"jandon/ui/kit"
)

// failed is what one of the shell's messages says went wrong.
func failed(msg tea.Msg) *fault.Error {
	switch m := msg.(type) {
	case kit.Notice:
		return fault.From(m.Err)
	case kit.Leave:
		return fault.From(m.Say.Err)
	case kit.Settled:
		return failure(m.Msg)
	case ui.Synced:
		return m.Err
	case ui.Opened:
		return m.Err
	}
	return nil
}

// wrong reports whether a step shows an error or can't be shown.
func (i *Info) wrong() bool {
	return i.Gap != nil || i.Err != nil && i.Err.Code != fault.Canceled
}

// NextError is the number of the first frame after n with an error or a gap,
// going back if by is negative; n itself if there is none.
func (p *Player) NextError(n, by int) int {
	return p.find(n, by, func(_, to Info) bool { return to.wrong() })
}

// NextScreen is the number of the first frame after n that shows another
// screen than the one before it; n itself if there is none.
func (p *Player) NextScreen(n, by int) int {
	return p.find(n, by, func(from, to Info) bool { return from.Page != to.Page || from.Covered != to.Covered })
}

func (p *Player) find(n, by int, is func(from, to Info) bool) int {
	step := 1
	if by < 0 {
		step = -1
	}
	for at := n + step; at > 0 && at < p.Len(); at += step {
		if is(p.Info(at-1), p.Info(at)) {
			return at
		}
	}
	return n
}

// AtTime is the number of the frame that was shown at a time since the beginning.
func (p *Player) AtTime(at time.Duration) int {
	return sort.Search(len(p.rec.Steps), func(i int) bool { return p.rec.Steps[i].At > at })
}

// Gaps is how many steps can't be shown.
func (p *Player) Gaps() (n int) {
	for i := range p.infos {
		if p.Info(i).Gap != nil {
			n++
		}
	}
	return n
}

// parse is the frame that a person names: 2:30, 1:02:03, 90, or #120.
func (p *Player) parse(s string) (n int, ok bool) {
	s = strings.TrimSpace(s)
	if step, found := strings.CutPrefix(s, "#"); found {
		n, err := strconv.Atoi(step)
		return n, err == nil && n >= 0
	}
	total := 0.0
	for part := range strings.SplitSeq(s, ":") {
		f, err := strconv.ParseFloat(part, 64)
		if err != nil || !(f >= 0 && f < 1e6) {
			return 0, false
		}
		total = total*60 + f
	}
	if total > (24 * 366 * time.Hour).Seconds() {
		return p.Len() - 1, true
	}
	return p.AtTime(time.Duration(total * float64(time.Second))), true
}
