package client

import (
	"net/http"
	"strconv"
	"time"
)

// Pauses between tries: they double from first up to longest, and a random
// half of each keeps many wallets from coming back in step.
const (
	firstPause   = 250 * time.Millisecond
	longestPause = 5 * time.Second
)

// waits counts the pauses of one call.
type waits struct {
	pause, total time.Duration
}

// next is the pause before the next try; false if the platform wants a longer
// one than the call has left.
func (w *waits) next(jitter float64, after retryAfter, budget time.Duration) (time.Duration, bool) {
	if w.pause = min(2*w.pause, longestPause); w.pause == 0 {
		w.pause = firstPause
	}
	pause := w.pause/2 + time.Duration(jitter*float64(w.pause/2))
	if after.given {
		pause = max(pause, after.wait)
	}
	w.total += pause
	return pause, w.total <= budget
}

// retryAfter is the header Retry-After (RFC 9110, section 10.2.3).
type retryAfter struct {
	wait  time.Duration
	given bool
}

// farthest bounds what a platform can ask for, against overflow.
const farthest = 24 * time.Hour

func retryAfterSeconds(s int64) retryAfter {
	return retryAfter{min(time.Duration(min(s, int64(farthest/time.Second)))*time.Second, farthest), true}
}

func (r retryAfter) seconds() int64 { return int64((r.wait + time.Second - 1) / time.Second) }

// readRetryAfter understands both forms. A date counts from the platform's own
// Date, so that clocks that differ do no harm.
func readRetryAfter(res *http.Response, now func() time.Time) retryAfter {
	text := res.Header.Get("Retry-After")
	if s, err := strconv.ParseInt(text, 10, 64); err == nil && s >= 0 {
		return retryAfterSeconds(s)
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return retryAfter{}
	}
	from, err := http.ParseTime(res.Header.Get("Date"))
	if err != nil {
		if now == nil {
			return retryAfter{}
		}
		from = now()
	}
	return retryAfter{min(max(0, at.Sub(from)), farthest), true}
}
