package statement

import (
	"bytes"
	"io"

	"golang.org/x/text/encoding"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// foreign says which other kind of file one is that begins with head, or ""
// for what may be text; blank says that all of it is.
func foreign(head []byte, blank bool) string {
	head = bytes.TrimLeft(bytes.TrimPrefix(head[:min(len(head), 4096)], []byte("\xef\xbb\xbf")), " \t\r\n\x00")
	lower := bytes.ToLower(head[:min(len(head), 256)])
	for _, m := range []struct{ magic, why string }{
		{"PK\x03\x04", "zip"}, {"PK\x05\x06", "zip"}, {"%PDF", "pdf"}, {"\xd0\xcf\x11\xe0", "xls"}, {"\x1f\x8b", "gzip"},
		{"\x89PNG", "binary"}, {"\xff\xd8\xff", "binary"}, {"\x7fELF", "binary"}, {"SQLite format 3", "binary"},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.why
		}
	}
	switch {
	case blank, bytes.Equal(head, []byte("\xff\xfe")), bytes.Equal(head, []byte("\xfe\xff")):
		return "empty"
	case bytes.HasPrefix(lower, []byte("<?xml")):
		return "xml"
	case bytes.HasPrefix(lower, []byte("<")):
		return "html"
	case bytes.HasPrefix(lower, []byte("{")), bytes.HasPrefix(lower, []byte("[")) && bytes.ContainsAny(lower, "{}"):
		return "json"
	}
	return ""
}

// coding is how bytes become text.
type coding struct {
	name string
	skip int               // bytes of a mark before the text
	enc  encoding.Encoding // nil: it is UTF-8
	heal bool              // damaged
	zero bool              // it may have NUL bytes, which go
}

// coding judges by marks, by zeros, by validity, and by language.
func (s *sense) coding() coding {
	le, be := utf16.LittleEndian, utf16.BigEndian
	switch {
	case bytes.HasPrefix(s.head, []byte("\xef\xbb\xbf")):
		return coding{name: "utf-8-bom", skip: 3, zero: s.zeros}
	case bytes.HasPrefix(s.head, []byte("\xff\xfe")):
		return coding{name: "utf-16le", enc: utf16.UTF16(le, utf16.UseBOM), zero: true}
	case bytes.HasPrefix(s.head, []byte("\xfe\xff")):
		return coding{name: "utf-16be", enc: utf16.UTF16(be, utf16.UseBOM), zero: true}
	}
	// Digits, delimiters and line ends have a zero byte in UTF-16.
	var zeros [2]int
	head := s.head[:min(len(s.head), 4096)]
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1]*5 > len(head) && zeros[0]*20 < len(head):
		return coding{name: "utf-16le", enc: utf16.UTF16(le, utf16.IgnoreBOM), zero: true}
	case zeros[0]*5 > len(head) && zeros[1]*20 < len(head):
		return coding{name: "utf-16be", enc: utf16.UTF16(be, utf16.IgnoreBOM), zero: true}
	case s.valid:
		return coding{name: "utf-8", zero: s.zeros}
	case s.broken*10 <= s.high:
		return coding{name: "utf-8", heal: true, zero: s.zeros}
	}
	name := legacy(s.head)
	return coding{name: name, enc: encodings[name], zero: true}
}

// all decodes bytes that are all there.
func (c coding) all(data []byte) []byte {
	data = data[c.skip:]
	switch {
	case c.enc != nil:
		data = transcode(data, c.enc)
	case c.heal:
		data = bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	if c.zero && bytes.IndexByte(data, 0) >= 0 { // padding of old systems
		data = bytes.ReplaceAll(data, []byte{0}, nil)
	}
	return data
}

// reader decodes bytes as they come; in stands behind what is skipped.
func (c coding) reader(in io.Reader) io.Reader {
	switch {
	case c.enc != nil:
		in = transform.NewReader(in, c.enc.NewDecoder())
	case c.heal:
		in = transform.NewReader(in, &healer{})
	}
	if c.zero {
		in = unpadded{in}
	}
	return in
}

// script is the source's text in a coding.
func (s *source) script(c coding) script {
	if s.whole != nil {
		return written(c.all(s.whole))
	}
	if c.enc == nil && !c.heal && !c.zero {
		return func(from int64) *text {
			return &text{in: s.from(int64(c.skip) + from), base: from, room: s.block}
		}
	}
	return streamed(func() io.Reader { return c.reader(s.from(int64(c.skip))) }, s.block)
}

// decode gives the text without NUL bytes, and the name of its encoding.
func (s *source) decode() (script, string, error) {
	all, err := s.look()
	if err != nil {
		return nil, "", err
	}
	c := all.coding()
	if all.zeros && c.name == "utf-8" && binary(all.head) {
		return nil, "", notStatement("binary")
	}
	return s.script(c), c.name, nil
}

// binary reports control characters that no text has, at more than one in a
// hundred; NUL padding alone is none.
func binary(data []byte) bool {
	head, odd := data[:min(len(data), 64<<10)], 0
	for _, b := range head {
		if b < ' ' && b != 0 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1a {
			odd++
		}
	}
	return odd*100 > len(head)
}

// transcode never fails: what can't be decoded becomes U+FFFD.
func transcode(data []byte, e encoding.Encoding) []byte {
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(text, []byte("\ufffd"))
	}
	return text
}
