package replay

import (
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"sync"
	"time"

	"jandon/internal/session"
	"jandon/ui"
)

// RecordOptions are what a recorder needs beside the shell.
type RecordOptions struct {
	Setting
	// Name is where the next recording goes, as a person reads it.
	Name func() string
	// Create makes the file of that name; one that is there is an error.
	Create      func(name string) (io.WriteCloser, error)
	KeepAmounts bool     // amounts stay as they are, and figures typed on the cash-out page
	To          []string // age keys that can open the file; none: it is not sealed
}

// Recorder is a ui.Recorder. What it was given is redacted at once; nothing of
// it stays in memory. A program that ends calls End.
type Recorder struct {
	o   RecordOptions
	reg *session.Registry

	mu     sync.Mutex // End comes from another goroutine
	name   string
	file   io.WriteCloser // nil: not recording
	seal   io.WriteCloser // what goes into file; file itself if it is not sealed
	out    *session.Writer
	red    *session.Redactor
	shadow *shadow
	began  time.Time
	last   time.Duration // At of the last step
	ahead  time.Duration // see clock

	asTyped bool // in tests of what is drawn: letters stay
}

// Record makes a recorder. It fails on a build whose messages are not all
// listed: such a program must not record.
func Record(o RecordOptions) (*Recorder, error) {
	reg, err := registry()
	if err != nil {
		return nil, err
	}
	return &Recorder{o: o, reg: reg}, nil
}

// registry lists what is written and read.
var registry = sync.OnceValues(func() (*session.Registry, error) {
	r := session.NewRegistry()
	messages(r)
	classes(r)
	return r, r.Check()
})

// Where is the file of the recording that runs, or of the next one.
func (r *Recorder) Where() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return r.o.Name()
	}
	return r.name
}

// KeepsAmounts reports whether amounts stay as they are.
func (r *Recorder) KeepsAmounts() bool { return r.o.KeepAmounts }

// Begin makes the file and writes its header.
func (r *Recorder) Begin(o ui.Options, at time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	name := r.o.Name()
	file, err := r.o.Create(name)
	if err != nil {
		return err
	}
	seal := file
	if len(r.o.To) > 0 {
		if seal, err = session.Seal(file, r.o.To...); err != nil {
			_ = file.Close()
			return err
		}
	}
	r.red = session.NewRedactor(r.reg, r.o.KeepAmounts)
	s := screenOf(&o, r.o.Setting, at)
	h := session.Header{Build: o.Version, Began: at, Kept: r.o.KeepAmounts}
	if h.Screen, err = s.encode(r.red); err == nil {
		r.out, err = session.NewWriter(seal, h)
	}
	if err != nil {
		_ = file.Close()
		return err
	}
	r.name, r.file, r.seal, r.began, r.last, r.ahead = name, file, seal, at, 0, 0
	r.shadow = follow(r.reg, h)
	return nil
}

// Take redacts a message and writes it.
func (r *Recorder) Take(t ui.Tapped) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return nil
	}
	msg := r.pack(&t)
	if msg == nil || !r.red.Listed(msg) {
		if msg == nil || ours(msg) {
			r.red.Skip("messages")
		}
		return nil
	}
	at, err := r.time(t.At)
	if err != nil {
		return err
	}
	for _, w := range t.Worked { // before what they came of: so they are there when it is played
		if err := r.worked(at, w); err != nil {
			return err
		}
	}
	s := session.Step{At: at, For: t.Visit}
	if !t.Rung.IsZero() {
		s.Rung = max(t.Rung.Truncate(time.Millisecond).Sub(r.began)-r.ahead, time.Millisecond)
	}
	if s.Kind, s.Body, err = r.red.Encode(msg); err != nil {
		return err
	}
	return r.write(s)
}

// worked writes what a page worked out.
func (r *Recorder) worked(at time.Duration, w any) error {
	if !r.red.Listed(w) {
		r.red.Skip("messages")
		return nil
	}
	kind, body, err := r.red.Encode(w)
	if err != nil {
		return err
	}
	return r.write(session.Step{At: at, Kind: kind, Body: body})
}

// ours reports whether a message is one of the program's: those of Bubble Tea
// that the shell does not know change nothing.
func ours(msg any) bool { return strings.HasPrefix(reflect.TypeOf(msg).PkgPath(), "jandon/") }

// time is when a step is. A clock that was set is a step of its own, since the
// times of steps never go back.
func (r *Recorder) time(now time.Time) (time.Duration, error) {
	at := now.Sub(r.began) - r.ahead
	if at < r.last || at > r.last+longSilence {
		r.ahead += at - r.last
		at = r.last
		kind, body, err := r.red.Encode(clock{r.ahead})
		if err != nil {
			return 0, err
		}
		if err := r.write(session.Step{At: at, Kind: kind, Body: body}); err != nil {
			return 0, err
		}
	}
	r.last = at
	return at, nil
}

// longSilence is longer than any two messages are apart: the minutes come.
const longSilence = 240 * time.Hour

func (r *Recorder) write(s session.Step) error {
	if err := r.out.Step(s); err != nil {
		return err
	}
	r.shadow.steps <- s
	return nil
}

// End writes the frames' hashes and the manifest and closes the file. It may
// take a moment, since the screens are drawn once more from what was written.
func (r *Recorder) End() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return nil
	}
	tail := r.shadow.end()
	tail.Manifest = r.red.Manifest()
	if len(tail.Frames)+len(tail.Drawn) > session.MaxTail {
		tail.Drawn = nil
	}
	if len(tail.Frames) > session.MaxTail {
		tail.Frames = nil
	}
	err := r.out.End(tail)
	if r.seal != r.file {
		if closing := r.seal.Close(); err == nil {
			err = closing
		}
	}
	if closing := r.file.Close(); err == nil {
		err = closing
	}
	r.file, r.seal, r.out, r.red, r.shadow = nil, nil, nil, nil, nil
	return err
}

// shadow plays what is written while it is written, for the hashes and the text
// of what a replay will draw.
type shadow struct {
	steps chan session.Step
	ended chan session.Tail
}

// shadowBehind is how many steps the shadow may be behind before the recorder
// waits for it.
const shadowBehind = 4096

func follow(reg *session.Registry, h session.Header) *shadow {
	s := &shadow{steps: make(chan session.Step, shadowBehind), ended: make(chan session.Tail, 1)}
	h.Screen = json.RawMessage(append([]byte(nil), h.Screen...))
	go func() {
		var tail session.Tail
		var all drawn
		st, err := newStage(reg, &h)
		if err == nil {
			tail.Frames = st.hash(tail.Frames)
			all.add(st.view().Content)
		}
		for step := range s.steps {
			if err != nil {
				continue
			}
			st.play(&step)
			tail.Frames = st.hash(tail.Frames)
			all.add(st.view().Content)
		}
		tail.Drawn = all.pack()
		s.ended <- tail
	}()
	return s
}

func (s *shadow) end() session.Tail {
	close(s.steps)
	return <-s.ended
}
