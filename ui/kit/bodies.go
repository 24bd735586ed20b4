package kit

// Failed is a body that could not be filled: what happened, what can be done,
// and the key that tries again. It takes at most h lines of w cells.
func Failed(e *Env, err error, retry string, w, h int) []string {
	say, hint := e.Fault(err)
	t := e.Theme
	lines := []string{t.Bad.Render(Cut(e.Text.T("kit.failed"), w)), ""}
	for _, s := range Wrap(say, min(w, 72)) {
		lines = append(lines, t.Text.Render(s))
	}
	for _, s := range Wrap(hint, min(w, 72)) {
		lines = append(lines, t.Quiet.Render(s))
	}
	if retry != "" {
		lines = append(lines, "", NewLine(w).Put(t.Key, KeyName(e.Text, retry)).Skip(2).Put(t.Quiet, e.Text.T("kit.retry")).String())
	}
	if mark := Mark(err); mark != "" {
		lines = append(lines, "", t.Quiet.Render(Cut(mark, w)))
	}
	return middle(lines, w, h)
}

// Loading is a body that is being read; blank until it takes longer than a moment.
func Loading(e *Env, l *Latest, w, h int) []string {
	if !l.Slow() {
		return nil
	}
	return middle([]string{e.Theme.Quiet.Render(Cut(e.Text.T("kit.loading"), w))}, w, h)
}

// Empty is a body with nothing to show: why, and what would change that.
func Empty(e *Env, say, hint string, w, h int) []string {
	t := e.Theme
	lines := []string{}
	for _, s := range Wrap(say, min(w, 72)) {
		lines = append(lines, t.Strong.Render(s))
	}
	for _, s := range Wrap(hint, min(w, 72)) {
		lines = append(lines, t.Quiet.Render(s))
	}
	return middle(lines, w, h)
}

// middle sets lines a third of the way down, as one block in the middle.
func middle(lines []string, w, h int) []string {
	wide := 0
	for _, s := range lines {
		wide = max(wide, Width(s))
	}
	left := spaces(max((w-wide)/2, 0))
	out := make([]string, 0, h)
	for range max((h-len(lines))/3, 0) {
		out = append(out, "")
	}
	for _, s := range lines {
		if s != "" {
			s = left + s
		}
		out = append(out, s)
	}
	return out[:min(len(out), max(h, 0))]
}
