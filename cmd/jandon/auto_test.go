//go:build unix

package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// auto is what jandon auto --json says.
func (w walletHome) auto() (one autoJSON) {
	w.h.t.Helper()
	out, _ := w.want(0, "auto", "--json")
	if err := json.Unmarshal([]byte(out), &one); err != nil {
		w.h.t.Fatalf("%v: %s", err, out)
	}
	return one
}

// TestAutomaticCashOutByScript sets one up, sees it go on Monday, and ends it.
func TestAutomaticCashOutByScript(t *testing.T) {
	t.Parallel()
	h := openHallOf(t, "creator", nil)
	w := h.wallet()
	w.enrolled()
	one := w.auto()
	if one.State != "off" || !one.Able || len(one.Choices) != 1 || one.Choices[0].MostMinor != 90_000 || one.Terms != nil {
		t.Fatalf("%+v", one)
	}
	pin := handed(t, canaryPIN, canaryPIN)
	set := func(more ...string) []string {
		return append([]string{"auto", "set", "--ceiling", "30000", "--rail", "bank_transfer", "--pin-fd", pin[0]}, more...)
	}
	for _, args := range [][]string{set(), set("--every", "day"), set("--every", "week", "--rail", "pigeon"), set("--every", "week", "--ceiling", "much")} {
		w.want(2, args...) // before the PIN is read
	}
	if _, told := w.want(2, "auto", "set", "--ceiling", "30000", "--rail", "bank_transfer", "--every", "week"); !strings.Contains(told, "[no_secret]") {
		t.Errorf("nobody was there: %s", told)
	}
	_, told := w.want(0, set("--every", "week", "--keep", "5000", "--yes")...)
	for _, said := range []string{"₩30,000", "₩5,000 of what could go", "each Monday", "bank transfer", "22 Nov 2027"} {
		if !strings.Contains(told, said) {
			t.Errorf("%q is not among what was confirmed:\n%s", said, told)
		}
	}
	one = w.auto()
	if one.State != "on" || one.Terms == nil || one.Terms.CeilingMinor != 30_000 || one.Terms.KeepMinor != 5_000 || one.Next == nil || *one.Next != "2026-11-30T09:00:00+09:00" {
		t.Fatalf("%+v", one)
	}
	h.pass(6 * 24 * time.Hour)
	for range 2 { // on Sunday one is told of it, on Monday it goes
		if h.pass(24 * time.Hour); len(w.acts()) != 0 {
			t.Errorf("it went too soon: %+v", w.acts())
		}
		if _, err := h.Work(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	list := w.acts()
	if len(list) == 0 || !list[0].Automatic || list[0].AmountMinor != 30_000 || list[0].ID != w.auto().Last {
		t.Errorf("acts %+v", list)
	}
	if out, _ := w.want(0, "auto", "off"); !strings.Contains(out, "Nothing goes by itself.") {
		t.Errorf("off: %s", out)
	}
	w.want(5, "auto", "off") // there is none any more
	h.pass(time.Minute)
	if _, told := w.want(7, "auto", "set", "--ceiling", "90001", "--rail", "bank_transfer", "--every", "month", "--yes", "--pin-fd", pin[1]); !strings.Contains(told, "[over_limit") {
		t.Errorf("too much: %s", told)
	}
}

// TestWhoMayNotSaysWhy: a person of a lower tier hears what is missing.
func TestWhoMayNotLetValueGoHearsWhy(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	if out, _ := w.want(0, "auto"); !strings.Contains(out, "You are not yet a trusted user here.") {
		t.Errorf("auto says %s", out)
	}
	pin := handed(t, canaryPIN)
	if _, told := w.want(7, "auto", "set", "--ceiling", "5000", "--rail", "bank_transfer", "--every", "week", "--yes", "--pin-fd", pin[0]); !strings.Contains(told, "[not_steady") || !strings.Contains(told, "trusted user") {
		t.Errorf("%s", told)
	}
}
