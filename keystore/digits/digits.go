// Package digits reads numbers that a person types: PINs and codes.
//
// Korean and Japanese input methods type full-width digits, so that what looks
// like 284751 is other characters. Compatibility forms are folded (NFKC)
// before anything is compared or hashed; digits of other scripts are not
// digits here, because nobody's keyboard makes them by accident.
package digits

import (
	"bytes"

	"golang.org/x/text/unicode/norm"

	"jandon/keystore/secret"
)

// longest is far more than any PIN or code in bytes; it bounds the work.
const longest = 256

// Plain is what was typed as ASCII digits; ok is false if anything else is in
// it. Spaces around and between groups are dropped, as in "1234 5678".
func Plain(typed secret.Secret) (plain secret.Secret, ok bool) {
	typed.Expose(func(b []byte) {
		if len(b) == 0 || len(b) > longest {
			return
		}
		folded := norm.NFKC.Append(make([]byte, 0, 4*len(b)), b...) // Bytes would lend b itself, which must stay as it is
		defer clear(folded)
		out := make([]byte, 0, len(folded))
		defer func() { clear(out) }()
		for _, c := range bytes.TrimSpace(folded) {
			switch {
			case c >= '0' && c <= '9':
				out = append(out, c)
			case c != ' ':
				return
			}
		}
		if ok = len(out) > 0; ok {
			plain = secret.New(out)
		}
	})
	return plain, ok
}
