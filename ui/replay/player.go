package replay

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/internal/session"
)

// Player shows a recording. Frame 0 is what was there before the first step,
// frame n what step n drew. They are drawn in the background after Open, the
// second half by a goroutine of its own that only follows the first; asking
// for one that is not drawn yet waits for it.
type Player struct {
	rec   *session.Recording
	reg   *session.Registry
	half  int      // the first step of the second half
	parts [2]*part // of frames
	infos []Info   // of frames; each part writes its own
}

type part struct {
	from   int // number of its first frame
	mu     sync.Mutex
	more   sync.Cond
	frames *frames
	ended  bool  // all are there, or there is no room for more
	wrong  []int // numbers of frames with an error or a gap
}

// Info is what is known of a step.
type Info struct {
	At      time.Duration // since the recording began
	Time    time.Time     // by the clock of the screens
	Kind    string        // of its message
	Key     tea.KeyPressMsg
	X, Y    int    // of a click; of a new window, its size
	Meaning string // catalogue id of what the key did; "" if it typed, or did nothing
	Page    string // that is on the screen after it
	Covered bool   // something lies in front of the page
	Masked  bool   // letters that were typed are others than were
	Err     *fault.Error
	Gap     error // why this step can't be shown; nil if it was
}

// Open begins to draw a recording. It fails where the header makes no sense;
// what can't be shown of the rest are gaps.
func Open(rec *session.Recording) (*Player, error) {
	reg, err := registry()
	if err != nil {
		return nil, err
	}
	return open(reg, rec)
}

// firstHalf is the share of the frames, in percent, that the first goroutine
// draws: the second one has to follow these before it draws its own.
const firstHalf = 60

func open(reg *session.Registry, rec *session.Recording) (*Player, error) {
	n := len(rec.Steps)
	p := &Player{rec: rec, reg: reg, half: n*firstHalf/100 + 1, infos: make([]Info, n+1)}
	for i, from := range [...]int{0, p.half} {
		st, err := newStage(reg, &rec.Header)
		if err != nil {
			return nil, err
		}
		one := &part{from: from, frames: newFrames()}
		one.more.L = &one.mu
		p.parts[i] = one
		to := n + 1
		if i == 0 {
			to = p.half
		}
		go p.draw(st, one, min(to, n+1))
	}
	return p, nil
}

// draw plays up to its part and draws it.
func (p *Player) draw(st *stage, in *part, to int) {
	defer in.end()
	if in.from == 0 {
		p.infos[0] = Info{Time: p.rec.Began}
		p.infos[0].Page, p.infos[0].Covered = st.shell.Place()
		if !in.add(st) {
			return
		}
	}
	for n := 1; n < to; n++ {
		s := &p.rec.Steps[n-1]
		done := st.play(s)
		if n < in.from {
			if done.covered { // panels scroll while they are drawn
				st.view()
			}
			continue
		}
		info := Info{
			At: s.At, Time: st.now, Kind: s.Kind, Meaning: done.meaning, Page: done.page, Covered: done.covered,
			Err: failure(done.msg), Gap: done.gap,
		}
		info.Key, _ = done.msg.(tea.KeyPressMsg)
		info.Masked = !p.rec.Kept || done.page != "cashout"
		info.X, info.Y = where(done.msg)
		p.infos[n] = info
		if info.wrong() {
			in.mu.Lock()
			in.wrong = append(in.wrong, n)
			in.mu.Unlock()
		}
		if !in.add(st) {
			return
		}
	}
}

// wrongs are the frames with an error or a gap, of those that are drawn.
func (p *Player) wrongs() (list []int) {
	for _, in := range p.parts {
		in.mu.Lock()
		list = append(list, in.wrong...)
		in.mu.Unlock()
	}
	return list
}

func (in *part) add(st *stage) bool {
	v := st.view()
	in.mu.Lock()
	defer in.mu.Unlock()
	room := in.frames.add(v, st.w, st.h)
	in.more.Broadcast()
	return room
}

func (in *part) end() {
	in.mu.Lock()
	in.ended = true
	in.mu.Unlock()
	in.more.Broadcast()
}

// frame waits for a frame of the part; the last one there is, if it will not come.
func (in *part) frame(n int, take func(f *frames, at int)) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	at := n - in.from
	for at >= len(in.frames.list) && !in.ended {
		in.more.Wait()
	}
	if at >= len(in.frames.list) {
		return false
	}
	take(in.frames, at)
	return true
}

// Recording is what is played.
func (p *Player) Recording() *session.Recording { return p.rec }

// Len is the number of frames: one more than steps.
func (p *Player) Len() int { return len(p.infos) }

func (p *Player) part(n int) *part {
	if n < p.half {
		return p.parts[0]
	}
	return p.parts[1]
}

// Frame is the frame with a number; numbers beyond the ends are the ends.
func (p *Player) Frame(n int) (f Frame) {
	n = p.clamp(n)
	p.part(n).frame(n, func(from *frames, at int) { f = from.view(at) })
	return f
}

// Info is what is known of the step that drew a frame.
func (p *Player) Info(n int) (i Info) {
	n = p.clamp(n)
	p.part(n).frame(n, func(*frames, int) { i = p.infos[n] })
	return i
}

func (p *Player) clamp(n int) int { return max(min(n, p.Len()-1), 0) }

// Drawn is how many frames are there already.
func (p *Player) Drawn() int {
	n := 0
	for _, in := range p.parts {
		in.mu.Lock()
		n += len(in.frames.list)
		in.mu.Unlock()
	}
	return n
}

// failure is what a message says went wrong.
func failure(msg tea.Msg) *fault.Error {
	switch m := msg.(type) {
	case interface{ Fault() *fault.Error }:
		return m.Fault()
	default:
		return failed(m)
	}
}
