package statement

import (
	"errors"
	"math"
)

// table is a source of delimited text, and how it is to be read.
type table struct {
	text     script
	encoding string
	layout   *layout
	surveyed bool // all of its lines have been looked at
	plain    bool // it is UTF-8 as it stands, as far as its beginning tells …
	skip     int  // … but for a mark before it
}

// openCSV looks for a table in delimited text.
func openCSV(in *source, o Options) (form, error) {
	head, err := in.head(4096)
	if err != nil {
		return nil, err
	}
	if why := foreign(head, false); why != "" {
		return nil, notStatement(why)
	}
	all, err := in.look()
	if err != nil {
		return nil, err
	}
	if !all.filled {
		return nil, notStatement("empty")
	}
	text, encoding, err := in.decodeTable(o.Rules)
	if err != nil {
		return nil, err
	}
	return openTable(text, encoding, all.head, o)
}

// openPlain looks for a table by the beginning of a file alone, where that is
// plain UTF-8; nil if it is not, or if nothing was found.
func openPlain(in *source, o Options) (*table, error) {
	head, err := in.head(maxJudged)
	if err != nil {
		return nil, err
	}
	begin := newSense()
	begin.add(head)
	if int64(len(head)) == in.size {
		begin.end()
	}
	c := begin.coding()
	if !begin.valid || begin.zeros || c.enc != nil || o.Rules != nil && o.Rules.Encoding != "" || foreign(head, !begin.filled) != "" {
		return nil, nil
	}
	t, err := openTable(in.script(c), c.name, head, o)
	var why notStatement
	switch {
	case errors.As(err, &why):
		return nil, nil // whoever looks at all of it says so
	case err != nil:
		return nil, err
	}
	if t.plain, t.skip = true, c.skip; t.layout.body > int64(len(head)-t.skip) {
		return nil, nil // what was judged ends before the table begins
	}
	return t, nil
}

// openTable finds out how a text is to be read.
func openTable(text script, encoding string, head []byte, o Options) (*table, error) {
	if (encoding == "utf-8" || encoding == "windows-1252") && binary(head) {
		return nil, notStatement("binary")
	}
	l, err := layoutOf(text, o)
	return &table{text: text, encoding: encoding, layout: l}, err
}

// survey looks at all lines, because one further down contradicts what the
// first ones left open.
func (t *table) survey(o Options) error {
	err := t.layout.survey(t.text, o, 0)
	t.layout.ruled(o.Rules)
	t.surveyed = true
	return err
}

func (t *table) detected(d *Detected) {
	t.layout.detected(d)
	d.Encoding = t.encoding
}

func (t *table) read(c *collector) error {
	t.detected(&c.res.Detected)
	return t.lines(c)
}

// lines gives the lines to the collector.
func (t *table) lines(c *collector) error {
	r := newReader(t, c)
	if err := r.preamble(); err != nil {
		return err
	}
	if k, ok := c.sink.(*keeper); ok {
		k.expect(r.estimate())
	}
	err := r.rows(math.MaxInt64)
	if errors.Is(err, errSurvey) {
		c.in.expect(2)
		if err := t.survey(c.o); err != nil {
			return err
		}
		return errAgain
	}
	return err
}
