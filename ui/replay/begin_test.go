package replay

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/internal/session"
	"jandon/ui"
)

// onScreen is what a live shell shows as text.
func (l *live) onScreen() string { return ansi.Strip(l.shell.View().Content) }

// A key asks for consent, whose default is no; only y begins, with fresh pages
// at the same place and hidden amounts still hidden, and the mark is there.
func TestARecordingBeginsWithConsent(t *testing.T) {
	t.Parallel()
	var l live
	o := everyday(t, &l, "en")
	var files []*memory
	r, err := Record(RecordOptions{
		Setting: everydaySetting, Name: func() string { return "/home/someone/jandon-1.session" },
		Create: func(string) (io.WriteCloser, error) {
			files = append(files, &memory{})
			return files[len(files)-1], nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	o.Recorder = counted{r, &l}
	l.begin(o)
	l.send(tea.WindowSizeMsg{Width: 100, Height: 34})
	l.settle()
	l.press("2", "H")
	l.settle()
	for _, no := range []string{"enter", "esc", "n"} {
		l.press("f9")
		if !strings.Contains(l.onScreen(), "jandon-1.session") {
			t.Fatalf("no consent is asked for:\n%s", l.onScreen())
		}
		l.press(no)
	}
	if len(files) > 0 || strings.Contains(l.onScreen(), "REC") {
		t.Fatal("it began without a yes")
	}
	l.press("f9", "y")
	l.settle()
	if len(files) != 1 || !strings.Contains(l.onScreen(), "REC") || !strings.Contains(l.onScreen(), "History") || strings.Contains(l.onScreen(), "₩") {
		t.Fatalf("it did not begin where it was:\n%s", l.onScreen())
	}
	l.pass(61 * time.Second)
	l.press("down", "enter")
	l.settle()
	l.press("f9")
	l.settle()
	if strings.Contains(l.onScreen(), "REC") || !strings.Contains(l.onScreen(), "The recording is in") {
		t.Fatalf("it did not end:\n%s", l.onScreen())
	}
	rec := read(t, files[0])
	if rec.Partial != nil || len(rec.Steps) < 10 {
		t.Fatal(rec.Partial, len(rec.Steps))
	}
	p, err := Open(rec)
	if err != nil {
		t.Fatal(err)
	}
	if d, known, err := p.Verify(); d != nil || !known || err != nil {
		t.Fatal(d, known, err)
	}
	if !strings.Contains(ansi.Strip(p.Frame(p.Len()/2).Content), "REC") {
		t.Error("the mark is not in the replay")
	}
}

// A disk that is full ends the recording and says so; the program goes on.
func TestARecordingThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	var l live
	o := everyday(t, &l, "en")
	full := &tight{room: 20_000}
	r, err := Record(RecordOptions{
		Setting: everydaySetting, Name: func() string { return "x" }, Create: func(string) (io.WriteCloser, error) { return full, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	o.Recorder, o.Record = counted{r, &l}, true
	l.begin(o)
	l.send(tea.WindowSizeMsg{Width: 100, Height: 34})
	l.settle()
	l.press("2")
	l.settle()
	if s := l.onScreen(); strings.Contains(s, "REC") || !strings.Contains(s, "Failed") {
		t.Errorf("nothing is said:\n%s", s)
	}
	rec, err := session.Read(bytes.NewReader(full.Bytes()))
	if err != nil || rec.Partial == nil || len(rec.Steps) == 0 {
		t.Fatal(err, rec)
	}
}

// tight is a file on a disk that is full after a while.
type tight struct {
	memory
	room int
}

func (f *tight) Write(b []byte) (int, error) {
	if f.Len()+len(b) > f.room {
		return 0, errors.New("no space left on device")
	}
	return f.memory.Write(b)
}

// A program that dies leaves a file that is good up to there.
func TestARecordingThatWasCutOff(t *testing.T) {
	t.Parallel()
	var l live
	o := everyday(t, &l, "ko")
	r, out := recorder(t, everydaySetting)
	o.Recorder, o.Record = counted{r, &l}, true
	l.begin(o)
	l.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	l.settle()
	l.press("2", "down")
	l.settle()
	whole := bytes.Clone(out.Bytes()) // nobody called End
	for _, cut := range []int{len(whole), len(whole) - 1, len(whole) - 40} {
		rec, err := session.Read(bytes.NewReader(whole[:cut]))
		if err != nil || !errors.Is(rec.Partial, session.ErrCutOff) {
			t.Fatal(err, rec.Partial)
		}
		s := stageOf(t, rec, ShowOptions{Lang: "en"}, 90, 30)
		s.Press("end")
		sees(t, s, "The end is missing")
	}
	_ = r.End()
}

func TestASealedRecordingHoldsNoCanary(t *testing.T) {
	t.Parallel()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	var l live
	b := &bank{chance: rand.New(rand.NewPCG(1, 1))}
	o := banked(t, &l, b)
	r, out := recorder(t, bankedSetting, func(r *Recorder) { r.o.To = []string{id.Recipient().String()} })
	o.Recorder, o.Record = counted{r, &l}, true
	l.begin(o)
	wander(&l, rand.New(rand.NewPCG(1, 2)), 40)
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out.Bytes(), []byte(canary)) || bytes.Contains(out.Bytes(), []byte("size")) {
		t.Error("the seal can be looked through")
	}
	rec, err := session.Open(bytes.NewReader(out.Bytes()), []byte(id.String()))
	if err != nil || rec.Partial != nil {
		t.Fatal(err, rec.Partial)
	}
	for _, s := range rec.Steps {
		if bytes.Contains(s.Body, []byte(canary)) {
			t.Errorf("a %s holds a canary", s.Kind)
		}
	}
}

// FuzzPlayer plays recordings that somebody made to do harm: what makes no
// sense is a gap, and nothing of it reaches the terminal as it is.
func FuzzPlayer(f *testing.F) {
	rec := someSession(f)
	kinds := map[string][]byte{}
	for _, s := range rec.Steps {
		kinds[s.Kind] = s.Body
	}
	for kind, body := range kinds {
		f.Add(kind, body, 1)
	}
	f.Add("size", []byte(`{"Width":1000000000,"Height":1000000000}`), 0)
	f.Add("size", []byte(`{"Width":-5,"Height":-1}`), 0)
	f.Add("of a newer version", []byte("{}"), 1)
	f.Add("notice", []byte(`{"Level":200,"Text":"\u001b[2J\u202e"}`), 1)
	f.Add("settled", []byte(`{"Kind":"settled","Body":{"Kind":"visit"}}`), 1)
	f.Add("key", []byte(`{"Code":-1,"Text":[27,91,50,74]}`), 0)
	f.Add("home-spent", []byte(`{"From":"home.spent","Run":1,"Value":{"Today":2147483647,"Week":{"Monday":-2147483648},"Span":{"Lines":9}}}`), 1)
	f.Fuzz(func(t *testing.T, kind string, body []byte, visit int) {
		hostile := *rec
		hostile.Steps = append([]session.Step{rec.Steps[0], {Kind: kind, Body: body, For: visit}}, rec.Steps[1:8]...)
		for i := range hostile.Steps {
			hostile.Steps[i].At = 0
		}
		p, err := Open(&hostile)
		if err != nil {
			t.Fatal(err)
		}
		for n := range p.Len() {
			for _, c := range strings.Split(ansi.Strip(p.Frame(n).Content), "\n") {
				if strings.ContainsFunc(c, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x202e }) {
					t.Fatalf("frame %d: %q", n, c)
				}
			}
			info := p.Info(n)
			_ = info.wrong()
		}
	})
}

var _ ui.Recorder = (*Recorder)(nil)

// A header that makes no sense is an error.
func TestHeadersThatMakeNoSense(t *testing.T) {
	t.Parallel()
	rec := someSession(t)
	for _, body := range []string{"", "{}", "null", `{"Zone":{"Shifts":[{"Offset":9999999}]}}`, `[1]`, strings.Replace(string(rec.Screen), `"Tab":true`, `"Tab":false`, -1)} {
		bad := *rec
		bad.Screen = []byte(body)
		if _, err := Open(&bad); err == nil {
			t.Errorf("%.60q is opened", body)
		}
	}
}
