package statement

import (
	"bytes"
	"html"
	"strings"
)

// maxLeaf is the longest text of a tag that is believed: the longest field of
// OFX has 255 characters.
const maxLeaf = 16 << 10

// tagScanner reads tags with the text behind them, in SGML, where leaves need
// not be closed, and in XML alike.
type tagScanner struct {
	data []byte
	at   int
	line int // of at

	name  string // upper case
	text  string // up to the next tag
	close bool
	start int
}

func (t *tagScanner) next() bool {
	for {
		i := bytes.IndexByte(t.data[t.at:], '<')
		if i < 0 {
			return false
		}
		t.forward(i)
		t.start = t.at
		if bytes.HasPrefix(t.data[t.at:], []byte("<!--")) {
			if !t.past("-->") {
				return false
			}
			continue
		}
		if bytes.HasPrefix(t.data[t.at:], []byte("<?")) {
			if !t.past("?>") {
				return false
			}
			continue
		}
		end := bytes.IndexByte(t.data[t.at:min(len(t.data), t.at+256)], '>')
		if end < 0 { // no tag is that long
			t.forward(1)
			continue
		}
		name := t.data[t.at+1 : t.at+end]
		t.forward(end + 1)
		t.close = len(name) > 0 && name[0] == '/'
		name = bytes.TrimPrefix(name, []byte("/"))
		empty := bytes.HasSuffix(name, []byte("/"))
		if k := bytes.IndexAny(name, " \t\r\n/"); k >= 0 {
			name = name[:k]
		}
		t.name, t.text = strings.ToUpper(string(name)), ""
		if !t.close && !empty {
			t.text = t.content()
		}
		return t.name != "" || t.next()
	}
}

// content is the text up to the next tag. A lone < within a text, which SGML
// writers forget to escape, is one if no name follows it.
func (t *tagScanner) content() string {
	rest := t.data[t.at:min(len(t.data), t.at+maxLeaf)]
	if bytes.HasPrefix(rest, []byte("<![CDATA[")) {
		if end := bytes.Index(rest, []byte("]]>")); end >= 0 {
			return strings.TrimSpace(string(rest[9:end]))
		}
	}
	end := 0
	for end < len(rest) {
		k := bytes.IndexByte(rest[end:], '<')
		if k < 0 {
			end = len(rest)
			break
		}
		if end += k; end+1 >= len(rest) || tagBegins(rest[end+1]) {
			break
		}
		end++
	}
	s := strings.TrimSpace(string(rest[:end]))
	t.forward(end)
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return s
}

func tagBegins(b byte) bool {
	return b == '/' || b == '!' || b == '?' || b|0x20 >= 'a' && b|0x20 <= 'z'
}

func (t *tagScanner) past(mark string) bool {
	i := bytes.Index(t.data[t.at:], []byte(mark))
	if i < 0 {
		return false
	}
	t.forward(i + len(mark))
	return true
}

func (t *tagScanner) forward(n int) {
	t.line += bytes.Count(t.data[t.at:t.at+n], []byte("\n"))
	t.at += n
}

// doctype reports a document type, which is where XML defines entities.
func doctype(text []byte) bool {
	head := bytes.ToUpper(text[:min(len(text), 64<<10)])
	return bytes.Contains(head, []byte("<!DOCTYPE")) || bytes.Contains(head, []byte("<!ENTITY"))
}
