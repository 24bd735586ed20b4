package i18n

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Josa is a word followed by the Korean particle that fits it: Josa("커피", "을/를")
// is 커피를, Josa("쿠폰", "을/를") is 쿠폰을. The form for a final consonant comes
// first. With 으로/로 a final ㄹ takes 로 (서울로). After digits and Latin letters
// the reading decides: 3을, 2를, PASS를; an amount ends in its currency, wherever
// its sign stands: ₩1,302이 is read 천삼백이 원이.
func Josa(word, forms string) string { return word + particle(word, forms) }

func particle(word, forms string) string {
	closed, open, ok := strings.Cut(forms, "/")
	if !ok {
		return forms
	}
	switch final := ending(word); {
	case final == endOpen:
		return open
	case final == endL && strings.HasPrefix(closed, "으"):
		return open
	default:
		return closed
	}
}

type final uint8

const (
	endOpen final = iota
	endL
	endClosed
)

// digitEnds says how 영 일 이 삼 사 오 육 칠 팔 구 end.
var digitEnds = [10]final{endClosed, endL, endOpen, endClosed, endOpen, endOpen, endClosed, endL, endL, endOpen}

// signEnds says how 원, 달러, 유로, 엔 and 파운드 end.
var signEnds = map[string]final{"₩": endClosed, "$": endOpen, "€": endOpen, "¥": endClosed, "£": endOpen}

// ending looks at the last letter or digit: closing brackets and signs are not read.
func ending(word string) final {
	if word != "" && strings.Trim(word, "*") == "" { // an amount of won that is hidden
		return endClosed
	}
	for sign, end := range signEnds {
		if amount, ok := strings.CutPrefix(strings.TrimLeft(word, "-+−"), sign); ok && strings.Trim(amount, "0123456789,.") == "" {
			return end
		}
	}
	for len(word) > 0 {
		r, n := utf8.DecodeLastRuneInString(word)
		word = word[:len(word)-n]
		switch {
		case r >= '가' && r <= '힣':
			switch (r - '가') % 28 {
			case 0:
				return endOpen
			case 8:
				return endL
			}
			return endClosed
		case r >= '0' && r <= '9':
			return digitEnds[r-'0'] // 영, 십, 백, 천, 만, 억: every reading of a last 0 is closed
		case r < utf8.RuneSelf && unicode.IsLetter(r):
			return latin(unicode.ToLower(r))
		case unicode.IsLetter(r):
			return endOpen
		}
	}
	return endOpen
}

// latin goes by how a word ending in the letter is usually read in Korean:
// b, c, g, k, l, m, n, p and t close (북, 웹, 넷), the others take a vowel.
func latin(r rune) final {
	switch r {
	case 'l':
		return endL
	case 'm', 'n', 'b', 'k', 'p', 't', 'c', 'g':
		return endClosed
	}
	return endOpen
}
