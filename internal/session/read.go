package session

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"

	"jandon/internal/safe"
)

// What can be wrong with a file as a whole.
var (
	ErrNoRecording = errors.New("session: the file is no recording")
	ErrNewer       = errors.New("session: the recording is of a newer version")
	ErrFull        = errors.New("session: the recording is full")
)

// What can be wrong with the rest of a file whose beginning is good.
var (
	ErrCutOff  = errors.New("session: the recording ends in the middle")
	ErrAltered = errors.New("session: a record does not match its sum")
	ErrTooLong = errors.New("session: a record or the file is longer than any recording")
	ErrStrange = errors.New("session: a record makes no sense")
)

// Read reads a file. What follows the first thing that is wrong is left out,
// and Partial says why; a file without a good header is an error.
func Read(from io.Reader) (*Recording, error) {
	in := bufio.NewReaderSize(io.LimitReader(from, MaxFile+1), 64<<10)
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(in, head); err != nil {
		return nil, ErrNoRecording
	}
	if string(head) != magic {
		var version int
		if n, _ := fmt.Sscanf(string(head), "jandon session %d\n", &version); n == 1 && version > Version {
			return nil, ErrNewer
		}
		return nil, ErrNoRecording
	}
	var r Recording
	what, body, err := record(in)
	if err != nil || what != recHeader || json.Unmarshal(body, &r.Header) != nil {
		return nil, ErrNoRecording
	}
	if r.Version > Version {
		return nil, ErrNewer
	}
	r.Build = safe.Text(r.Build)
	r.Partial = r.rest(in)
	return &r, nil
}

// rest reads up to the tail; an error is why there is none.
func (r *Recording) rest(in *bufio.Reader) error {
	var last time.Duration
	for {
		what, body, err := record(in)
		if err != nil {
			return err
		}
		switch what {
		case recStep:
			s, ok := step(body)
			if !ok || s.At < last {
				return ErrStrange
			}
			if len(r.Steps) == MaxSteps {
				return ErrTooLong
			}
			last = s.At
			r.Steps = append(r.Steps, s)
		case recTail:
			var t Tail
			if json.Unmarshal(body, &t) != nil || t.Steps != len(r.Steps) || len(t.Frames)%FrameLen != 0 || len(t.Frames) > FrameLen*(len(r.Steps)+1) {
				return ErrStrange
			}
			r.Tail = t
			return nil
		default:
			return ErrStrange
		}
	}
}

// record reads one record.
func record(in *bufio.Reader) (what byte, body []byte, err error) {
	if what, err = in.ReadByte(); err != nil {
		return 0, nil, ErrCutOff
	}
	n, err := binary.ReadUvarint(in)
	if err != nil {
		return 0, nil, ErrCutOff
	}
	if n > MaxRecord {
		return 0, nil, ErrTooLong
	}
	var sum [4]byte
	if _, err := io.ReadFull(in, sum[:]); err != nil {
		return 0, nil, ErrCutOff
	}
	// The length is the file's word: memory is taken as bytes come.
	body, err = io.ReadAll(io.LimitReader(in, int64(n)))
	if err != nil || uint64(len(body)) != n {
		return 0, nil, ErrCutOff
	}
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(sum[:]) {
		return 0, nil, ErrAltered
	}
	return what, body, nil
}

// longestKind is above the length of every kind's name.
const longestKind = 64

// longest is the longest recording that makes sense.
const longest = 366 * 24 * time.Hour

func step(b []byte) (s Step, ok bool) {
	var head [4]uint64
	for i, most := range [...]uint64{uint64(longest), MaxSteps, uint64(longest), longestKind} {
		var n int
		if head[i], n = binary.Uvarint(b); n <= 0 || head[i] > most {
			return s, false
		}
		b = b[n:]
	}
	size := head[3]
	if size > uint64(len(b)) {
		return s, false
	}
	return Step{
		At: time.Duration(head[0]), For: int(head[1]), Rung: time.Duration(head[2]), Kind: string(b[:size]), Body: b[size:],
	}, true
}
