package kit_test

import (
	"testing"

	"jandon/internal/fault"
	"jandon/ui/kit/kittest"
)

func TestFaultsTellInstantsAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	e := kittest.Env("en")
	for until, want := range map[string]string{
		"2026-11-22T11:20:00Z": "Too many wrong codes: this device has to wait until 20:20.",
		"2026-11-22T15:20:00Z": "Too many wrong codes: this device has to wait until 23 Nov 2026, 00:20.",
		"soon":                 "Too many wrong codes: this device has to wait until soon.",
	} {
		f := fault.New(fault.DevicePaused, "until", until)
		if say, hint := e.Fault(f); say != want || hint == "" || f.Args["until"] != until {
			t.Errorf("%s is told as %q, and is %v then", until, say, f.Args)
		}
	}
	if say, hint := e.Fault(nil); say+hint != "" {
		t.Error("nothing is a fault")
	}
}
