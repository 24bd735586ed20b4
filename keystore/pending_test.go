package keystore

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"jandon/internal/fault"
)

// underWay is an enrolment at each of its steps, with the longest names there are.
func underWay(step int) Pending {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	p := Pending{
		Item:   Item{Server: "https://" + strings.Repeat("w", 180) + ".example", StoreKey: RandomSecret(StoreKeyLen), SPKI: make([]byte, spkiLen)},
		Handle: strings.Repeat("한", 100), Name: strings.Repeat("기", 40), ID: "e-" + strings.Repeat("A", 26), Made: at, Until: at.Add(10 * time.Minute),
	}
	p.Enrol.Key = RandomSecret(deviceKeyLen)
	if step > 0 {
		p.Enrol.Account, p.Enrol.Device = "acc-"+strings.Repeat("B", 26), "d-0123456789abcdef"
	}
	if step > 1 {
		p.Enrol.Blob = RandomSecret(66)
	}
	return p
}

// What is under way comes back at every step, beside the account's own entry
// and without touching it, and is gone when it is dropped.
func TestAnEnrolmentUnderWayComesBack(t *testing.T) {
	t.Parallel()
	s, ctx := NewMemory(), context.Background()
	if err := Save(ctx, s, "a-1", sample()); err != nil {
		t.Fatal(err)
	}
	for step := range 3 {
		want := underWay(step)
		if err := SavePending(ctx, s, "a-1", want); err != nil {
			t.Fatal(step, err)
		}
		got, err := LoadPending(ctx, s, "a-1")
		if err != nil || got.Server != want.Server || got.Handle != want.Handle || got.Name != want.Name || got.ID != want.ID || !got.Made.Equal(want.Made) ||
			!got.Until.Equal(want.Until) || !got.StoreKey.Equal(want.StoreKey) || !got.Enrol.Key.Equal(want.Enrol.Key) ||
			!got.Enrol.Blob.Equal(want.Enrol.Blob) || got.Enrol.Account != want.Enrol.Account || got.Enrol.Device != want.Enrol.Device || len(got.more) != 0 {
			t.Errorf("step %d: %+v %v", step, got, err)
		}
	}
	for range 2 {
		if err := DropPending(ctx, s, "a-1"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := LoadPending(ctx, s, "a-1"); !errors.Is(err, fault.New(fault.KeyringMissing)) {
		t.Errorf("dropped: %v", err)
	}
	if item, err := Load(ctx, s, "a-1"); err != nil || item.Server != sample().Server {
		t.Errorf("the account: %+v %v", item, err)
	}
}

// One that lacks a part is neither written nor read, and is no account's entry:
// nothing opens with half an enrolment.
func TestAnEnrolmentUnderWayIsWhole(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]func() Pending{
		"no id":               func() Pending { p := underWay(0); p.ID = ""; return p },
		"no device key":       func() Pending { p := underWay(0); p.Enrol.Key = Secret{}; return p },
		"sealed, no device":   func() Pending { p := underWay(2); p.Enrol.Account, p.Enrol.Device = "", ""; return p },
		"device, no account":  func() Pending { p := underWay(1); p.Enrol.Account = ""; return p },
		"a name without end":  func() Pending { p := underWay(0); p.Name = strings.Repeat("n", 600); return p },
		"no key of the store": func() Pending { p := underWay(0); p.StoreKey = Secret{}; return p },
	} {
		if _, err := p().encode(); !errors.Is(err, fault.New(fault.Internal)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for step := range 3 {
		value, err := underWay(step).encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decode(value.Copy()); step < 2 && !errors.Is(err, fault.New(fault.KeyringDamaged)) {
			t.Errorf("step %d is an account's entry: %v", step, err)
		}
		text := strings.Replace(string(value.Copy()), `"enrolment"`, `"enrolmen"`, 1)
		if _, err := decodePending([]byte(text)); !errors.Is(err, fault.New(fault.KeyringDamaged)) {
			t.Errorf("step %d without its id: %v", step, err)
		}
	}
}
