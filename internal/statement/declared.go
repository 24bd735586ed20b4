package statement

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf16 "golang.org/x/text/encoding/unicode"
)

// encodings are those that files and rules name, by our word for them.
var encodings = map[string]encoding.Encoding{
	"cp949": korean.EUCKR, "shift-jis": japanese.ShiftJIS, "euc-jp": japanese.EUCJP, "gb18030": simplifiedchinese.GB18030, "big5": traditionalchinese.Big5,
	"windows-1252": charmap.Windows1252, "iso-8859-1": charmap.ISO8859_1, "iso-8859-15": charmap.ISO8859_15, "windows-1250": charmap.Windows1250,
	"windows-1251": charmap.Windows1251, "iso-8859-2": charmap.ISO8859_2,
	"utf-16le": utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM), "utf-16be": utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM),
}

// aliases are other words for them, without marks.
var aliases = map[string]string{
	"1252": "windows-1252", "cp1252": "windows-1252", "windows1252": "windows-1252", "88591": "iso-8859-1", "iso88591": "iso-8859-1", "latin1": "iso-8859-1",
	"iso885915": "iso-8859-15", "latin9": "iso-8859-15", "1250": "windows-1250", "cp1250": "windows-1250", "windows1250": "windows-1250",
	"1251": "windows-1251", "cp1251": "windows-1251", "windows1251": "windows-1251", "iso88592": "iso-8859-2",
	"949": "cp949", "cp949": "cp949", "uhc": "cp949", "euckr": "cp949", "ksc5601": "cp949", "ksc56011987": "cp949", "ms949": "cp949", "51949": "cp949",
	"932": "shift-jis", "cp932": "shift-jis", "sjis": "shift-jis", "shiftjis": "shift-jis", "windows31j": "shift-jis", "ms932": "shift-jis", "eucjp": "euc-jp",
	"936": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "950": "big5", "big5": "big5",
	"utf8": "utf-8", "65001": "utf-8", "unicode": "utf-8", "usascii": "utf-8", "ascii": "utf-8", "utf16": "utf-16le", "utf16le": "utf-16le", "utf16be": "utf-16be",
}

// encodingNamed finds our word for an encoding that a file or a rule names.
func encodingNamed(name string) (string, bool) {
	plain := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(name)))
	w, ok := aliases[plain]
	return w, ok
}

// declaration is the word that stands behind a key and a mark in a head, such
// as UTF-8 in encoding="UTF-8" or 1252 in CHARSET:1252.
func declaration(head []byte, key string) string {
	lower := bytes.Clone(head) // ToLower would change the length of what is no UTF-8
	for i, b := range lower {
		if b >= 'A' && b <= 'Z' {
			lower[i] = b | 0x20
		}
	}
	for from := 0; ; {
		i := bytes.Index(lower[from:], []byte(key))
		if i < 0 {
			return ""
		}
		from += i + len(key)
		rest := bytes.TrimLeft(head[from:], " \t\r\n:=\"'")
		if len(rest) == len(head[from:]) { // part of another word
			continue
		}
		n := 0
		for n < len(rest) && (rest[n] >= '0' && rest[n] <= '9' || rest[n]|0x20 >= 'a' && rest[n]|0x20 <= 'z' || rest[n] == '-' || rest[n] == '_' || rest[n] == '.') {
			n++
		}
		return string(rest[:n])
	}
}

// declared decodes by the encoding that the file names, unless the bytes belie
// it: what is valid UTF-8 is UTF-8, and a byte order mark says more than a word.
func (s *source) declared(names ...string) (script, string, error) {
	all, err := s.look()
	if err != nil {
		return nil, "", err
	}
	if all.valid || bytes.HasPrefix(all.head, []byte("\xff\xfe")) || bytes.HasPrefix(all.head, []byte("\xfe\xff")) {
		return s.decode()
	}
	for _, name := range names {
		word, ok := encodingNamed(name)
		if !ok {
			continue
		}
		if e := encodings[word]; e != nil && !strings.HasPrefix(word, "utf-16") {
			return s.script(coding{name: word, enc: e, zero: true}), word, nil
		}
	}
	return s.decode()
}

// decodeOFX decodes by the header of OFX 1 or the declaration of XML.
func (s *source) decodeOFX() (script, string, error) {
	head, err := s.head(1024)
	if err != nil {
		return nil, "", err
	}
	names := []string{declaration(head, "charset"), declaration(head, "encoding")}
	if strings.EqualFold(names[0], "none") || strings.EqualFold(names[1], "utf-8") || strings.EqualFold(names[1], "unicode") {
		names[0] = ""
	}
	return s.declared(names...)
}

// decodeTable decodes by what the rules say, else by what the bytes do.
func (s *source) decodeTable(r *Rules) (script, string, error) {
	if r == nil || r.Encoding == "" || encodings[r.Encoding] == nil {
		return s.decode()
	}
	return s.script(coding{name: r.Encoding, enc: encodings[r.Encoding], zero: true}), r.Encoding, nil
}
