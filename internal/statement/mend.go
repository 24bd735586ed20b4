package statement

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// healer puts one U+FFFD in place of each run of bytes that are no UTF-8, as
// bytes.ToValidUTF8 does.
type healer struct{ inRun bool }

// Reset forgets where it stands.
func (h *healer) Reset() { h.inRun = false }

// Transform heals a piece.
func (h *healer) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, n := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && n == 1 {
			if !atEOF && !utf8.FullRune(src[nSrc:]) {
				return nDst, nSrc, transform.ErrShortSrc
			}
			if !h.inRun {
				if nDst+3 > len(dst) {
					return nDst, nSrc, transform.ErrShortDst
				}
				nDst += copy(dst[nDst:], "\ufffd")
			}
			h.inRun = true
			nSrc++
			continue
		}
		if nDst+n > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += copy(dst[nDst:], src[nSrc:nSrc+n])
		nSrc += n
		h.inRun = false
	}
	return nDst, nSrc, nil
}

// unpadded leaves NUL bytes out.
type unpadded struct{ in io.Reader }

func (u unpadded) Read(b []byte) (int, error) {
	n, err := u.in.Read(b)
	at := bytes.IndexByte(b[:n], 0)
	if at < 0 {
		return n, err
	}
	for _, c := range b[at:n] {
		if c != 0 {
			b[at] = c
			at++
		}
	}
	return at, err
}
