// Package ocra makes one-time codes that answer a question: RFC 6287, OCRA.
//
// A code under Confirm fits one question only, so it confirms the bytes whose
// hash the question is and nothing else ("plain signature", section 7.3).
// Other suites are understood because all vectors of the RFC's Appendix C are
// run as tests. The package computes; counting tries, single use and expiry
// are the platform's.
package ocra

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// Confirm is the suite that confirms acts: no counter and no time, because a
// nonce in the question, single use and the platform's clock stand for them.
// QA64 and not QH64: the RFC has no vector of QH, and the hexadecimal form of
// a SHA-256 is exactly 64 alphanumeric characters.
const Confirm = "OCRA-1:HOTP-SHA256-8:QA64"

// ErrSuite is a suite that the RFC does not allow or that asks for what is not
// made here: codes without truncation.
var ErrSuite = errors.New("ocra: no such suite")

// Suite says how codes are made: section 6.
type Suite struct {
	name    string
	hash    string // SHA1, SHA256 or SHA512
	digits  int
	counter bool
	format  byte // of the question: N decimal, A alphanumeric, H hexadecimal
	longest int  // question, in characters
	pin     string
	session int // bytes; 0: none
	step    time.Duration
}

// Parse reads the name of a suite.
func Parse(name string) (Suite, error) {
	s := Suite{name: name}
	parts := strings.Split(name, ":")
	if len(parts) != 3 || parts[0] != "OCRA-1" || !s.function(parts[1]) || !s.input(strings.Split(parts[2], "-")) {
		return Suite{}, ErrSuite
	}
	return s, nil
}

// String is the name of the suite.
func (s Suite) String() string { return s.name }

func (s *Suite) function(text string) bool {
	hash, digits, ok := strings.Cut(strings.TrimPrefix(text, "HOTP-"), "-")
	if !ok || !strings.HasPrefix(text, "HOTP-") || hashes[hash] == nil {
		return false
	}
	s.hash = hash
	// The RFC allows 10; 31 bits hold no ten free digits, so its first digit is 0, 1 or 2.
	s.digits, ok = number(digits, 4, 10)
	return ok && digits == strconv.Itoa(s.digits)
}

// input reads [C]-Qfxx-[Ph]-[Snnn]-[TG], in this order.
func (s *Suite) input(parts []string) bool {
	next := func(first byte) (string, bool) {
		if len(parts) == 0 || parts[0] == "" || parts[0][0] != first {
			return "", false
		}
		rest := parts[0][1:]
		parts = parts[1:]
		return rest, true
	}
	if rest, ok := next('C'); ok {
		if s.counter = true; rest != "" {
			return false
		}
	}
	rest, ok := next('Q')
	if !ok || len(rest) != 3 || !strings.ContainsRune("NAH", rune(rest[0])) {
		return false
	}
	s.format = rest[0]
	if s.longest, ok = number(rest[1:], 4, 64); !ok {
		return false
	}
	if rest, ok := next('P'); ok {
		if s.pin = rest; hashes[rest] == nil {
			return false
		}
	}
	if rest, ok := next('S'); ok {
		if s.session, ok = number(rest, 1, 512); !ok || len(rest) != 3 {
			return false
		}
	}
	if rest, ok := next('T'); ok && !s.granularity(rest) {
		return false
	}
	return len(parts) == 0
}

func (s *Suite) granularity(text string) bool {
	if text == "" {
		return false
	}
	digits, unit := text[:len(text)-1], text[len(text)-1]
	most, each := map[byte]int{'S': 59, 'M': 59, 'H': 48}[unit], map[byte]time.Duration{'S': time.Second, 'M': time.Minute, 'H': time.Hour}[unit]
	n, ok := number(digits, 1, most)
	s.step = time.Duration(n) * each
	return ok && digits == strconv.Itoa(n)
}

// number reads decimal digits, and nothing else, within bounds.
func number(text string, least, most int) (int, bool) {
	if text == "" || len(text) > 3 || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= least && n <= most
}
