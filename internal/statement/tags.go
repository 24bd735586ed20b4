package statement

import (
	"bytes"
	"html"
	"strings"
)

// maxLeaf is the longest text of a tag that is believed: the longest field of
// OFX has 255 characters.
const maxLeaf = 16 << 10

// longestTag is how long a tag may be; what is longer is text.
const longestTag = 256

// tagScanner reads tags with the text behind them, in SGML, where leaves need
// not be closed, and in XML alike.
type tagScanner struct {
	*text
	at   int // in text.data
	line int // of at

	name    string // upper case
	content string // up to the next tag
	close   bool
	number  int    // the line that the tag begins on
	tag     []byte // as it stands, with its text
	shown   []byte // what stands between mark and the tag
	since   []byte // and with it
}

// mark begins what is shown with the tag that was just read.
func (t *tagScanner) mark() { t.since = append(t.since[:0], t.tag...) }

func (t *tagScanner) next() bool {
	for {
		i := t.find("<")
		if i < 0 {
			return false
		}
		t.forward(i)
		t.number, t.tag, t.shown = t.line, t.tag[:0], t.since
		t.hold(longestTag)
		rest := t.data[t.at:]
		if bytes.HasPrefix(rest, []byte("<!--")) {
			if !t.past("-->") {
				return false
			}
			continue
		}
		if bytes.HasPrefix(rest, []byte("<?")) {
			if !t.past("?>") {
				return false
			}
			continue
		}
		end := bytes.IndexByte(rest[:min(len(rest), longestTag)], '>')
		if end < 0 { // no tag is that long
			t.forward(1)
			continue
		}
		name := rest[1:end]
		t.close = len(name) > 0 && name[0] == '/'
		name = bytes.TrimPrefix(name, []byte("/"))
		empty := bytes.HasSuffix(name, []byte("/"))
		if k := bytes.IndexAny(name, " \t\r\n/"); k >= 0 {
			name = name[:k]
		}
		t.name, t.content = strings.ToUpper(string(name)), ""
		t.forward(end + 1)
		if !t.close && !empty {
			t.content = t.leaf()
		}
		if t.name != "" {
			return t.err == nil
		}
	}
}

// leaf is the text up to the next tag. A lone < within a text, which SGML
// writers forget to escape, is one if no name follows it.
func (t *tagScanner) leaf() string {
	t.hold(maxLeaf)
	rest := t.data[t.at:]
	rest = rest[:min(len(rest), maxLeaf)]
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

// find goes to where a mark stands and gives its distance; what is passed on
// the way is let go of. Less than 0: there is none.
func (t *tagScanner) find(mark string) int {
	for {
		if i := bytes.Index(t.data[t.at:], []byte(mark)); i >= 0 {
			return i
		}
		if t.done {
			return -1
		}
		t.forward(max(0, len(t.data)-t.at-len(mark)+1)) // it may begin in what is held
		t.move()
	}
}

func (t *tagScanner) past(mark string) bool {
	i := t.find(mark)
	if i < 0 {
		return false
	}
	t.forward(i + len(mark))
	return true
}

func (t *tagScanner) forward(n int) {
	passed := t.data[t.at : t.at+n]
	t.line += bytes.Count(passed, []byte("\n"))
	t.tag, t.since = excerpt(t.tag, passed), excerpt(t.since, passed)
	t.at += n
}

// hold reads on until n bytes behind t.at are there, or the end.
func (t *tagScanner) hold(n int) {
	for len(t.data)-t.at < n && !t.done {
		t.move()
	}
}

func (t *tagScanner) move() {
	t.more(t.at)
	t.at = 0
}

// maxDoctype is how far from the beginning one is looked for.
const maxDoctype = 64 << 10

// doctype reports a document type, which is where XML defines entities.
func doctype(text []byte) bool {
	head := bytes.ToUpper(text[:min(len(text), maxDoctype)])
	return bytes.Contains(head, []byte("<!DOCTYPE")) || bytes.Contains(head, []byte("<!ENTITY"))
}
