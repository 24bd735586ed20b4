package confirm_test

import (
	"testing"

	"jandon/internal/act"
	"jandon/internal/money"
)

// standing is a question whether value may go by itself.
func standing() *bank {
	b := won(act.NeedPIN)
	terms := act.Terms{Ceiling: money.Won(30_000), Keep: money.Won(5_000), Rail: "bank_transfer", Destination: "to-1", Every: act.EveryWeek}
	b.act.Action, b.act.Legs, b.act.Amount, b.act.Fee = act.SetAuto, nil, money.Amount{}, money.Amount{}
	b.act.Quote, b.act.Subject = terms.Digest(), act.Payee{Name: "Somebody else", ID: "***"}
	b.q.Action, b.q.Amount, b.q.Fee, b.q.Quote, b.q.Auto = act.SetAuto, terms.Ceiling, money.Won(0), terms.Digest(), &terms
	b.q.Parts = []act.Part{{Amount: terms.Ceiling, Payee: act.Payee{Name: "Kim Minji", ID: "110-***-4567"}}}
	return b
}

// What may go by itself is drawn whole: from terms whose digest is in the
// bytes, and from the bytes.
func TestTermsAreDrawnWhole(t *testing.T) {
	t.Parallel()
	s := open(t, standing(), 80, 40)
	s.sees(t, "₩30,000", "₩5,000 of what could go", "each Monday", "Kim Minji", "110-***-4567", "bank transfer", "2027", "Nothing leaves now.", "value leaves without asking you")
	s.misses(t, "Somebody else", "leaves the balance")
	s.calm()
	s.confirm()
	if len(s.answers) != 1 {
		t.Errorf("it was answered with %q", s.answers)
	}
}

// In a small window the answer counts only after all of it was in sight.
func TestTermsHaveToBeReadToTheirEnd(t *testing.T) {
	t.Parallel()
	s := open(t, standing(), 40, 16)
	s.calm()
	s.Type(rightPIN)
	s.Press("enter")
	if len(s.answers) != 0 {
		t.Fatal("it was confirmed unread")
	}
	s.Press("end")
	s.sees(t, "Kim Minji", "2027")
	s.calm()
	s.confirm()
	if len(s.answers) != 1 {
		t.Errorf("it was answered with %q", s.answers)
	}
}

// Bytes whose terms nobody here knows can't be confirmed.
func TestTermsThatNobodyKnowsAreRefused(t *testing.T) {
	t.Parallel()
	b := standing()
	b.q.Auto = nil
	s := open(t, b, 80, 24)
	s.calm()
	s.confirm()
	if len(s.answers) != 0 {
		t.Errorf("it was answered with %q", s.answers)
	}
	s.sees(t, "can't be confirmed")
}
