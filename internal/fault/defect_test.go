package fault_test

import (
	"strings"
	"testing"

	"jandon/internal/fault"
)

const personal = "Canary Cafe 739,105"

type shown struct{ text string }

func (s shown) String() string { return s.text }
func (s shown) Error() string  { return s.text }

func passesOn(do func()) (d fault.Defect) {
	defer func() { d = fault.Caught(recover(), ".passesOn") }()
	do()
	return ""
}

// A panic says of what kind it was and where, never with what.
func TestDefectSaysNothingOfItsValue(t *testing.T) {
	t.Parallel()
	var none []string
	var nothing map[any]int
	for want, do := range map[string]func(){
		"a defect of type string":           func() { panic("can't draw " + personal) },
		"a defect of type fault_test.shown": func() { panic(shown{personal}) },
		"a defect of type *fault.Error":     func() { panic(fault.New(fault.Internal, "detail", personal)) },
		"index out of range":                func() { _ = none[len(personal)] },
		"assignment to entry in nil map":    func() { nothing[personal]++ },
	} {
		d := passesOn(do)
		said := d.Error()
		if !strings.Contains(said, want) || strings.Contains(said, "Canary") || strings.Contains(said, "739") {
			t.Errorf("%s: %q", want, said)
		}
		if !strings.Contains(said, "TestDefectSaysNothingOfItsValue") || !strings.Contains(said, "defect_test.go:") || strings.Contains(said, "passesOn") || strings.Contains(said, "/defect_test") {
			t.Errorf("%s: where? %q", want, said)
		}
		if again := passesOn(func() { panic(d) }); again != d {
			t.Errorf("passed on it is %q", again)
		}
	}
}
