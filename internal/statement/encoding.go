package statement

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	utf16 "golang.org/x/text/encoding/unicode"
)

// foreign says which other kind of file data is, or "" for what may be text.
func foreign(data []byte) string {
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 4096)], []byte("\xef\xbb\xbf")), " \t\r\n\x00")
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
	case len(head) == 0 && len(bytes.Trim(data, " \t\r\n\x00\ufeff")) == 0, bytes.Equal(head, []byte("\xff\xfe")), bytes.Equal(head, []byte("\xfe\xff")):
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

// decode gives data as UTF-8 without NUL bytes, and the name of its encoding.
func decode(data []byte) ([]byte, string, error) {
	text, name := toUTF8(data)
	if bytes.IndexByte(text, 0) >= 0 { // padding of old systems
		if name == "utf-8" && binary(text) {
			return nil, "", notStatement("binary")
		}
		text = bytes.ReplaceAll(text, []byte{0}, nil)
	}
	return text, name, nil
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

func toUTF8(data []byte) ([]byte, string) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return data[3:], "utf-8-bom"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return transcode(data, utf16.UTF16(utf16.LittleEndian, utf16.UseBOM)), "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return transcode(data, utf16.UTF16(utf16.BigEndian, utf16.UseBOM)), "utf-16be"
	}
	// Digits, delimiters and line ends have a zero byte in UTF-16.
	var zeros [2]int
	head := data[:min(len(data), 4096)]
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1]*5 > len(head) && zeros[0]*20 < len(head):
		return transcode(data, utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)), "utf-16le"
	case zeros[0]*5 > len(head) && zeros[1]*20 < len(head):
		return transcode(data, utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)), "utf-16be"
	}
	if utf8.Valid(data) {
		return data, "utf-8"
	}
	return legacy(data)
}

// transcode never fails: what can't be decoded becomes U+FFFD.
func transcode(data []byte, e encoding.Encoding) []byte {
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(text, []byte("\ufffd"))
	}
	return text
}
