package statement

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxDepth bounds how deep an XML statement may be nested: CAMT's deepest
// element stands at 16.
const maxDepth = 64

// element is a part of an XML document by local names, so that namespaces and
// their versions don't matter.
type element struct {
	name string
	text string
	ccy  string // attribute Ccy
	kids []*element
}

// at follows a path of names to the first such element; nil if there is none.
func (e *element) at(path ...string) *element {
	for _, name := range path {
		if e == nil {
			return nil
		}
		var next *element
		for _, k := range e.kids {
			if k.name == name {
				next = k
				break
			}
		}
		e = next
	}
	return e
}

// str is the text at a path.
func (e *element) str(path ...string) string {
	if f := e.at(path...); f != nil {
		return f.text
	}
	return ""
}

// all gives every child of a name.
func (e *element) all(name string) []*element {
	var list []*element
	if e != nil {
		for _, k := range e.kids {
			if k.name == name {
				list = append(list, k)
			}
		}
	}
	return list
}

// brokenXML says why a document can't be read.
func brokenXML(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF") {
		return notStatement("cut_off")
	}
	if strings.Contains(err.Error(), "entity") {
		return notStatement("entities")
	}
	return notStatement("damaged")
}

// tree reads an element whose beginning was read.
func tree(d *xml.Decoder, start xml.StartElement, depth int) (*element, error) {
	if depth > maxDepth {
		return nil, notStatement("deep")
	}
	e := &element{name: start.Name.Local}
	for _, a := range start.Attr {
		if a.Name.Local == "Ccy" {
			e.ccy = a.Value
		}
	}
	var text strings.Builder
	for {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil, notStatement("cut_off")
		case err != nil:
			return nil, brokenXML(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			k, err := tree(d, t, depth+1)
			if err != nil {
				return nil, err
			}
			e.kids = append(e.kids, k)
		case xml.CharData:
			if text.Len() < maxLeaf {
				text.Write(t)
			}
		case xml.EndElement:
			e.text = strings.TrimSpace(text.String())
			return e, nil
		}
	}
}
