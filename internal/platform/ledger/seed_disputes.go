package ledger

import (
	"context"
	"fmt"
	"time"

	"jandon/internal/fault"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

// disputed opens the disputes of a plan, and brings each to where it is at the
// plan's instant: simulated merchants answer, as they would have.
func (b *book) disputed(ctx context.Context, p scenario.Plan) error {
	for n, s := range p.Disputes {
		d, err := b.dispute(fmt.Sprintf("dispute-%d", n+1), Key{}, s.DisputeAsk, s.At)
		if err != nil {
			return fault.Wrap(err, fault.BadRequest, "what", p.Name, "detail", fmt.Sprintf("dispute %d can't be opened: %s", n+1, fault.From(err).Code))
		}
		until := p.At
		if !s.Withdrawn.IsZero() {
			until = s.Withdrawn
		}
		reply, err := SimulatedMerchants{Now: func() time.Time { return until }}.Answer(ctx, Complaint{ID: d.ID, Reason: d.Reason, Opened: d.Opened})
		if err != nil {
			return err
		}
		if err := b.advance(d, reply, nil, 0, until); err != nil {
			return err
		}
		if s.Withdrawn.IsZero() {
			continue
		}
		if d, err = b.disputeOf("d.id", d.ID); err != nil || d.Over() {
			if err != nil {
				return err
			}
			continue
		}
		if err := b.endDispute(&d, wallet.DisputeWithdrawn, "", until); err != nil {
			return err
		}
		if _, err := b.stepped(d, wallet.AlertDisputeWithdrawn, wallet.DisputeStep{At: until, Who: wallet.You, What: wallet.StepWithdrawn}); err != nil {
			return err
		}
	}
	return nil
}
