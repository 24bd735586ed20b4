package main

import (
	"image/color"

	"github.com/boombuler/barcode/qr"

	"jandon/internal/fault"
	"jandon/keystore"
)

// quiet is the light border that readers need around a code, in modules
// (ISO/IEC 18004, section 9.1).
const quiet = 4

// qrCode draws a secret as a QR code for a terminal: two modules in a cell, the
// light ones drawn and the dark ones left, white on black whatever the
// terminal's colours are. Where there is no colour it is right on a dark
// background. The caller clears it.
func qrCode(s keystore.Secret) (drawn []byte, err error) {
	s.Expose(func(b []byte) {
		code, failed := qr.Encode(string(b), qr.L, qr.Auto) // takes a string; this copy can't be wiped
		if failed != nil {
			err = fault.Wrap(failed, fault.Internal)
			return
		}
		n := code.Bounds().Dx()
		light := func(x, y int) bool {
			return x < 0 || y < 0 || x >= n || y >= n || code.At(x, y) == color.White
		}
		for y := -quiet; y < n+quiet; y += 2 {
			drawn = append(drawn, "\x1b[97;40m"...)
			for x := -quiet; x < n+quiet; x++ {
				drawn = append(drawn, halves[light(x, y)][light(x, y+1) && y+1 < n+quiet]...)
			}
			drawn = append(drawn, "\x1b[0m\n"...)
		}
	})
	return drawn, err
}

// halves are a cell by whether its upper and its lower half are drawn.
var halves = map[bool]map[bool]string{
	false: {false: " ", true: "▄"}, true: {false: "▀", true: "█"},
}
