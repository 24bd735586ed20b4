package replay

import (
	"errors"
	"image/color"
	"maps"
	"net/url"
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/session"
	"jandon/ui"
	"jandon/ui/kit"
)

// pack gives a message the form that is written; nil if it can't be.
func (r *Recorder) pack(t *ui.Tapped) any {
	switch m := t.Msg.(type) {
	case tea.WindowSizeMsg:
		return size{m.Width, m.Height}
	case tea.KeyPressMsg:
		return r.keyOf(m, t)
	case tea.PasteMsg:
		return r.pasteOf(m, t)
	case tea.MouseClickMsg:
		return click{m.X, m.Y, int(m.Button), int(m.Mod)}
	case tea.MouseWheelMsg:
		return wheel{m.X, m.Y, int(m.Button), int(m.Mod)}
	case tea.BackgroundColorMsg:
		return background{m.IsDark()}
	case tea.ColorProfileMsg:
		return colours{int(m.Profile)}
	case tea.ResumeMsg:
		return resume{}
	case kit.Visit:
		return visitOf(m)
	case kit.Leave:
		return leave{noticeOf(m.Say)}
	case kit.Notice:
		return noticeOf(m)
	case kit.Settled:
		return r.settledOf(m)
	default:
		return m
	}
}

// pasteOf is what is written of a paste; one into a secret field leaves nothing.
func (r *Recorder) pasteOf(m tea.PasteMsg, t *ui.Tapped) any {
	switch t.Moment {
	case ui.Command:
		return paste{[]rune(m.Content)}
	case ui.Vain:
		return paste{[]rune(r.vain(m.Content))}
	case ui.Typed:
		return paste{[]rune(r.typed(m.Content, t.Page))}
	}
	if t.Moment >= ui.Secret {
		r.red.Skip("secret pastes")
	}
	return paste{}
}

func noticeOf(n kit.Notice) notice {
	return notice{Level: n.Level, Text: n.Text, Err: fault.From(n.Err)}
}

func (n notice) message() kit.Notice {
	out := kit.Notice{Level: n.Level, Text: n.Text}
	if n.Err != nil { // a nil *fault.Error in an error is no nil
		out.Err = n.Err
	}
	return out
}

// settledOf writes the message within under its own kind.
func (r *Recorder) settledOf(m kit.Settled) any {
	kind, body, err := r.red.Encode(r.pack(&ui.Tapped{Msg: m.Msg}))
	if err != nil {
		return nil
	}
	return settled{Kind: kind, Body: body, Left: noticeOf(m.Left)}
}

// visitOf takes a visit's argument apart, so that the ids and names in it stay
// equal to those in messages.
func visitOf(v kit.Visit) visit {
	out := visit{Page: v.Page}
	args, err := url.ParseQuery(v.Arg)
	if err != nil || args.Encode() != v.Arg || v.Arg == "" || len(args) == 0 {
		out.Raw = v.Arg
		return out
	}
	for key, values := range args {
		switch {
		case len(values) != 1:
			return visit{Page: v.Page, Raw: v.Arg}
		case key == "find":
			q, err := history.ParseQuery(values[0], "")
			if err == nil && q.Format("") == values[0] {
				out.Find = &q
			} else {
				out.Text = sought(values[0])
			}
		case key == "week" || key == "day":
			put(&out.When, key, values[0])
		default:
			put(&out.Args, key, values[0])
		}
	}
	if len(args) == 1 && args.Get("") == "" && out.Find == nil && out.Text == "" && noValues(args) {
		return visit{Page: v.Page, Raw: v.Arg} // an id alone: it came out as a key without a value
	}
	return out
}

func noValues(args url.Values) bool {
	for _, v := range args {
		if v[0] != "" {
			return false
		}
	}
	return true
}

func put(m *map[string]string, key, value string) {
	if *m == nil {
		*m = map[string]string{}
	}
	(*m)[key] = value
}

func (v visit) message() kit.Visit {
	out := kit.Visit{Page: v.Page, Arg: v.Raw}
	if v.Raw != "" {
		return out
	}
	args := url.Values{}
	for _, from := range [...]map[string]string{v.Args, v.When} {
		for _, key := range slices.Sorted(maps.Keys(from)) {
			args.Set(key, from[key])
		}
	}
	switch {
	case v.Find != nil:
		args.Set("find", v.Find.Format(""))
	case v.Text != "":
		args.Set("find", string(v.Text))
	}
	out.Arg = args.Encode()
	return out
}

// The largest window that is replayed: what a file says beyond it would only
// take memory.
const mostW, mostH = 1000, 500

var errTwice = errors.New("replay: something settled within something settled")

// unpack makes the message that was recorded.
func unpack(reg *session.Registry, kind string, body []byte) (tea.Msg, error) {
	msg, err := reg.Decode(kind, body)
	if err != nil {
		return nil, err
	}
	switch m := msg.(type) {
	case size:
		return tea.WindowSizeMsg{Width: max(min(m.Width, mostW), 0), Height: max(min(m.Height, mostH), 0)}, nil
	case key:
		return m.message(), nil
	case paste:
		return tea.PasteMsg{Content: string(m.Text)}, nil
	case click:
		return tea.MouseClickMsg{X: m.X, Y: m.Y, Button: tea.MouseButton(m.Button), Mod: tea.KeyMod(m.Mod)}, nil
	case wheel:
		return tea.MouseWheelMsg{X: m.X, Y: m.Y, Button: tea.MouseButton(m.Button), Mod: tea.KeyMod(m.Mod)}, nil
	case background:
		if m.Dark {
			return tea.BackgroundColorMsg{Color: color.Black}, nil
		}
		return tea.BackgroundColorMsg{Color: color.White}, nil
	case colours:
		return tea.ColorProfileMsg{Profile: colorprofile.Profile(m.Profile)}, nil
	case resume:
		return tea.ResumeMsg{}, nil
	case visit:
		return m.message(), nil
	case leave:
		return kit.Leave{Say: m.Say.message()}, nil
	case notice:
		return m.message(), nil
	case settled:
		if m.Kind == kind { // nothing is settled twice, and nine thousand within one another took half a minute
			return nil, errTwice
		}
		inner, err := unpack(reg, m.Kind, m.Body)
		return kit.Settled{Msg: inner, Left: m.Left.message()}, err
	}
	return msg, nil
}
