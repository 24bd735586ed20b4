package replay

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"jandon/internal/session"
	"jandon/ui/still"
)

// The files of a recorded scenario beside its frames.
const (
	keysFile      = "keys"
	recordingFile = "recording"
	frameFile     = "frame "
)

// Scenario makes an archive of a recording that `go test` runs: what was done,
// as keys; the recording itself, which is the data; and the frames that this
// build draws of it, which a test expects from then on. The recording is
// written anew, so that nothing but steps that are understood gets in, with the
// hashes of this build's frames.
func Scenario(rec *session.Recording) ([]byte, error) {
	p, err := Open(rec)
	if err != nil {
		return nil, err
	}
	text, taken, err := scripted(rec)
	if err != nil {
		return nil, err
	}
	packed, err := p.packed()
	if err != nil {
		return nil, err
	}
	a := txtar.Archive{
		Comment: fmt.Appendf(nil, "Recorded on %s with jandon %s. Names, ids and texts are made up, and so are\namounts unless they were kept.\n",
			rec.Began.Format(time.DateOnly), rec.Build),
		Files: []txtar.File{{Name: keysFile, Data: []byte(text)}, {Name: recordingFile, Data: packed}},
	}
	for _, n := range taken {
		f := p.Frame(n)
		a.Files = append(a.Files, txtar.File{
			Name: fmt.Sprintf("%s%dx%d %s %d", frameFile, f.W, f.H, langOf(p.reg, rec), n),
			Data: []byte(still.Frame(still.Cells(f.Content, f.W, f.H), f.X, f.Y)),
		})
	}
	return txtar.Format(&a), nil
}

// packed is the recording as text: compressed, in lines of base 64.
func (p *Player) packed() ([]byte, error) {
	var file bytes.Buffer
	zip := gzip.NewWriter(&file)
	w, err := session.NewWriter(zip, p.rec.Header)
	if err != nil {
		return nil, err
	}
	for i := range p.rec.Steps {
		if err := w.Step(p.rec.Steps[i]); err != nil {
			return nil, err
		}
	}
	tail := p.rec.Tail
	tail.Frames, tail.Drawn = nil, nil // the frames stand beside it
	for n := range p.Len() {
		f := p.Frame(n)
		tail.Frames = append(tail.Frames, f.Hash[:]...)
	}
	if err := errors.Join(w.End(tail), zip.Close()); err != nil {
		return nil, err
	}
	text := base64.StdEncoding.EncodeToString(file.Bytes())
	var out bytes.Buffer
	for len(text) > lineLen {
		out.WriteString(text[:lineLen] + "\n")
		text = text[lineLen:]
	}
	out.WriteString(text + "\n")
	return out.Bytes(), nil
}

const lineLen = 100

var errNoRecording = errors.New("replay: the scenario holds no recording")

// ParseScenario reads the recording of an archive that Scenario made.
func ParseScenario(data []byte) (*session.Recording, error) {
	for _, f := range txtar.Parse(data).Files {
		if f.Name != recordingFile {
			continue
		}
		file, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(f.Data)))
		if err != nil {
			return nil, errNoRecording
		}
		return session.Read(io.LimitReader(file, session.MaxFile+1))
	}
	return nil, errNoRecording
}
