package audit_test

import (
	"testing"

	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// Not parallel: it reads what the whole process allocated.
func TestFrameIsCheap(t *testing.T) {
	for _, arg := range []string{"", series("Dear Video")} {
		if got := open(over(some()), kittest.Env("en"), arg, 120, 36).BytesPerPress(kit.Down, kit.Up); got > 32<<10 {
			t.Errorf("%q: a key press allocates %d bytes; a whole frame may take 64 KiB, and half is the shell's", arg, got)
		}
	}
}
