package ledger_test

import (
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

// Disputes of a plan are where the rules bring them by its instant, the same
// each time.
func TestSeededDisputes(t *testing.T) {
	t.Parallel()
	p := plan()
	var paid []string
	back := map[string]bool{}
	for _, s := range p.Steps {
		if s.Act == scenario.GiveBack {
			back[s.Transaction.RefundOf] = true
		}
	}
	for _, s := range p.Steps {
		if (s.Act == scenario.Spend || s.Act == scenario.Charge) && s.Transaction.Type == wallet.Payment && !back[s.Transaction.ID] {
			paid = append(paid, s.Transaction.ID)
		}
	}
	paid = paid[len(paid)-5:]
	want := []wallet.DisputeState{wallet.DisputeRefunded, wallet.DisputeRefused, wallet.DisputeWithdrawn, wallet.DisputeExamined, wallet.DisputeOpen}
	for i, d := range []scenario.Dispute{
		{DisputeAsk: wallet.DisputeAsk{Reason: wallet.Double}, At: p.At.Add(-20 * 24 * time.Hour)},
		{DisputeAsk: wallet.DisputeAsk{Reason: wallet.WrongAmount}, At: p.At.Add(-20 * 24 * time.Hour)},
		{DisputeAsk: wallet.DisputeAsk{Reason: wallet.NotMine}, At: p.At.Add(-20 * 24 * time.Hour), Withdrawn: p.At.Add(-19 * 24 * time.Hour)},
		{DisputeAsk: wallet.DisputeAsk{Reason: wallet.NotMine}, At: p.At.Add(-30 * time.Hour)},
		{DisputeAsk: wallet.DisputeAsk{Reason: wallet.AfterCancel}, At: p.At},
	} {
		d.Transaction = paid[i]
		p.Disputes = append(p.Disputes, d)
	}
	var before []wallet.Dispute
	for range 2 {
		l := open(t, ledger.Memory)
		must(t, l.Seed(t.Context(), p, nil))
		balanced(t, l)
		u, err := l.User(t.Context(), "mina")
		must(t, err)
		var list []wallet.Dispute
		view(t, l, u, func(v *ledger.View) (err error) { list, err = v.Disputes(); return err })
		if len(list) != len(want) {
			t.Fatalf("%+v", list)
		}
		states := map[string]wallet.DisputeState{}
		for _, d := range list {
			states[d.Transaction] = d.State
		}
		for i, s := range want {
			if states[paid[i]] != s {
				t.Errorf("%s is %s, want %s", paid[i], states[paid[i]], s)
			}
		}
		if before != nil && before[0].ID != list[0].ID {
			t.Error("seeded otherwise the second time")
		}
		before = list
	}
	p.Disputes[0].Transaction = "made up"
	if err := open(t, ledger.Memory).Seed(t.Context(), p, nil); code(err) != fault.BadRequest {
		t.Errorf("a dispute of nothing: %v", err)
	}
}
