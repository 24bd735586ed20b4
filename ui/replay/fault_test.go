package replay

import (
	"testing"

	"jandon/internal/fault"
	"jandon/internal/session"
)

// An id leads from a recording to the logs; whatever else stands in its place
// could say anything.
func TestARecordedErrorKeepsAnIDAndNothingElse(t *testing.T) {
	t.Parallel()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	d := session.NewRedactor(reg, false)
	for given, want := range map[string]string{fault.NewID(): "", "": "", "Kim Mina, 010-1234-5678": "", "0123456789abcdef ": ""} {
		if fault.IsID(given) {
			want = given
		}
		if got := faultOf(d, fault.Error{Code: fault.Unreachable, Correlation: given}); got.Correlation != want {
			t.Errorf("of %q it keeps %q", given, got.Correlation)
		}
	}
}
