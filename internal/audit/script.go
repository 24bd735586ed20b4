package audit

import "strings"

// A merchant printed now in Hangul, now in Latin letters is found by its
// consonants: 스타 노트 and STAR NOTE both leave S T N T. Classes of consonants
// that Korean does not tell apart when it borrows words share a letter.

var (
	initials = [19]byte{'K', 'K', 'N', 'T', 'T', 'L', 'M', 'P', 'P', 'S', 'S', 0, 'S', 'S', 'S', 'K', 'T', 'P', 'H'}
	finals   = [28]byte{0, 'K', 'K', 'K', 'N', 'N', 'N', 'T', 'L', 'K', 'M', 'P', 'T', 'T', 'P', 'L', 'M', 'P', 'P', 'T', 'T', 'N', 'T', 'T', 'K', 'T', 'P', 'T'}
)

// skeleton gives the consonants of a key and whether it has Hangul and Latin letters.
func skeleton(key string) (bones string, hangul, latin bool) {
	var b []byte
	add := func(c byte) {
		if c != 0 && (len(b) == 0 || b[len(b)-1] != c) {
			b = append(b, c)
		}
	}
	var run []byte
	flush := func() {
		if hangul && len(run) <= 3 && len(run) > 0 { // letters named one by one: TV is 티비
			for _, c := range run {
				for _, bone := range letterNames[c] {
					b = append(b, byte(bone))
				}
			}
			run = run[:0]
			return
		}
		for _, c := range latinBones(string(run)) {
			b = append(b, byte(c))
		}
		run = run[:0]
	}
	for _, r := range key {
		if r >= 0xAC00 && r <= 0xD7A3 {
			hangul = true
			break
		}
	}
	vowel := true // whether a vowel stood since the last consonant: keeps 스스 as SS
	for _, r := range key {
		switch {
		case r >= 0xAC00 && r <= 0xD7A3:
			flush()
			s := int(r - 0xAC00)
			ini, fin := initials[s/588], finals[s%28]
			if ini != 0 && vowel {
				b = append(b, ini)
			} else {
				add(ini)
			}
			vowel = fin == 0
			if fin != 0 {
				b = append(b, fin)
			}
		case r < 0x80:
			latin = true
			run = append(run, byte(r))
		}
	}
	flush()
	return string(b), hangul, latin
}

// letterNames are the consonants of the Korean names of Latin letters: 비, 씨, 디 …
var letterNames = map[byte]string{
	'B': "P", 'C': "S", 'D': "T", 'F': "PL", 'G': "S", 'H': "S", 'J': "S", 'K': "K", 'L': "L", 'M': "M", 'N': "N",
	'P': "P", 'Q': "K", 'R': "L", 'S': "S", 'T': "T", 'V': "P", 'W': "TPL", 'X': "KS", 'Z': "S",
}

var latinDigraphs = strings.NewReplacer("PH", "F", "GH", "", "CK", "K", "SH", "S", "CH", "C", "TH", "T", "WH", "W", "CE", "SE", "CI", "SI", "CY", "SY", "X", "KS", "QU", "K", "ALK", "AK")

// latinBones gives the consonant classes of Latin letters as Korean hears them.
func latinBones(s string) string {
	s = latinDigraphs.Replace(s)
	var b []byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		if i > 0 && s[i-1] == c {
			continue
		}
		switch c {
		case 'B', 'F', 'P', 'V':
			c = 'P'
		case 'C', 'G', 'K', 'Q':
			c = 'K'
		case 'D', 'T':
			c = 'T'
		case 'J', 'S', 'Z':
			c = 'S'
		case 'R':
			if !sounded(s, i) {
				continue
			}
			c = 'L'
		case 'H':
			if i > 0 && !isVowel(s[i-1]) {
				continue
			}
		case 'L', 'M', 'N':
		default:
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

// sounded reports whether the R at i is heard: before a vowel that is not a silent final E.
func sounded(s string, i int) bool {
	if i+1 >= len(s) || !isVowel(s[i+1]) {
		return false
	}
	return s[i+1] != 'E' || i+2 < len(s) && s[i+2] != 'S' && isVowel(s[i+2]) || i == 0 || !isVowel(s[i-1])
}

func isVowel(c byte) bool { return strings.IndexByte("AEIOUY", c) >= 0 }

// oneEdit reports whether a and b differ by at most one inserted, dropped or changed letter.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
