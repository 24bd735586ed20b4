package replay

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/session"
)

// frames keeps what was drawn. From one frame to the next most lines stay, so
// a frame is the numbers of its lines, and a line is kept once.
type frames struct {
	lines []string
	known map[string]uint32
	list  []frame
	size  int // bytes of lines
}

type frame struct {
	lines []uint32 // shared with an equal frame before
	x, y  int16    // of the cursor; −1: none
	w, h  int16    // of the window
	hash  [session.FrameLen]byte
}

// framesMost bounds the memory that frames take: a day of typing needs a
// tenth of it.
const framesMost = 256 << 20

func newFrames() *frames { return &frames{known: map[string]uint32{}} }

// add keeps a view; false if there is no room for it any more.
func (f *frames) add(v tea.View, w, h int) bool {
	one := frame{x: -1, y: -1, w: int16(w), h: int16(h)}
	copy(one.hash[:], sum(v))
	if v.Cursor != nil {
		one.x, one.y = int16(v.Cursor.X), int16(v.Cursor.Y)
	}
	if n := len(f.list); n > 0 && f.list[n-1].hash == one.hash {
		one.lines = f.list[n-1].lines
	} else {
		one.lines = f.split(v.Content)
	}
	f.list = append(f.list, one)
	return f.size+4*len(f.list)*16 < framesMost
}

func (f *frames) split(content string) []uint32 {
	list := make([]uint32, 0, strings.Count(content, "\n")+1)
	for line := range strings.SplitSeq(content, "\n") {
		n, ok := f.known[line]
		if !ok {
			line = strings.Clone(line)
			n = uint32(len(f.lines))
			f.lines, f.known[line] = append(f.lines, line), n
			f.size += len(line) + 64
		}
		list = append(list, n)
	}
	f.size += 4*cap(list) + 64
	return list
}

// view puts a frame together again.
func (f *frames) view(n int) Frame {
	one := &f.list[n]
	var b strings.Builder
	for i, line := range one.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.lines[line])
	}
	return Frame{Content: b.String(), X: int(one.x), Y: int(one.y), W: int(one.w), H: int(one.h), Hash: one.hash}
}

// Frame is what was on the screen.
type Frame struct {
	Content string // lines with their styles
	X, Y    int    // of the cursor; −1: there is none
	W, H    int    // of the window
	Hash    [session.FrameLen]byte
}
