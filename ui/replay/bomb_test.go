package replay

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/session"
)

// packed is the text of frames as somebody might pack it who means harm.
func packed(t *testing.T, known []string, list []byte) []byte {
	t.Helper()
	body := binary.AppendUvarint(nil, uint64(len(known)))
	for _, line := range known {
		body = append(binary.AppendUvarint(body, uint64(len(line))), line...)
	}
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(append(body, list...)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestAFrameOfMoreThanAnyScreenIsNone: a line that is named a million times
// took a terabyte, and the program with it.
func TestAFrameOfMoreThanAnyScreenIsNone(t *testing.T) {
	t.Parallel()
	list := binary.AppendUvarint(nil, 1<<20)
	for range 1 << 20 {
		list = append(list, 0)
	}
	rec := someSession(t)
	rec.Tail.Drawn = packed(t, []string{strings.Repeat("x", 1<<20)}, list)
	e := newEarly(t, rec)
	if f, ok := e.p.Recorded(0); ok {
		t.Errorf("a frame of %d bytes", len(f.Content))
	}
	e.sees("Still drawing")
}

// Sizes that no window has are those of no frame, drawn or not.
func TestSizesThatNoWindowHasBeforeItIsDrawn(t *testing.T) {
	t.Parallel()
	for _, size := range []string{`{"Width":-5,"Height":-1}`, `{"Width":1000000000,"Height":1000000000}`, `{"Width":120,"Height":-40}`} {
		rec := *someSession(t)
		rec.Steps = append([]session.Step{{Kind: "size", Body: []byte(size)}}, rec.Steps[1:]...)
		rec.Tail.Drawn = packed(t, []string{"a"}, bytes.Repeat([]byte{1, 0}, len(rec.Steps)+1))
		e := newEarly(t, &rec)
		for range 3 {
			e.sees("Replay — read-only")
			e.press(tea.KeyRight)
			e.send(goes{})
		}
		e.draws()
		e.sees("Replay — read-only")
	}
}

func TestNothingIsSettledTwice(t *testing.T) {
	t.Parallel()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	const deep = 4
	body := strings.Repeat(`{"Kind":"settled","Body":`, deep) + `{"Kind":"exit","Body":{}}` + strings.Repeat("}", deep)
	if msg, err := unpack(reg, "settled", []byte(body)); err == nil {
		t.Errorf("%+v", msg)
	}
	if _, err := unpack(reg, "settled", []byte(`{"Kind":"exit","Body":{}}`)); err != nil {
		t.Error(err)
	}
}
