package searches

import (
	"net/url"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/saved"
	"jandon/ui/kit"
)

// arrange works the lines out anew.
func (p *Page) arrange() {
	if !p.Have && !p.naming.saving {
		p.Set()
		return
	}
	col := p.Column(0)
	col.Add(kit.Trouble(p.env, p.Err, col.W))
	if p.naming.open() {
		col.Add(p.named(&col))
		p.Set(col)
		p.Cols.List[0].Show(p.row, p.H)
		return
	}
	col.Add(p.question(col.W), p.list(col.W))
	p.Set(col)
	if p.Cols.Key == "" {
		p.Cols.Choose("search/" + p.back)
	}
	p.Cols.Begin()
}

func (p *Page) question(w int) kit.Lines {
	x := p.Asked()
	if x == nil {
		return nil
	}
	return append(p.Doubt(p.env.Text.F("searches.ask", "Name", x.Name), w), kit.Paragraph(p.env.Theme.Quiet, x.Query, w)...)
}

// list is each search in two lines: its name, and what it looks for.
func (p *Page) list(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	if len(p.Things) == 0 {
		return append(kit.Paragraph(t.Strong, text.T("searches.empty"), w), kit.Paragraph(t.Quiet, text.T("searches.empty_hint"), w)...)
	}
	var list kit.Lines
	for i := range p.Things {
		if i > 0 {
			list = append(list, kit.Gap())
		}
		x := &p.Things[i]
		head := kit.Titled("search/"+x.Name, w, kit.Span{Ink: t.Quiet}, kit.Span{Ink: t.Strong, Text: x.Name})
		head[0].Open = func() tea.Cmd { return open(x.Query) }
		list = append(append(list, head...), kit.Tails(kit.Paragraph(t.Quiet, x.Query, w))...)
	}
	return list
}

// open searches for what was saved.
func open(query string) tea.Cmd {
	return kit.Request(kit.Visit{Page: "history", Arg: url.Values{"find": {query}}.Encode()})
}

// named is the line for a name, with what it is the name of.
func (p *Page) named(col *kit.Scroll) kit.Lines {
	t, text, n, w := p.env.Theme, p.env.Text, p.naming, col.W
	title, query := text.T("searches.name_title"), n.query
	if n.from != "" {
		title = text.F("searches.rename_title", "Name", n.from)
		if x := p.Find(n.from); x != nil {
			query = x.Query
		}
	}
	list := append(kit.Paragraph(t.Strong, title, w), kit.Paragraph(t.Quiet, "/ "+query, w)...)
	list = append(list, kit.Gap())
	if p.row = len(list); len(col.Items) > 0 {
		p.row += len(col.Items) + 1
	}
	label := text.T("searches.name")
	p.indent = kit.Width(label) + 2
	p.field.Resize(max(w-p.indent, 1))
	view, ink := p.field.View(), t.Strong
	if view == "" {
		view, ink = kit.Cut(n.suggest, max(w-p.indent, 0)), t.Quiet
	}
	list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
		s.Put(t.Accent, label+"  ")
		s.Put(ink, view)
	}}, kit.Gap())
	other, taken := saved.Find(p.Things, p.name())
	switch {
	case taken && n.saving && other.Query != n.query:
		list = append(list, kit.Paragraph(t.Warn, text.F("searches.replaces", "Query", other.Query), w)...)
	case taken && n.from != "" && !saved.Same(other.Name, n.from):
		list = append(list, kit.Paragraph(t.Warn, text.T("searches.taken"), w)...)
	case p.field.Value() == "":
		list = append(list, kit.Paragraph(t.Quiet, text.T("searches.name_hint"), w)...)
	}
	return list
}
