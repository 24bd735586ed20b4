package ledger

import (
	"math"
	"time"
)

// How instants lie in the tables: Unix milliseconds, which compare as numbers on every engine.
const (
	never = math.MaxInt64 // a lot that does not expire
	unset = math.MinInt64 // no instant at all
)

func millis(t time.Time) int64 {
	if t.IsZero() {
		return unset
	}
	return t.UnixMilli()
}

func expiry(t time.Time) int64 {
	if t.IsZero() {
		return never
	}
	return t.UnixMilli()
}

func instant(ms int64) time.Time {
	if ms == never || ms == unset {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
