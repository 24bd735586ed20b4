package dpop

import (
	"sync"
	"time"

	"jandon/internal/fault"
)

// Bounds of the memory: a device that sends more than perKey requests within
// two minutes is told to wait; total is about 100 MB and only reached if
// thousands of devices do so at once.
const (
	perKey = 2048
	total  = 1 << 20
	// sweepEvery is the least number of seconds between two looks at all of it.
	sweepEvery = 10
)

// Replay remembers the ids of proofs by key, until their time is over. It goes
// by (jkt, jti) and never by the proof's bytes, of which every proof has two.
// Only proofs of known devices should reach it, so that strangers can't fill
// it. The zero Replay is ready; its memory ends with the process, so that what
// must not come twice wants a nonce as well.
type Replay struct {
	mu    sync.Mutex
	seen  map[string]map[string]int64 // jkt → jti → Unix second until when it counts
	count int
	swept int64
}

// Use takes a proof that Check has let pass: fault.ProofReplayed if its id was
// used before, fault.RateLimited if there is no room.
func (r *Replay) Use(p Proof, now time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil {
		r.seen = make(map[string]map[string]int64)
	}
	if second := now.Unix(); second-r.swept >= sweepEvery || second < r.swept {
		r.sweep(second)
	}
	ids := r.seen[p.JKT]
	if _, used := ids[p.ID]; used {
		return fault.New(fault.ProofReplayed)
	}
	if len(ids) >= perKey || r.count >= total {
		return fault.New(fault.RateLimited, "seconds", "120")
	}
	if ids == nil {
		ids = make(map[string]int64)
		r.seen[p.JKT] = ids
	}
	ids[p.ID] = p.Made.Add(Window).Unix()
	r.count++
	return nil
}

// sweep forgets what Check would refuse by its time.
func (r *Replay) sweep(now int64) {
	r.swept = now
	for jkt, ids := range r.seen {
		for id, until := range ids {
			if until < now {
				delete(ids, id)
				r.count--
			}
		}
		if len(ids) == 0 {
			delete(r.seen, jkt)
		}
	}
}
