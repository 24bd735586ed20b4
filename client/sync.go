package client

import (
	"context"
	"errors"
	"slices"

	"jandon/client/store"
	"jandon/internal/fault"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// Copy is what a Syncer writes to; *store.Store is one.
type Copy interface {
	State(ctx context.Context) (store.State, error)
	// Apply stores a batch whole or not at all.
	Apply(ctx context.Context, b store.Batch) error
	PutWallet(ctx context.Context, w wallet.Wallet) error
	Wallet(ctx context.Context) (wallet.Wallet, error)
	Reset(ctx context.Context) error
}

// Syncer brings a copy up to date with its platform. Use NewSyncer.
type Syncer struct {
	client *Client
	copy   Copy
	turn   chan struct{} // one sync at a time
	etag   string        // of the wallet that this Syncer put last; guarded by turn
	ledger string        // the ledger of that wallet; guarded by turn
}

// NewSyncer ties a client to a copy.
func NewSyncer(c *Client, to Copy) *Syncer {
	return &Syncer{client: c, copy: to, turn: make(chan struct{}, 1)}
}

// SyncReport says what a sync did.
type SyncReport struct {
	Changed bool  // there is anything new to show
	Renewed bool  // the platform keeps another ledger now: the copy was started over
	Pages   int   // of changes
	Lines   int   // transactions, settlements and alerts that came
	Seq     int64 // where the copy stands now
}

// Sync asks what changed and writes it, page by page, each page whole. It can
// be stopped or killed at any point and goes on from there the next time.
// progress, if not nil, is told how far it has come; both numbers may grow.
// A second Sync waits for the first. Errors: those of the calls and of the copy.
func (s *Syncer) Sync(ctx context.Context, progress func(done, total int)) (report SyncReport, err error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return report, s.client.transportFault(ctx, ctx.Err())
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	// Twice, for a platform whose ledger changes while it is being read.
	for range 2 {
		if err = s.once(ctx, &report, progress); !errors.Is(err, errAnew) {
			break
		}
		s.etag, s.ledger = "", ""
		if err := s.copy.Reset(ctx); err != nil {
			return report, err
		}
		report.Renewed, report.Changed = true, true
	}
	if errors.Is(err, errAnew) {
		err = s.client.bad("ledger", err)
	}
	return report, err
}

// errAnew says that the copy is of another ledger and has to be started over.
var errAnew = errors.New("client: the platform keeps another ledger")

func (s *Syncer) once(ctx context.Context, report *SyncReport, progress func(done, total int)) error {
	state, err := s.copy.State(ctx)
	if err != nil {
		return err
	}
	fresh, err := s.client.wallet(ctx, s.etag)
	if err != nil {
		return err
	}
	ledger, goal := s.ledger, state.Seq
	if fresh != nil {
		ledger, goal = fresh.ledger, fresh.Seq
	}
	// A copy that is ahead of its ledger has seen a future that was undone.
	if state.LedgerID != "" && state.LedgerID != ledger || fresh != nil && state.Seq > fresh.Seq && state.LedgerID != "" {
		return errAnew
	}
	seq, err := s.follow(ctx, state.Seq, goal, ledger, report, progress)
	if err != nil {
		return err
	}
	if err := s.keep(ctx, fresh, report); err != nil {
		return err
	}
	if fresh != nil && seq > fresh.Seq || fresh == nil && seq > state.Seq {
		// Something happened between the two questions: the wallet is older than the lines.
		if fresh, err = s.client.wallet(ctx, s.etag); err != nil {
			return err
		}
		if err := s.keep(ctx, fresh, report); err != nil {
			return err
		}
	}
	report.Seq = seq
	return nil
}

// follow fetches and applies pages until there are no more.
func (s *Syncer) follow(ctx context.Context, from, goal int64, ledger string, report *SyncReport, progress func(done, total int)) (int64, error) {
	for seq := from; ; {
		page, err := s.client.changes(ctx, seq, ledger)
		if errors.Is(err, fault.New(fault.CursorOld)) || err != nil && fault.From(err).Code == fault.CursorOld {
			return seq, errAnew
		}
		if err != nil {
			return seq, err
		}
		if string(page.Ledger) != ledger || page.Seq < seq {
			return seq, errAnew
		}
		batch := batchOf(page)
		if err := s.copy.Apply(ctx, batch); err != nil {
			if fault.From(err).Code == fault.CursorOld {
				return seq, errAnew
			}
			return seq, err
		}
		report.Pages++
		report.Lines += len(page.Changes)
		report.Changed = report.Changed || len(page.Changes) > 0
		seq, goal = page.Seq, max(goal, page.Seq)
		progress(int(seq-from), int(goal-from))
		if !page.More {
			return seq, nil
		}
	}
}

// keep puts a wallet; nil is the one that is there.
func (s *Syncer) keep(ctx context.Context, w *held, report *SyncReport) error {
	if w == nil {
		return nil
	}
	before, err := s.copy.Wallet(ctx)
	if err != nil {
		return err
	}
	if err := s.copy.PutWallet(ctx, w.Wallet); err != nil {
		return err
	}
	s.etag, s.ledger = w.etag, w.ledger
	report.Changed = report.Changed || before.Seq != w.Seq || before.AsOf.IsZero() || !spentTheSame(before.Lots, w.Lots)
	return nil
}

// spentTheSame reports whether a copy knew what was spent of its lots; one that
// an older program put does not, though nothing has changed at the platform.
func spentTheSame(before, now []wallet.Lot) bool {
	return slices.EqualFunc(before, now, func(a, b wallet.Lot) bool { return a.ID == b.ID && a.Spent == b.Spent })
}

func batchOf(page wire.ChangePage) store.Batch {
	b := store.Batch{Ledger: string(page.Ledger), Seq: page.Seq, More: page.More}
	for _, c := range page.Changes {
		if c.Transaction != nil {
			b.Transactions = append(b.Transactions, c.Transaction.Wallet())
		}
		if c.Settlement != nil {
			b.Settlements = append(b.Settlements, c.Settlement.Wallet())
		}
		if c.Alert != nil {
			b.Alerts = append(b.Alerts, c.Alert.Wallet())
		}
		if c.Mandate != nil {
			b.Mandates = append(b.Mandates, c.Mandate.Wallet())
		}
		if c.Dispute != nil {
			b.Disputes = append(b.Disputes, c.Dispute.Wallet())
		}
	}
	return b
}
