package ledger_test

import (
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

// The everyday person was asked for most of what is charged, and not for all.
func TestMandatesOfAMadeUpPerson(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	file, err := scenario.Load("everyday")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := file.Generate(now)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), ledger.Options{Path: ledger.Memory})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	if err := l.Seed(t.Context(), plan, nil); err != nil {
		t.Fatal(err)
	}
	u, err := l.User(t.Context(), plan.Person)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]wallet.Mandate{}
	var changed int
	look := func() {
		if err := l.View(t.Context(), u, func(v *ledger.View) error {
			held, err := v.Mandates()
			for _, m := range held {
				byName[m.Merchant] = m
			}
			if err != nil {
				return err
			}
			changed = 0
			for after, more := int64(0), true; more; {
				var list []ledger.Change
				if list, more, err = v.Changes(after, 500); err != nil {
					return err
				}
				for _, c := range list {
					after = c.Seq
					if c.Mandate != nil {
						changed++
						if byName[c.Mandate.Merchant].Seq != c.Seq && c.Mandate.Merchant != "한강모바일" {
							t.Errorf("%s changed at %d, its seq is %d", c.Mandate.Merchant, c.Seq, byName[c.Mandate.Merchant].Seq)
						}
					}
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	look()
	video, club := byName["나비TV"], byName["책갈피"]
	if len(video.Consents) != 2 || video.Price.Minor != 12_900 || video.First == "" {
		t.Errorf("the video: %+v", video)
	}
	if len(club.Consents) != 1 || club.Trial.IsZero() || club.Consents[0].Price.Minor != 6_900 {
		t.Errorf("the reading club: %+v", club)
	}
	if changed == 0 || changed < len(byName) {
		t.Errorf("%d changes tell of %d mandates", changed, len(byName))
	}
	m, err := l.CancelMandate(t.Context(), u, video.ID, now)
	if err != nil || !m.Canceled.Equal(now) {
		t.Fatalf("%+v, %v", m, err)
	}
	look()
	if got := byName["나비TV"]; !got.Canceled.Equal(now) || got.Seq != m.Seq {
		t.Errorf("after: %+v", got)
	}
	if _, err := l.CancelMandate(t.Context(), u, video.ID, now); fault.From(err).Code != fault.AlreadyCanceled {
		t.Errorf("twice: %v", err)
	}
	if _, err := l.CancelMandate(t.Context(), u, "m-none", now); fault.From(err).Code != fault.NotFound {
		t.Errorf("of nobody: %v", err)
	}
	if _, err := l.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
