package client

import (
	"context"
	"log/slog"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
)

// The limits as last told are kept beside the copy of the history. Where the
// platform can't be reached, what an amount can become is still worked out
// with them, and their age is said; nothing moves by them, since a quote is
// the platform's.

// patience is how long keeping them may take: an import may have the store.
const patience = 300 * time.Millisecond

// remember keeps what was told of limits. Where it can't be kept, nothing is
// lost but a preview without the platform.
func (a *Account) remember(ctx context.Context, told []byte) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer stop()
	if err := a.Store.PutMeans(ctx, told); err != nil {
		a.Client.opts.Log.LogAttrs(ctx, slog.LevelWarn, "limits are not kept", slog.String("code", string(fault.From(err).Code)))
	}
}

// remembered are the limits as last told, by an earlier run perhaps, where err
// says that the platform can't be reached; zero limits if none are known. The
// error stays what it is.
func (a *Account) remembered(ctx context.Context, err error) (act.Limits, error) {
	switch fault.From(err).Code {
	case fault.Unreachable, fault.TimedOut, fault.ServerError:
	default:
		return act.Limits{}, err
	}
	return a.Kept(context.WithoutCancel(ctx)), err
}

// Kept are the limits as last told, by an earlier run perhaps; nobody is asked.
// Their At is zero if none are known.
func (a *Account) Kept(ctx context.Context) act.Limits {
	told, err := a.Store.Means(ctx)
	if err != nil || len(told) == 0 {
		return act.Limits{}
	}
	var l wire.Limits
	if readInto(told, &l, checkLimits) != nil { // of a version that told otherwise
		return act.Limits{}
	}
	return l.Act()
}
