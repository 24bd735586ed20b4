package replay

import (
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/internal/session"
)

// Player shows a recording. Frame 0 is what was there before the first step,
// frame n what step n drew. They are drawn in the background after Open, the
// second half by a goroutine of its own that only follows the first. Asking
// for one that is not drawn yet waits for it; Ready and Recorded don't.
type Player struct {
	rec   *session.Recording
	reg   *session.Registry
	half  int      // the first step of the second half
	parts [2]*part // of frames
	infos []Info   // of frames; each part writes its own
	texts func() (*texts, bool)
}

type part struct {
	stage    *stage
	from, to int // the numbers of its first frame, and of the first one after it

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
	p, err := newPlayer(reg, rec)
	if err == nil {
		p.begin()
	}
	return p, err
}

func newPlayer(reg *session.Registry, rec *session.Recording) (*Player, error) {
	n := len(rec.Steps)
	p := &Player{rec: rec, reg: reg, half: n*firstHalf/100 + 1, infos: make([]Info, n+1)}
	p.texts = sync.OnceValues(func() (*texts, bool) { return textsOf(rec.Tail.Drawn) })
	for i, from := range [...]int{0, p.half} {
		st, err := newStage(reg, &rec.Header)
		if err != nil {
			return nil, err
		}
		p.parts[i] = &part{stage: st, from: from, to: n + 1, frames: newFrames()}
		p.parts[i].more.L = &p.parts[i].mu
	}
	p.parts[0].to = min(p.half, n+1)
	return p, nil
}

// begin begins to draw.
func (p *Player) begin() {
	for _, in := range p.parts {
		go p.draw(in)
	}
}

// draw plays up to its part and draws it.
func (p *Player) draw(in *part) {
	defer in.end()
	st := in.stage
	if in.from == 0 {
		p.infos[0] = Info{Time: p.rec.Began}
		p.infos[0].Page, p.infos[0].Covered = st.shell.Place()
		if !in.add(st) {
			return
		}
	}
	for n := 1; n < in.to; n++ {
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

// Ready is a frame and what is known of its step, if it is drawn already, or
// never will be.
func (p *Player) Ready(n int) (f Frame, i Info, ok bool) {
	n = p.clamp(n)
	in := p.part(n)
	in.mu.Lock()
	ok = in.ended || n-in.from < len(in.frames.list)
	in.mu.Unlock()
	if !ok {
		return f, i, false
	}
	return p.Frame(n), p.Info(n), true
}

// Recorded is the text of a frame as it was drawn when the recording was ended,
// without looks: there before the frame itself is drawn. A file that was cut
// off has none.
func (p *Player) Recorded(n int) (f Frame, ok bool) {
	t, ok := p.texts()
	if !ok {
		return f, false
	}
	n = p.clamp(n)
	lines, ok := t.at(n)
	if !ok {
		return f, false
	}
	f = Frame{Content: strings.Join(lines, "\n"), X: -1, Y: -1}
	for n--; n >= 0; n-- {
		if s := &p.rec.Steps[n]; s.Kind == "size" {
			if msg, err := unpack(p.reg, s.Kind, s.Body); err == nil {
				f.W, f.H = where(msg)
				break
			}
		}
	}
	return f, true
}

// At is when a frame was drawn, since the recording began.
func (p *Player) At(n int) time.Duration {
	if n = p.clamp(n); n > 0 {
		return p.rec.Steps[n-1].At
	}
	return 0
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
