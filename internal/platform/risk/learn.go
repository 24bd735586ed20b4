package risk

import (
	"math"
	"time"
)

// Note counts an attempt, whatever becomes of it, and gives what Learn needs
// should it go through.
func (w *Policy) Note(p *Profile, a Attempt) Trace {
	t := Trace{Attempt: a}
	if a.Amount <= 0 {
		return t
	}
	at := millis(a.At)
	for i := range p.pace {
		p.pace[i].add(at, fade(w.Pace[i].Minutes), 1)
		t.Pace[i] = p.pace[i].N
	}
	p.spent.add(at, fade(day), float64(a.Amount))
	t.Day = p.spent.N
	return t
}

// day is the window in which what leaves is added up.
const day = 24 * 60

// Enrolled teaches the profile a device that was enrolled. The network counts
// only of the first: whoever adds a device may be a stranger in another place.
func (w *Policy) Enrolled(p *Profile, device, network Key, at time.Time) {
	if p.devices.empty() {
		p.networks.meet(network, millis(at))
	}
	p.devices.meet(device, millis(at))
}

// Learn takes an act that went through undisputed as usual.
func (w *Policy) Learn(p *Profile, t Trace) {
	a, at := &t.Attempt, millis(t.Attempt.At)
	p.devices.meet(a.Device, at)
	p.networks.meet(a.Network, at)
	for _, x := range a.Payees {
		p.payees.meet(x.Key, at)
	}
	if a.Amount <= 0 {
		return
	}
	w.size(p, math.Log(float64(a.Amount)))
	n := float64(p.learned)
	rate := max(1/(n+1), w.Amount.Rate)
	for i := range p.usual {
		p.usual[i] += (min(t.Pace[i], 4*max(p.usual[i], w.Pace[i].Usual)) - p.usual[i]) * rate
	}
	daily := math.Log(max(1, t.Day))
	if n > 0 {
		daily = min(daily, p.daily+w.Amount.Clip)
	}
	p.daily += (daily - p.daily) * rate
	for h := range p.hours {
		p.hours[h] *= float32(w.Hour.Fade)
	}
	h := w.hour(a.At)
	p.hours[h]++
	p.hours[(h+1)%24] += 0.5
	p.hours[(h+23)%24] += 0.5
	p.learned++
}

// size moves the centre and the spread of amounts, clipped so that a single
// act can't move them far.
func (w *Policy) size(p *Profile, x float64) {
	centre, spread := w.ways(p)
	x = min(max(x, centre-w.Amount.Clip*spread), centre+w.Amount.Clip*spread)
	if p.learned == 0 {
		p.centre, p.spread = x, w.Amount.SpreadBefore
		return
	}
	rate := max(1/float64(p.learned+1), w.Amount.Rate)
	// 1.2533 is √(π/2): of a normal spread by its mean deviation.
	p.spread += (1.2533*math.Abs(x-p.centre) - p.spread) * rate
	p.centre += (x - p.centre) * rate
}

// ways are the centre and the spread to measure by: the person's own, mixed
// with what is assumed as long as there is little history.
func (w *Policy) ways(p *Profile) (centre, spread float64) {
	own := w.own(p)
	centre = own*p.centre + (1-own)*w.Amount.CentreBefore
	spread = own*p.spread + (1-own)*w.Amount.SpreadBefore
	return centre, max(spread, w.Amount.SpreadLeast)
}

// own is how far the person's own history counts, from 0 to 1.
func (w *Policy) own(p *Profile) float64 {
	n := float64(p.learned)
	return n / (n + w.Amount.History)
}

func (w *Policy) hour(at time.Time) int { return at.In(w.Zone).Hour() }

// Assume gives a profile the history of n acts of about an amount that were
// made elsewhere, so that a person who is known is not treated as new.
func (w *Policy) Assume(p *Profile, n int, amount int64) {
	if n <= 0 || amount <= 0 {
		return
	}
	p.learned = uint32(min(n, math.MaxInt32)) //nolint:gosec // bounded
	p.centre, p.spread = math.Log(float64(amount)), w.Amount.SpreadBefore
	p.daily = p.centre
	for i := range p.usual {
		p.usual[i] = 1
	}
}

// Met teaches the profile a payee that was paid before.
func (w *Policy) Met(p *Profile, payee Key, at time.Time) { p.payees.meet(payee, millis(at)) }
