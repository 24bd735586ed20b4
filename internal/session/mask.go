package session

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	mathrand "math/rand/v2"
	"strings"
	"unicode"
)

// mask makes pseudonyms. Its key is made for one recording and never written,
// so that equal names are equal within a file and say nothing across files.
type mask struct {
	key    []byte
	factor int64
	known  map[string]string
}

// factors are what amounts may be multiplied by. A whole factor is the only map
// that keeps every sum, difference and share exact; it may add a digit.
const leastFactor, mostFactor = 2, 9

func newMask(keep bool) *mask {
	m := &mask{key: make([]byte, 32), factor: 1, known: map[string]string{}}
	_, _ = rand.Read(m.key) // never fails
	if !keep {
		m.factor = leastFactor + int64(m.stream("factor").IntN(mostFactor-leastFactor+1))
	}
	return m
}

// amount is n times the factor; what would not fit stays at the edge.
func (m *mask) amount(n int64) int64 {
	abs := uint64(n)
	if n < 0 {
		abs = -abs
	}
	high, low := bits.Mul64(abs, uint64(m.factor))
	if high != 0 || low > 1<<63-1 {
		low = 1<<63 - 1
	}
	if n < 0 {
		return -int64(low)
	}
	return int64(low)
}

// text is another text of the same shape, word by word, so that a word is the
// same wherever it stands: a search finds what it found.
func (m *mask) text(s string) string {
	var out strings.Builder
	for {
		n := strings.IndexByte(s, ' ')
		if n < 0 {
			out.WriteString(m.word(s))
			return out.String()
		}
		out.WriteString(m.word(s[:n]))
		out.WriteByte(' ')
		s = s[n+1:]
	}
}

// word is another word: letters of the same script, case and width, digits, and
// all else as it was. Words that differ in case alone become such words.
func (m *mask) word(s string) string {
	if p, ok := m.known[s]; ok {
		return p
	}
	from := m.stream("text\x00" + strings.ToLower(s))
	out := make([]rune, 0, len(s))
	for _, r := range s {
		out = append(out, another(r, from))
	}
	p := string(out)
	if len(m.known) < knownMost {
		m.known[s] = p
	}
	return p
}

// knownMost bounds the memory of a long recording.
const knownMost = 1 << 16

// stream is the chance that belongs to a text, the same each time.
func (m *mask) stream(of string) *mathrand.Rand {
	h := hmac.New(sha256.New, m.key)
	h.Write([]byte(of))
	sum := h.Sum(nil)
	return mathrand.New(mathrand.NewPCG(binary.LittleEndian.Uint64(sum), binary.LittleEndian.Uint64(sum[8:]))) //nolint:gosec // seeded by the MAC
}

// syllables are common in Korean names, so that a masked screen reads like one.
var syllables = []rune("가나다라마바사아자차하강고구기김도동두로리무미민박보부산새서선소송수시신안양영오우원유윤은이인장재정조주지진창천최태하한해현호홍희")

// another is a letter that takes the place of r.
func another(r rune, from *mathrand.Rand) rune {
	switch {
	case r >= '0' && r <= '9':
		return '0' + rune(from.IntN(10))
	case r >= 'a' && r <= 'z':
		return 'a' + rune(from.IntN(26))
	case r >= 'A' && r <= 'Z':
		return 'A' + rune(from.IntN(26))
	case r >= '가' && r <= '힣':
		return syllables[from.IntN(len(syllables))]
	case r >= 'ㄱ' && r <= 'ㅎ':
		return 'ㄱ' + rune(from.IntN('ㅎ'-'ㄱ'+1))
	case r >= 'ㅏ' && r <= 'ㅣ':
		return 'ㅏ' + rune(from.IntN('ㅣ'-'ㅏ'+1))
	case r >= 'ぁ' && r <= 'ゖ':
		return 'ぁ' + rune(from.IntN('ゖ'-'ぁ'+1))
	case r >= 'ァ' && r <= 'ヺ':
		return 'ァ' + rune(from.IntN('ヺ'-'ァ'+1))
	case unicode.Is(unicode.Han, r) && r >= 0x4e00 && r <= 0x9fff:
		return 0x4e00 + rune(from.IntN(0x5000))
	case unicode.IsUpper(r):
		return 'А' + rune(from.IntN(32)) // one cell, as other letters with a case are
	case unicode.IsLower(r):
		return 'а' + rune(from.IntN(32))
	case unicode.IsDigit(r):
		return '0' + rune(from.IntN(10))
	case unicode.IsLetter(r):
		return '·'
	}
	return r
}
