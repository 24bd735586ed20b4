package risk

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"time"
)

// Key stands for a device, a network or a payee without telling which. 0 is none.
type Key uint64

// Profile is what is known of a person's ways. The zero Profile knows nothing.
// It has a fixed size and holds nothing that could be read back: keys, not names.
type Profile struct {
	learned                   uint32  // acts that it learned from
	centre, spread            float64 // of the natural logarithm of amounts
	daily                     float64 // mean logarithm of what had left within a day
	pace                      [windows]counter
	usual                     [windows]float64 // mean of what the counters said
	spent                     counter          // minor units of the last day
	hours                     [24]float32
	devices, networks, payees memory
}

// Learned is the number of acts that the profile learned from.
func (p *Profile) Learned() int { return int(p.learned) }

// counter is a number that fades.
type counter struct {
	N  float64
	At int64 // Unix milliseconds of N
}

// now is what is left of it after fading with a time constant.
func (c counter) now(at int64, fade float64) float64 {
	if c.N == 0 {
		return 0
	}
	return c.N * math.Exp(-float64(max(0, at-c.At))/fade)
}

func (c *counter) add(at int64, fade, n float64) {
	*c = counter{c.now(at, fade) + n, max(at, c.At)}
}

// fade is a time constant in milliseconds.
func fade(minutes float64) float64 { return minutes * 60_000 }

// memory holds the keys last met; the oldest makes room.
type memory struct {
	Keys [16]Key
	Last [16]int64 // Unix milliseconds
}

func (m *memory) knows(k Key) bool {
	if k == 0 {
		return true
	}
	for i := range m.Keys {
		if m.Keys[i] == k {
			return true
		}
	}
	return false
}

func (m *memory) empty() bool { return m.Keys[0] == 0 }

func (m *memory) meet(k Key, at int64) {
	if k == 0 {
		return
	}
	place := 0
	for i := range m.Keys {
		if m.Keys[i] == k || m.Keys[i] == 0 {
			place = i
			break
		}
		if m.Last[i] < m.Last[place] {
			place = i
		}
	}
	m.Keys[place], m.Last[place] = k, max(at, m.Last[place])
}

// stored is the profile as bytes: what it was, field by field.
type stored struct {
	Learned                   uint32
	Centre, Spread, Daily     float64
	Pace                      [windows]counter
	Usual                     [windows]float64
	Spent                     counter
	Hours                     [24]float32
	Devices, Networks, Payees memory
}

// form is the version of the bytes.
const form = 1

// AppendBinary appends the profile's bytes.
func (p *Profile) AppendBinary(b []byte) ([]byte, error) {
	return binary.Append(append(b, form), binary.LittleEndian, stored{
		p.learned, p.centre, p.spread, p.daily, p.pace, p.usual, p.spent, p.hours, p.devices, p.networks, p.payees,
	})
}

// UnmarshalBinary reads what AppendBinary wrote.
func (p *Profile) UnmarshalBinary(b []byte) error {
	var s stored
	if len(b) == 0 || b[0] != form || len(b) != 1+binary.Size(s) {
		return errors.New("risk: not the bytes of a profile")
	}
	if err := binary.Read(bytes.NewReader(b[1:]), binary.LittleEndian, &s); err != nil {
		return err
	}
	*p = Profile{s.Learned, s.Centre, s.Spread, s.Daily, s.Pace, s.Usual, s.Spent, s.Hours, s.Devices, s.Networks, s.Payees}
	return nil
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
