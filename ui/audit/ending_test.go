package audit_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/wallet"
	"jandon/ui/audit"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// canceler is the platform, with what it was asked to cancel.
type canceler struct {
	ids []string
	err error
}

func (c *canceler) CancelMandate(_ context.Context, id string) error {
	if c.err == nil {
		c.ids = append(c.ids, id)
	}
	return c.err
}

// held is a series with its mandate.
func held() *kittest.Audited {
	s := over(some())
	s.Held = []wallet.Mandate{{ID: "m-1", Issuer: "pay", Merchant: "Dear Video", First: "Dear Video-00"}}
	return s
}

// A5: cancelling through the platform's mandate is asked, starts on No, and
// takes no key typed ahead.
func TestCancellingIsAskedAndArms(t *testing.T) {
	t.Parallel()
	c := &canceler{}
	s := held()
	d := kittest.Start(audit.New(kittest.Env("en"), s, c, series("Dear Video")), 80, 40)
	if !strings.Contains(d.Frame(), "Press x to cancel it") {
		t.Errorf("it can't be cancelled from\n%s", d.Frame())
	}
	d.Do("end", "end_yes")
	if len(c.ids) != 0 || !strings.Contains(d.Frame(), "Cancel Dear Video?") || !strings.Contains(d.Frame(), "through Golmok Pay from now on") {
		t.Fatalf("a key typed ahead cancels %v\n%s", c.ids, d.Frame())
	}
	d.Do("end_no")
	d.Late()
	d.Do("end_yes")
	if len(c.ids) != 0 {
		t.Fatal("No cancels")
	}
	d.Do("end")
	d.Late()
	d.Do("end_yes")
	if !slices.Equal(c.ids, []string{"m-1"}) {
		t.Fatalf("canceled %v", c.ids)
	}
	s.Held[0].Canceled = kittest.Now()
	d.Send(kit.Changed{})
	if !strings.Contains(d.Frame(), "Cancelled") || strings.Contains(d.Frame(), "Press x") {
		t.Errorf("it shows\n%s", d.Frame())
	}
	d.Do("end")
	d.Late()
	d.Do("end_yes")
	if len(c.ids) != 1 {
		t.Error("it was cancelled twice")
	}
}

func TestCancellingWaitsForThePIN(t *testing.T) {
	t.Parallel()
	c := &canceler{err: fault.New(fault.StepUpRequired)}
	d := kittest.Start(audit.New(kittest.Env("ko"), held(), c, series("Dear Video")), 80, 24)
	d.Do("end")
	d.Late()
	d.Do("end_yes")
	c.err = nil
	d.Send(kit.StayedLocked{})
	if d.Send(kit.Unlocked{}); len(c.ids) > 0 {
		t.Error("it was cancelled though the PIN was not given when it was asked for")
	}
	c.err = fault.New(fault.StepUpRequired)
	d.Do("end")
	d.Late()
	d.Do("end_yes")
	c.err = nil
	d.Send(kit.Unlocked{})
	if !slices.Equal(c.ids, []string{"m-1"}) {
		t.Errorf("canceled %v", c.ids)
	}
}

func TestWithoutAMandateNothingIsCancelled(t *testing.T) {
	t.Parallel()
	c := &canceler{}
	d := kittest.Start(audit.New(kittest.Env("en"), over(some()), c, series("Dear Video")), 80, 24)
	d.Do("end")
	d.Late()
	d.Do("end_yes")
	if len(c.ids) != 0 || strings.Contains(d.Frame(), "Cancel Dear Video?") {
		t.Errorf("canceled %v", c.ids)
	}
}
