package client

import (
	"context"
	"net/http"
	"sync"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/valuepath"
	"jandon/internal/wire"
)

// brief is how long limits are believed without asking: a preview is drawn
// anew at each key.
const brief = 10 * time.Second

// known are the limits as last told.
type known struct {
	mu     sync.Mutex
	limits act.Limits
	at     time.Time // when they were told, by the platform's clock; zero: not
}

func (k *known) drop() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.at = time.Time{}
}

func (k *known) keep(l act.Limits, now time.Time) act.Limits {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.limits, k.at = l, now
	return l
}

func (k *known) get(now time.Time) (act.Limits, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.limits, !k.at.IsZero() && now.Sub(k.at).Abs() < brief
}

// Limits asks what the person may do. Where the platform can't be reached, they
// come as last told beside the error; their At is then older, or zero if it
// never told any.
func (a *Account) Limits(ctx context.Context) (act.Limits, error) {
	if err := a.enrolled(); err != nil {
		return act.Limits{}, err
	}
	var l wire.Limits
	var told []byte
	_, err := a.Client.do(ctx, call{
		name: "limits", as: reader, build: func() (*http.Request, error) { return wire.NewGetLimitsRequest(a.Client.base) },
		read: func(b []byte) error { told = b; return readInto(b, &l, checkLimits) },
	})
	if err != nil {
		return a.remembered(ctx, err)
	}
	a.remember(ctx, told)
	return a.known.keep(l.Act(), a.Client.clock.Now()), nil
}

// Means is what the planner needs to know, believed for a moment. A platform
// with other rails or rules is fault.CatalogueDiffers: plans made here would
// not be those that it makes. Beside an error, limits come as from Limits.
func (a *Account) Means(ctx context.Context) (act.Limits, error) {
	l, ok := a.known.get(a.Client.clock.Now())
	if !ok {
		var err error
		if l, err = a.Limits(ctx); err != nil {
			return l, err
		}
	}
	return l, sameCatalogue(l.Version)
}

// Pause stops everything that moves value, at once.
func (a *Account) Pause(ctx context.Context) (act.Limits, error) {
	if err := a.enrolled(); err != nil {
		return act.Limits{}, err
	}
	var l wire.Limits
	_, err := a.Client.do(ctx, call{
		name: "pause", as: reader, build: func() (*http.Request, error) { return wire.NewPauseRequest(a.Client.base) },
		read: func(b []byte) error { return readInto(b, &l, checkLimits) },
	})
	a.known.drop()
	if err != nil {
		return act.Limits{}, err
	}
	return a.known.keep(l.Act(), a.Client.clock.Now()), nil
}

func (a *Account) enrolled() error {
	if !a.Enrolled() {
		return fault.New(fault.NotEnrolled)
	}
	return nil
}

func sameCatalogue(want string) error {
	book, err := valuepath.Shipped()
	if err != nil {
		return err
	}
	if want != book.Version {
		return fault.New(fault.CatalogueDiffers, "want", want, "have", book.Version)
	}
	return nil
}

// readInto decodes a body and checks what it says.
func readInto[T any](b []byte, v *T, check func(T) error) error {
	var fresh T // a try before may have left something
	if err := decode(b, &fresh); err != nil {
		return err
	}
	*v = fresh
	return check(fresh)
}
