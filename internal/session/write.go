package session

import (
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"io"
)

// A file is magic, a line that a person can read, and records: a letter for
// what it is, the length of what follows as a varint, its CRC-32 (IEEE), and
// then JSON, or for steps four numbers as varints (At, For, Rung, the length of
// Kind), the kind and the body.
const magic = "jandon session 1\n"

// The records.
const (
	recHeader = 'H'
	recStep   = 'S'
	recTail   = 'T'
)

// What a file may hold: a day of typing has some 100,000 steps, and the longest
// message is a page of a list.
const (
	MaxSteps  = 1 << 20
	MaxRecord = 4 << 20   // bytes
	MaxFile   = 512 << 20 // bytes
)

// Writer writes a recording as it happens. Each record is whole when Write
// returns, so that a program that dies leaves all that was seen before.
type Writer struct {
	w     io.Writer
	buf   []byte
	steps int
	size  int64
}

// NewWriter begins a file.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	h.Version = Version
	body, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	out := &Writer{w: w}
	if _, err := io.WriteString(w, magic); err != nil {
		return nil, err
	}
	return out, out.record(recHeader, body)
}

// Step adds a message.
func (w *Writer) Step(s Step) error {
	if w.Full() {
		return ErrFull
	}
	b := make([]byte, 0, len(s.Kind)+len(s.Body)+24)
	for _, n := range [...]int64{int64(s.At), int64(s.For), int64(s.Rung)} {
		b = binary.AppendUvarint(b, uint64(max(n, 0)))
	}
	b = binary.AppendUvarint(b, uint64(len(s.Kind)))
	b = append(append(b, s.Kind...), s.Body...)
	if len(b) > MaxRecord {
		return ErrFull
	}
	w.steps++
	return w.record(recStep, b)
}

// Full reports whether the file takes no more steps.
func (w *Writer) Full() bool { return w.steps >= MaxSteps || w.size > MaxFile-2*MaxRecord }

// Steps is how many there are.
func (w *Writer) Steps() int { return w.steps }

// End ends the file.
func (w *Writer) End(t Tail) error {
	t.Steps = w.steps
	body, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return w.record(recTail, body)
}

func (w *Writer) record(what byte, body []byte) error {
	w.buf = append(w.buf[:0], what)
	w.buf = binary.AppendUvarint(w.buf, uint64(len(body)))
	w.buf = binary.LittleEndian.AppendUint32(w.buf, crc32.ChecksumIEEE(body))
	w.buf = append(w.buf, body...)
	w.size += int64(len(w.buf))
	_, err := w.w.Write(w.buf)
	return err
}
