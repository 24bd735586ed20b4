package replay

import (
	"encoding/binary"
	"errors"
	"time"
)

// zone is a time zone with the rules that dates of a recording need, so that
// they are drawn alike where no zones are installed, or other ones.
type zone struct {
	Name   string
	Shifts []shift // the first one holds since ever
}

// shift is an offset that begins to hold.
type shift struct {
	From   int64 // seconds since 1970
	Offset int   // seconds east of UTC
	Name   string
}

// zoneAhead is how long after its beginning a recording draws dates: bills and
// subscriptions fall due within a year.
const zoneAhead = 3

// zoneOf writes a zone down from 1970 on.
func zoneOf(l *time.Location, at time.Time) zone {
	t := time.Unix(0, 0).In(l)
	z := zone{Name: l.String()}
	for len(z.Shifts) < shiftsMost {
		name, offset := t.Zone()
		z.Shifts = append(z.Shifts, shift{t.Unix(), offset, name})
		_, end := t.ZoneBounds()
		if end.IsZero() || end.After(at.AddDate(zoneAhead, 0, 0)) {
			break
		}
		t = end
	}
	return z
}

// shiftsMost is above what any zone has had since 1970: two a year.
const shiftsMost = 256

var errZone = errors.New("replay: the time zone of the recording makes no sense")

// location makes a zone of its rules, in the form of RFC 9636.
func (z zone) location() (*time.Location, error) {
	if len(z.Shifts) == 0 || len(z.Shifts) > shiftsMost {
		return nil, errZone
	}
	head := func(times, types, chars int) []byte {
		b := append([]byte("TZif2"), make([]byte, 15)...)
		for _, n := range [...]int{0, 0, 0, times, types, chars} {
			b = binary.BigEndian.AppendUint32(b, uint32(n))
		}
		return b
	}
	var at, which, types, names []byte
	for i, s := range z.Shifts {
		if s.Offset < -26*3600 || s.Offset > 26*3600 || len(s.Name) > 16 || i > 0 && s.From <= z.Shifts[i-1].From {
			return nil, errZone
		}
		if i > 0 {
			at = binary.BigEndian.AppendUint64(at, uint64(s.From))
			which = append(which, byte(i))
		}
		types = binary.BigEndian.AppendUint32(types, uint32(int32(s.Offset)))
		types = append(types, 0, byte(min(len(names), 255)))
		if len(names)+len(s.Name) < 255 && i < 8 { // names of zones are not drawn; a few do
			names = append(append(names, s.Name...), 0)
		}
	}
	names = append(names, 0)
	for i := range len(types) / 6 { // those without a name of their own have the empty one
		types[6*i+5] = min(types[6*i+5], byte(len(names)-1))
	}
	data := append(head(0, 0, 0), head(len(which), len(types)/6, len(names))...)
	for _, part := range [...][]byte{at, which, types, names, []byte("\n\n")} {
		data = append(data, part...)
	}
	l, err := time.LoadLocationFromTZData(z.Name, data)
	if err != nil {
		return nil, errZone
	}
	return l, nil
}
