package pin

import (
	"fmt"
	"strings"
	"testing"

	"jandon/internal/fault"
)

func TestWeakPINs(t *testing.T) {
	t.Parallel()
	for why, pins := range map[string][]string{
		repeats:  {"000000", "999999", "121212", "123123", "111222", "111112", "123321", "484484", "12341234", "1000000", "9999999999"},
		sequence: {"123456", "654321", "111222333", "1223334444", "012345", "890123", "135791", "246802", "112233", "998877", "192837", "102030", "1234567890", "11223344"},
		date: {"900101", "010190", "123190", "311290", "240229", "19900101", "01011990", "12311999", "31121999", "199007", "071990", "880815", "20001231", "19903112",
			"８８０８１５"},
		common: {"159753", "147258", "789456", "852456", "147258369", "8675309", "31415926"},
	} {
		for _, pin := range pins {
			err := Check(typed(pin))
			f := fault.From(err)
			if f == nil || f.Code != fault.WeakPIN || f.Args["why"] != why {
				t.Errorf("%s: %v, want %s", pin, err, why)
			}
		}
	}
	for _, pin := range []string{"284751", "930582", "407193", "583027", "20251399", "99887162", "7264018", "739105826417"} {
		if err := Check(typed(pin)); err != nil {
			t.Errorf("%s: %v", pin, err)
		}
	}
}

func TestWhatIsNoPIN(t *testing.T) {
	t.Parallel()
	for _, pin := range []string{"", "28475", "2847512847512", "28475a", "28475１ａ", "two-eight", "٢٨٤٧٥١", "\x00284751"} {
		err := Check(typed(pin))
		wantCode(t, err, fault.BadPIN)
		if f := fault.From(err); f != nil && (f.Args["least"] != "6" || f.Args["most"] != "12") {
			t.Error(f.Args)
		}
	}
}

// The rules must not take so much that what is left is easier to search.
func TestMostPINsAreLeft(t *testing.T) {
	t.Parallel()
	refused, all := 0, 0
	for i := 0; i < 1_000_000; i += 7 {
		all++
		if weakness(fmt.Appendf(nil, "%06d", i)) != "" {
			refused++
		}
	}
	share := 100 * float64(refused) / float64(all)
	t.Logf("%.1f %% of six digits are refused", share)
	if share < 5 || share > 16 {
		t.Errorf("%.1f %% refused", share)
	}
}

func TestListIsWhatItsHeadSays(t *testing.T) {
	t.Parallel()
	if n := len(mostUsed()); n != 1510 {
		t.Errorf("%d numbers", n)
	}
	for pin := range mostUsed() {
		if len(pin) < Least || len(pin) > Most || strings.Trim(pin, "0123456789") != "" || weakness([]byte(pin)) == "" {
			t.Errorf("%q", pin)
		}
	}
	if !strings.Contains(string(commonFile), "# Source: ") {
		t.Error("the list does not name its source")
	}
}
