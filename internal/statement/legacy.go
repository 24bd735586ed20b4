package statement

import "unicode/utf8"

// maxJudged is how much of a text is looked at: 256 KiB hold thousands of names.
const maxJudged = 256 << 10

// legacy tells the encodings of one byte or two from each other by how well
// the bytes fit what each language writes. EUC-KR is a part of CP949, GB2312
// and GBK of GB18030.
func legacy(head []byte) string {
	best, most := "windows-1252", fitLatin(head)
	for _, c := range []struct {
		name string
		fit  func([]byte) int
	}{{"shift-jis", fitJapanese}, {"gb18030", fitChinese}, {"cp949", fitKorean}} {
		if n := c.fit(head); n > most || n == most && c.name == "cp949" {
			best, most = c.name, n
		}
	}
	return best
}

// score is the mean of what the characters beyond ASCII are worth, from -1000
// to 1000.
type score struct{ sum, n int }

func (s *score) add(worth int) { s.sum, s.n = s.sum+worth, s.n+1 }

func (s *score) mean() int {
	if s.n == 0 {
		return 0
	}
	return s.sum / s.n
}

// pairs goes through the characters beyond ASCII of an encoding of two bytes.
// worth judges lead and trail; 0, 0 asks for a single byte.
func pairs(data []byte, single func(byte) (int, bool), worth func(lead, trail byte) int) int {
	var s score
	for i := 0; i < len(data); i++ {
		b := data[i]
		if b < utf8.RuneSelf {
			continue
		}
		if w, ok := single(b); ok {
			s.add(w)
			continue
		}
		if i+1 == len(data) {
			break
		}
		s.add(worth(b, data[i+1]))
		if data[i+1] >= 0x40 { // else a line end or a delimiter stands there
			i++
		}
	}
	return s.mean()
}

func never(byte) (int, bool) { return 0, false }

// fitKorean: the 2,350 syllables of KS X 1001 (leads B0–C8) are nearly all
// that is written; the further ones of CP949 occur, hanja seldom do.
func fitKorean(data []byte) int {
	return pairs(data, never, func(lead, trail byte) int {
		full := trail >= 0xa1 && trail <= 0xfe
		switch {
		case lead >= 0xb0 && lead <= 0xc8 && full:
			return 1000
		case lead >= 0xa1 && lead <= 0xac && full: // signs, letters of full width, jamo
			return 500
		case lead >= 0x81 && lead <= 0xc6 && (trail >= 0x41 && trail <= 0x5a || trail >= 0x61 && trail <= 0x7a || trail >= 0x81 && trail <= 0xfe):
			return 100
		case lead >= 0xca && lead <= 0xfd && full:
			return -500
		}
		return -1000
	})
}

// fitJapanese: kana of full width, kanji of the first level, katakana of half
// width, which banks use for names.
func fitJapanese(data []byte) int {
	single := func(b byte) (int, bool) {
		return 300, b >= 0xa1 && b <= 0xdf
	}
	return pairs(data, single, func(lead, trail byte) int {
		valid := trail >= 0x40 && trail <= 0xfc && trail != 0x7f
		switch {
		case !valid:
			return -1000
		case lead == 0x82 && trail >= 0x9f && trail <= 0xf1, lead == 0x83 && trail <= 0x96:
			return 1000
		case lead >= 0x88 && lead <= 0x97:
			return 800
		case lead >= 0x81 && lead <= 0x84:
			return 500
		case lead >= 0x98 && lead <= 0x9f, lead >= 0xe0 && lead <= 0xea, lead >= 0xed && lead <= 0xef, lead >= 0xfa && lead <= 0xfc:
			return 0
		}
		return -1000
	})
}

// fitChinese: the first level of GB 2312 (leads B0–D7), of which Korean bytes
// fill only a part; where they fill no more, the text is Korean.
func fitChinese(data []byte) int {
	beyond, all := 0, 0
	mean := pairs(data, never, func(lead, trail byte) int {
		full := trail >= 0xa1 && trail <= 0xfe
		if lead >= 0xb0 && lead <= 0xd7 && full {
			if all++; lead > 0xc8 {
				beyond++
			}
			return 1000
		}
		switch {
		case lead >= 0xa1 && lead <= 0xa9 && full:
			return 500
		case lead >= 0xd8 && lead <= 0xf7 && full:
			return 200
		case lead >= 0x81 && lead <= 0xfe && (trail >= 0x40 && trail != 0x7f && trail != 0xff || trail >= '0' && trail <= '9'):
			return -200
		}
		return -1000
	})
	if all > 0 && beyond*8 < all { // a third of what is written in Chinese
		return mean - 700
	}
	return mean
}

// fitLatin: letters beyond ASCII stand alone among ASCII ones.
func fitLatin(data []byte) int {
	var s score
	for i := 0; i < len(data); i++ {
		if data[i] < utf8.RuneSelf {
			continue
		}
		n := 1
		for i+n < len(data) && data[i+n] >= utf8.RuneSelf {
			n++
		}
		for _, b := range data[i : i+n] {
			switch {
			case b == 0x81 || b == 0x8d || b == 0x8f || b == 0x90 || b == 0x9d: // not assigned
				s.add(-1000)
			case n == 1:
				s.add(1000)
			case n == 2:
				s.add(200)
			default:
				s.add(-500)
			}
		}
		i += n - 1
	}
	return s.mean()
}
