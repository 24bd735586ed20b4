package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/client/store"
	"jandon/internal/session"
	"jandon/ui"
	"jandon/ui/replay"
)

// recordedSteps is how long the recording is that is measured.
const recordedSteps = 10_000

// tape is a recording in memory, and how many messages were taken.
type tape struct {
	*replay.Recorder
	file  bytes.Buffer
	taken int
}

func newTape() (*tape, error) {
	t := &tape{}
	var err error
	t.Recorder, err = replay.Record(replay.RecordOptions{
		Name: func() string { return "bench" }, Create: func(string) (io.WriteCloser, error) { return closing{&t.file}, nil },
	})
	return t, err
}

type closing struct{ io.Writer }

// Close does nothing.
func (closing) Close() error { return nil }

// Take counts.
func (t *tape) Take(m ui.Tapped) error {
	t.taken++
	return t.Recorder.Take(m)
}

// roam is what somebody does in a list: mostly a line further, sometimes a
// page, a look into a line, a search.
var roam = [][]tea.KeyPressMsg{
	{{Code: tea.KeyDown}}, {{Code: tea.KeyDown}}, {{Code: tea.KeyDown}}, {{Code: tea.KeyUp}}, {{Code: tea.KeyPgDown}}, {{Code: tea.KeyPgUp}},
	{{Code: tea.KeyEnter}, {Code: tea.KeyDown}, {Code: tea.KeyEscape}},
	{{Code: tea.KeyEnd}, {Code: tea.KeyHome}},
	{{Code: '?', Text: "?"}, {Code: tea.KeyEscape}},
	{{Code: '/', Text: "/"}, {Code: 'c', Text: "c"}, {Code: tea.KeyBackspace}, {Code: tea.KeyEnter}},
}

// record measures recording and replaying: what a key press costs more, how
// large a step is, how long a long recording takes to open, and a jump in it.
func (b *bench) record(ctx context.Context) error {
	data, err := b.open(ctx, 1000)
	if err != nil {
		return err
	}
	defer func() { _ = data.Close() }()
	if err := b.presses(data); err != nil {
		return err
	}
	long, err := newTape()
	if err != nil {
		return err
	}
	l, err := recordedList(data, long)
	if err != nil {
		return err
	}
	chance := rand.New(rand.NewPCG(5, 6)) //nolint:gosec // the same each time
	for long.taken < recordedSteps {
		for _, key := range roam[chance.IntN(len(roam))] {
			l.send(key)
			_ = l.model.View()
		}
	}
	if err := long.End(); err != nil {
		return err
	}
	file := long.file.Bytes()
	var player *replay.Player
	first, last, err := b.early(file)
	if err != nil {
		return err
	}
	opened, err := takeTurns(b.rounds, func() (time.Duration, error) {
		from := time.Now()
		rec, err := session.Read(bytes.NewReader(file))
		if err != nil {
			return 0, err
		}
		if player, err = replay.Open(rec); err != nil {
			return 0, err
		}
		player.Frame(player.Len() / 2) // the two halves are drawn side by side
		player.Frame(player.Len() - 1)
		return time.Since(from), nil
	})
	if err != nil {
		return err
	}
	differs, known, err := player.Verify()
	if err != nil {
		return err
	}
	if !known || differs != nil {
		return errors.New("the recording is not drawn as it was")
	}
	second := took(time.Second)
	b.table.atMost(fmt.Sprintf("a recording of %d steps, until its first frame is shown", player.Len()-1), first, second, ratio(first, second), 1)
	b.table.atMost("then at once to its end, until the text of that is shown", last, jumpBar, ratio(last, jumpBar), 1)
	b.table.atMost(fmt.Sprintf("a recording of %d steps, until every frame is drawn", player.Len()-1), opened[0], second, ratio(opened[0], second), 1)
	var jumps []time.Duration
	for range 1000 {
		n := chance.IntN(player.Len())
		from := time.Now()
		f := player.Frame(n)
		jumps = append(jumps, time.Since(from))
		if f.Content == "" && f.W > 0 {
			return fmt.Errorf("frame %d is empty", n)
		}
	}
	slices.Sort(jumps)
	most := took(jumps[len(jumps)-1])
	b.table.atMost("a jump anywhere in it when all is drawn, the longest of 1000", most, jumpBar, ratio(most, jumpBar), 1)
	size := float64(len(file)) / float64(player.Len()-1) / 1024
	b.table.atMost("its size a step", count{size, "KiB"}, count{sizeBar, "KiB"}, size/sizeBar, 1)
	return nil
}

// jumpBar is what a jump may take.
const jumpBar = took(50 * time.Millisecond)

// early measures a person who opens a recording and goes to its end at once:
// what passes until there is something of the first frame on the screen, and
// from the key until there is of the last one, of which nothing is drawn yet.
func (b *bench) early(file []byte) (first, last took, err error) {
	var jumps []time.Duration
	times, err := takeTurns(b.rounds, func() (time.Duration, error) {
		from := time.Now()
		rec, err := session.Read(bytes.NewReader(file))
		if err != nil {
			return 0, err
		}
		player, err := replay.Open(rec)
		if err != nil {
			return 0, err
		}
		show, err := replay.NewShow(player, replay.ShowOptions{Lang: "en"})
		if err != nil {
			return 0, err
		}
		show.Update(tea.WindowSizeMsg{Width: 150, Height: 50})
		show.View()
		until := time.Since(from)
		from = time.Now()
		show.Update(tea.KeyPressMsg{Code: tea.KeyEnd})
		show.View()
		jumps = append(jumps, time.Since(from))
		player.Frame(player.Len() / 2) // leaves the next one alone
		player.Frame(player.Len() - 1)
		return until, nil
	})
	if err != nil {
		return 0, 0, err
	}
	return times[0], took(slices.Max(jumps)), nil
}

// sizeBar, in KiB, lets one file hold 64,000 steps, which is a long day at the
// keys of somebody who looks through lists and nothing else.
const sizeBar = session.MaxFile / 64_000 / 1024

// pressBar is what a key press may take with recording, so that nobody feels it:
// half a frame at 60 a second.
const pressBar = took(8 * time.Millisecond)

// presses measures a key press in the list with and without a recording.
func (b *bench) presses(data *store.Store) error {
	t, err := newTape()
	if err != nil {
		return err
	}
	with, err := recordedList(data, t)
	if err != nil {
		return err
	}
	without, err := newList(data)
	if err != nil {
		return err
	}
	times, err := takeTurns(b.rounds, without.scroll, with.scroll)
	if err != nil {
		return err
	}
	b.table.atMost("a key press in the list while it is recorded", times[1], pressBar, ratio(times[1], pressBar), 1)
	b.table.atMost("what recording adds to it, against the same without", times[1]-min(times[0], times[1]), times[0], ratio(times[1], times[0])-1, 1)
	return t.End()
}
