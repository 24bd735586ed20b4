package history

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Fold is s as it is compared in searches: NFC, lower case, full-width forms
// narrow, half-width ones wide, and clustered consonants (ㄳ) apart.
func Fold(s string) string {
	if lowASCII(s) {
		return s
	}
	s = norm.NFC.String(s)
	return strings.Map(foldRune, clusters.Replace(s))
}

func lowASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

func foldRune(r rune) rune {
	if r >= utf8.RuneSelf && (r < 0xac00 || r > 0xd7a3) {
		if f := width.LookupRune(r).Folded(); f != 0 {
			r = f
		}
	}
	return unicode.ToLower(r)
}

// clusters takes apart the final clusters that a Korean input method makes of
// two initials typed in a row.
var clusters = strings.NewReplacer(
	"ㄳ", "ㄱㅅ", "ㄵ", "ㄴㅈ", "ㄶ", "ㄴㅎ", "ㄺ", "ㄹㄱ", "ㄻ", "ㄹㅁ", "ㄼ", "ㄹㅂ", "ㄽ", "ㄹㅅ", "ㄾ", "ㄹㅌ", "ㄿ", "ㄹㅍ", "ㅀ", "ㄹㅎ", "ㅄ", "ㅂㅅ",
)

// initials are the consonants that can open a syllable, in Unicode's order.
const initials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"

const (
	firstSyllable = 0xac00
	lastSyllable  = 0xd7a3
	finals        = 28      // no final and 27 finals
	perInitial    = 21 * 28 // syllables with one initial
)

// initialOf is the consonant that opens a syllable, or 0.
func initialOf(r rune) rune {
	if r < firstSyllable || r > lastSyllable {
		return 0
	}
	i := int(r-firstSyllable) / perInitial * len("ㄱ")
	c, _ := utf8.DecodeRuneInString(initials[i:])
	return c
}

func isInitial(r rune) bool { return r >= 'ㄱ' && r <= 'ㅎ' && strings.ContainsRune(initials, r) }

// isOpen reports a syllable without a final.
func isOpen(r rune) bool {
	return r >= firstSyllable && r <= lastSyllable && (r-firstSyllable)%finals == 0
}
