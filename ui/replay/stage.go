package replay

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/session"
	"jandon/ui"
)

// stage is a shell that is fed steps. Its commands are not run.
type stage struct {
	reg   *session.Registry
	shell *ui.Shell
	began time.Time
	now   time.Time
	ahead time.Duration
	w, h  int

	worked []any // what the next message's pages worked out then
}

// workKind begins the names of what pages worked out (kit.Work).
const workKind = "work-"

// worksMost is more than pages work out of one message.
const worksMost = 64

// work gives a page what it worked out when it was recorded; nil, which the
// page takes as nothing, if the file does not say.
func (st *stage) work(func() any) (out any) {
	if len(st.worked) > 0 {
		out, st.worked = st.worked[0], st.worked[1:]
	}
	return out
}

func newStage(reg *session.Registry, h *session.Header) (*stage, error) {
	st := &stage{reg: reg, began: h.Began, now: h.Began}
	o, err := options(reg, h, func() time.Time { return st.now })
	if err != nil {
		return nil, err
	}
	o.Worked = st.work
	if err := st.safely(func() error {
		if st.shell, err = ui.New(o); err == nil {
			st.shell.Init()
		}
		return err
	}); err != nil {
		return nil, err
	}
	return st, nil
}

// played is what is known of a step after it.
type played struct {
	msg     tea.Msg // nil: a gap
	gap     error   // why the step could not be shown
	meaning string  // catalogue id of what a key did
	page    string
	covered bool
}

// play feeds a step. One that can't be understood changes nothing.
func (st *stage) play(s *session.Step) (p played) {
	msg, err := unpack(st.reg, s.Kind, s.Body)
	if err == nil {
		if c, ok := msg.(clock); ok {
			st.ahead = c.Ahead
		}
		st.now = st.began.Add(s.At + st.ahead)
		p.msg = msg
		if strings.HasPrefix(s.Kind, workKind) {
			if st.worked = append(st.worked, msg); len(st.worked) > worksMost {
				st.worked = nil
			}
			p.page, p.covered = st.shell.Place()
			return p
		}
		defer func() { st.worked = nil }()
		err = st.safely(func() error {
			switch m := msg.(type) {
			case clock:
				return nil
			case tea.WindowSizeMsg:
				st.w, st.h = m.Width, m.Height
			case tea.KeyPressMsg:
				p.meaning = st.shell.Meaning(m)
			}
			if s.For > 0 {
				var rung time.Time
				if s.Rung > 0 {
					rung = st.began.Add(s.Rung + st.ahead)
				}
				msg = ui.Mail(s.For, msg, rung)
			}
			st.shell.Update(msg)
			return nil
		})
	}
	if p.gap = err; err != nil {
		p.msg = nil
	}
	p.page, p.covered = st.shell.Place()
	return p
}

// safely makes an error of a panic: a page may trust its source more than a
// file that somebody made.
func (st *stage) safely(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("replay: the page can't show this: %v", r)
		}
	}()
	return do()
}

// view is the frame now.
func (st *stage) view() (v tea.View) {
	if st.safely(func() error { v = st.shell.View(); return nil }) != nil {
		return tea.NewView("")
	}
	return v
}

// hash adds the hash of the frame to sums: its content, cursor and modes.
func (st *stage) hash(sums []byte) []byte { return append(sums, sum(st.view())...) }

func sum(v tea.View) []byte {
	h := sha256.New()
	h.Write([]byte(v.Content))
	var modes [8]byte
	if c := v.Cursor; c != nil {
		binary.LittleEndian.PutUint16(modes[0:], uint16(c.X+1))
		binary.LittleEndian.PutUint16(modes[2:], uint16(c.Y+1))
	}
	modes[4] = byte(v.MouseMode)
	if v.AltScreen {
		modes[5] = 1
	}
	h.Write(modes[:])
	h.Write([]byte(v.WindowTitle))
	return h.Sum(nil)[:session.FrameLen]
}
