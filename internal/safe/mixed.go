package safe

import "unicode"

// alphabets are the scripts whose letters pass for one another. Hangul, Han
// and kana look like nothing here, so a word may well mix them with Latin.
var alphabets = []*unicode.RangeTable{
	unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic,
	unicode.Lisu, unicode.Deseret, unicode.Georgian,
	mathematical,
}

// mathematical letters are Latin and Greek ones in disguise: 𝐩 𝓅 𝚙.
var mathematical = &unicode.RangeTable{R32: []unicode.Range32{{Lo: 0x1d400, Hi: 0x1d7ff, Stride: 1}}}

// Mixed reports whether a word of s mixes alphabets that look alike, as in
// "Рaypal" with a Cyrillic Р (UTS #39, mixed-script confusables). Words of
// different scripts beside one another are common and are not reported.
func Mixed(s string) bool {
	first := -1
	for _, r := range s {
		if r < 0x80 && !asciiLetter(r) || !unicode.In(r, unicode.L, unicode.M, unicode.N) {
			first = -1
			continue
		}
		a := alphabet(r)
		if a < 0 {
			continue
		}
		if first >= 0 && first != a {
			return true
		}
		first = a
	}
	return false
}

func asciiLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' }

func alphabet(r rune) int {
	if r < 0x80 {
		if r >= '0' && r <= '9' {
			return -1
		}
		return 0
	}
	for i, t := range alphabets {
		if unicode.Is(t, r) {
			return i
		}
	}
	return -1
}
