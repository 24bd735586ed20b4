package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"jandon/ui/replay"
	"jandon/ui/still"
)

// castHeader is the first line of an asciicast v2 file
// (docs.asciinema.org/manual/asciicast/v2).
type castHeader struct {
	Version   int     `json:"version"`
	Width     int     `json:"width"`
	Height    int     `json:"height"`
	Timestamp int64   `json:"timestamp"`
	Idle      float64 `json:"idle_time_limit"`
	Title     string  `json:"title"`
}

// writeCast writes a recording as an asciicast: a line of JSON for each change
// of the screen. Of a frame only the lines that changed are written again.
func writeCast(w io.Writer, p *replay.Player) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	first := 0
	for first < p.Len()-1 && (p.Frame(first).W <= 0 || p.Frame(first).H <= 0) { // before the window was known
		first++
	}
	last := p.Frame(first)
	began := p.Info(0).Time.Unix()
	if err := out.Encode(castHeader{2, max(last.W, 1), max(last.H, 1), began, 2, "jandon"}); err != nil {
		return err
	}
	var lines []string
	for n := first; n < p.Len(); n++ {
		f := p.Frame(n)
		seconds := math.Round(p.Info(n).At.Seconds()*1000) / 1000
		if f.W != last.W || f.H != last.H {
			lines = nil
			if err := out.Encode([]any{seconds, "r", fmt.Sprintf("%dx%d", max(f.W, 1), max(f.H, 1))}); err != nil {
				return err
			}
		} else if n > first && f.Hash == last.Hash {
			continue
		}
		now := strings.Split(f.Content, "\n")
		if err := out.Encode([]any{seconds, "o", changes(lines, now[:min(len(now), max(f.H, 1))], f.X, f.Y)}); err != nil {
			return err
		}
		lines, last = now, f
	}
	return nil
}

// changes is what makes a terminal that shows some lines show others; without
// any before, it is cleared.
func changes(before, now []string, x, y int) string {
	var b strings.Builder
	b.WriteString("\x1b[?25l")
	if before == nil {
		b.WriteString("\x1b[m\x1b[2J")
	}
	for i := range max(len(before), len(now)) {
		line := ""
		if i < len(now) {
			line = now[i]
		}
		if i < len(before) && before[i] == line {
			continue
		}
		fmt.Fprintf(&b, "\x1b[%d;1H\x1b[m\x1b[2K%s\x1b[m", i+1, still.Line(line))
	}
	if x >= 0 && y >= 0 {
		fmt.Fprintf(&b, "\x1b[%d;%dH\x1b[?25h", y+1, x+1)
	}
	return b.String()
}
