package platform

import (
	"math"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"jandon/internal/fault"
)

// Paces slow down whoever asks too fast, and do nothing else: what strangers
// send must never change how a person's account or device stands.
type pace struct {
	burst int           // at once
	every time.Duration // after that
}

// The paces. A first sync asks some thousand pages as fast as it can; a person
// types a code now and then.
var (
	paceOfPlace   = pace{5000, time.Millisecond}       // all that comes from one network
	paceOfDoors   = pace{300, 200 * time.Millisecond}  // enrolments and sessions from one network
	paceOfHandle  = pace{10, time.Minute}              // enrolments that name one person
	paceOfDevice  = pace{2000, 20 * time.Millisecond}  // all that one device asks
	paceOfHandles = pace{1000, 100 * time.Millisecond} // those that had no room of their own
)

// mostPaced bounds the memory; beyond it newcomers share one pace.
const mostPaced = 1 << 16

// paces remembers, by who asks, the instant at which their burst is whole again
// (the generic cell rate algorithm: one number each).
type paces struct {
	mu   sync.Mutex
	full map[string]int64 // Unix nanoseconds
}

// take is nil if whoever asks may go on; fault.RateLimited with the seconds to
// wait otherwise.
func (p *paces) take(who string, at pace, now time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.full == nil {
		p.full = make(map[string]int64)
	}
	t := now.UnixNano()
	if _, known := p.full[who]; !known && len(p.full) >= mostPaced && !p.sweep(t) {
		who, at = "", paceOfHandles
	}
	most := int64(at.burst) * int64(at.every)
	full := max(p.full[who], t)
	if full > t+most { // the clock was set back
		full = t
	}
	if full+int64(at.every) > t+most {
		wait := time.Duration(full + int64(at.every) - t - most)
		return fault.New(fault.RateLimited, "seconds", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
	p.full[who] = full + int64(at.every)
	return nil
}

// sweep forgets those whose burst is whole; it reports whether there is room.
func (p *paces) sweep(now int64) bool {
	for who, full := range p.full {
		if full <= now {
			delete(p.full, who)
		}
	}
	return len(p.full) < mostPaced
}

// placeOf is the network that a request comes from: a household or an office,
// not an address, of which an attacker has many.
func placeOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr // inside the process
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return r.RemoteAddr
	}
	addr = addr.Unmap().WithZone("")
	bits := 56
	if addr.Is4() {
		bits = 24
	}
	prefix, err := addr.Prefix(bits)
	if err != nil {
		return host
	}
	return prefix.String()
}
