package client

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"jandon/internal/fault"
	"jandon/internal/wire"
)

// The platform keeps a log of what concerns trust and signs how far it has
// come. This device keeps the last head that it saw, and refuses a log that
// does not lead on from there: one that was cut short, written anew, or that
// another platform tells.

const (
	logEvery = time.Hour // how often it is looked at; a head is signed as often
	logPage  = 500
	logPages = 200 // of one look
)

// seenHead is the last head that was seen, as it is kept.
type seenHead struct {
	Account string    `json:"account"` // that it is about; another one starts anew
	Key     string    `json:"key"`     // of its signature; the first one that came
	Head    []byte    `json:"head"`    // the signed note
	Log     int64     `json:"log"`
	N       int64     `json:"n"`
	Hash    []byte    `json:"hash"`
	Checked time.Time `json:"checked"` // by the platform's clock
	Here    time.Time `json:"here"`    // by this computer's
}

// fresh reports whether it is too early to look again. Both clocks have to say
// so: the platform might hold its own, and this computer's may be wrong.
func (s seenHead) fresh(there, here time.Time) bool {
	within := func(since time.Duration) bool { return since >= 0 && since < logEvery }
	return within(there.Sub(s.Checked)) && within(here.Sub(s.Here))
}

// CheckLog looks, at most once an hour, whether the platform's log still leads
// on from the head that was seen last. It is fault.LogAltered if it does not,
// and stays so until it does. Other errors are those of the call and the store.
func (a *Account) CheckLog(ctx context.Context) error { return a.checkLog(ctx, reader) }

func (a *Account) checkLog(ctx context.Context, as as) error {
	if a.Client.who == nil {
		return nil
	}
	select {
	case a.logs <- struct{}{}:
		defer func() { <-a.logs }()
	case <-ctx.Done():
		return fault.Wrap(ctx.Err(), fault.Canceled)
	}
	seen, err := a.seenHead(ctx)
	if err != nil {
		return err
	}
	there, here := a.Client.clock.Now(), a.Client.clock.local()
	if seen.fresh(there, here) {
		return nil
	}
	if err := a.followLog(ctx, as, &seen); err != nil {
		return err
	}
	seen.Checked, seen.Here = there, here
	value, err := json.Marshal(seen)
	if err != nil {
		return fault.Wrap(err, fault.Internal)
	}
	return a.Store.KeepLogHead(ctx, value)
}

// synced is Syncer.Sync, and then a look at the log: what came is stored even
// if the log was altered.
func (a *Account) synced(ctx context.Context, progress func(done, total int)) (SyncReport, error) {
	report, err := a.Syncer.Sync(ctx, progress)
	if err == nil {
		err = a.CheckLog(ctx)
	}
	return report, err
}

// seenHead is the head that is kept of this account; a zero one if there is none.
func (a *Account) seenHead(ctx context.Context) (seenHead, error) {
	fresh := seenHead{Account: a.Client.who.account}
	kept, err := a.Store.LogHead(ctx)
	var seen seenHead
	if err != nil || json.Unmarshal(kept, &seen) != nil || seen.Account != fresh.Account {
		return fresh, err
	}
	return seen, nil
}

// followLog goes from the head that was seen to the one that there is.
func (a *Account) followLog(ctx context.Context, as as, seen *seenHead) error {
	before := *seen
	for range logPages {
		page, err := a.logPage(ctx, as, before.N)
		if err != nil {
			if fault.From(err).Code == fault.NotFound && seen.Key == "" {
				return nil // a platform without a log, from the start
			}
			return err
		}
		if before.Key == "" {
			before.Key = page.Key
		}
		signed, err := base64.RawURLEncoding.Strict().DecodeString(page.Head)
		if err != nil {
			return altered(before.N, err)
		}
		head, err := wire.OpenChainHead(signed, before.Key)
		if err != nil {
			return altered(before.N, err)
		}
		if seen.Key != "" && head.Log != seen.Log || head.N < before.N {
			return altered(before.N, errors.New("client: the log went back"))
		}
		if err := before.chain(head, page.Lines); err != nil {
			return altered(before.N+1, err)
		}
		if before.N == head.N {
			if head.N > 0 && !bytes.Equal(before.Hash, head.Hash) {
				return altered(head.N, errors.New("client: the log leads elsewhere"))
			}
			before.Log, before.Head = head.Log, signed
			*seen = before
			return nil
		}
	}
	return a.Client.bad("log", errors.New("client: a log without an end"))
}

// chain follows lines, each of which has to be the next.
func (s *seenHead) chain(head wire.ChainHead, lines []wire.LogLine) error {
	if len(lines) == 0 && s.N < head.N {
		return errors.New("client: lines are missing")
	}
	for _, l := range lines {
		digest, err := base64.RawURLEncoding.Strict().DecodeString(l.Digest)
		if err != nil || l.N != s.N+1 || l.N > head.N {
			return errors.New("client: not the next line")
		}
		s.Hash = wire.ChainLink{Log: head.Log, N: l.N, At: l.At.UnixMilli(), What: string(l.What), Digest: digest}.Hash(s.Hash)
		s.N = l.N
	}
	return nil
}

func altered(line int64, err error) error {
	return fault.Wrap(err, fault.LogAltered, "line", strconv.FormatInt(line, 10))
}

func (a *Account) logPage(ctx context.Context, as as, after int64) (page wire.LogPage, err error) {
	limit := logPage
	_, err = a.Client.do(ctx, call{
		name: "log", as: as,
		build: func() (*http.Request, error) {
			return wire.NewGetLogRequest(a.Client.base, &wire.GetLogParams{After: &after, Limit: &limit})
		},
		read: func(b []byte) error {
			return readInto(b, &page, func(p wire.LogPage) error {
				if len(p.Lines) > logPage {
					return errors.New("client: more lines than were asked for")
				}
				return nil
			})
		},
	})
	return page, err
}
