package cashout

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/kit"
)

// The page's own intents.
const (
	doAll      kit.Intent = "all"
	doMore     kit.Intent = "more"
	doLess     kit.Intent = "less"
	doClear    kit.Intent = "clear"
	doAccept   kit.Intent = "accept"
	doAmount   kit.Intent = "amount"
	doQuote    kit.Intent = "quote"
	doSplit    kit.Intent = "split"
	doBroker   kit.Intent = "broker"
	doLink     kit.Intent = "link"
	doBegun    kit.Intent = "begun"
	doFill     kit.Intent = "fill"
	doLeaveOut kit.Intent = "leave_out"
	doBest     kit.Intent = "best"
	doYes      kit.Intent = "yes"
	doNo       kit.Intent = "no"
	doAnew     kit.Intent = "anew"
	doCheck    kit.Intent = "check"
	doActs     kit.Intent = "acts"
	doPayee    kit.Intent = "payee"
	doAuto     kit.Intent = "auto"
)

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	switch {
	case p.wallet == nil:
		return []kit.Binding{
			{Intent: kit.Retry, Keys: []string{"r"}, Label: "kit.retry"},
			{Intent: doAll, Keys: []string{"a", "m"}, Label: "cashout.key.all", Off: p.offAll()},
		}
	case !p.bid.over():
		return p.bidKeys()
	case p.empty():
		return []kit.Binding{
			{Intent: kit.Retry, Keys: []string{"r"}, Label: "kit.retry"},
			{Intent: doAll, Keys: []string{"a", "m"}, Label: "cashout.key.all", Off: p.offAll()},
			p.begunKey(),
		}
	case p.panel == onSplit:
		return p.splitKeys()
	case p.panel == onBroker:
		return append([]kit.Binding{
			{Intent: kit.Back, Keys: []string{"esc", "c"}, Label: "cashout.key.close"},
			{Intent: kit.Left, Keys: []string{"left", "-"}, Show: "← →", Label: "cashout.key.times"},
			{Intent: kit.Right, Keys: []string{"right", "+", "="}, Label: "cashout.key.times_more", Quiet: true},
		}, p.scrolls()...)
	default:
		return p.mainKeys()
	}
}

// mainKeys are those of the amount and of the options below it.
func (p *Page) mainKeys() []kit.Binding {
	nothing := ""
	if p.amount == 0 {
		nothing = "cashout.key.no_amount"
	}
	list := []kit.Binding{}
	if p.typing {
		list = append(list,
			kit.Binding{Intent: doAccept, Keys: []string{"enter", "down", "tab"}, Label: "cashout.key.accept"},
			kit.Binding{Intent: doAll, Keys: []string{"a", "m"}, Label: "cashout.key.all", Off: p.offAll()},
			kit.Binding{Intent: doClear, Keys: []string{"esc"}, Label: map[bool]string{true: "cashout.key.clear", false: "cashout.key.leave"}[p.amount > 0]},
			kit.Binding{Intent: doMore, Keys: []string{"+", "="}, Label: "cashout.key.more"},
			kit.Binding{Intent: doLess, Keys: []string{"-", "_"}, Label: "cashout.key.less", Quiet: true},
		)
	} else {
		list = append(list,
			kit.Binding{Intent: doQuote, Keys: []string{"enter"}, Label: "cashout.key.quote", Off: p.offQuote()},
			kit.Binding{Intent: doAmount, Keys: []string{"t", "backspace"}, Label: "cashout.key.amount"},
			kit.Binding{Intent: doAll, Keys: []string{"a"}, Label: "cashout.key.all", Off: p.offAll(), Quiet: true},
			kit.Binding{Intent: doMore, Keys: []string{"+", "="}, Label: "cashout.key.more", Quiet: true},
			kit.Binding{Intent: doLess, Keys: []string{"-", "_"}, Label: "cashout.key.less", Quiet: true},
		)
	}
	split := nothing
	if split == "" && (p.pre.out == nil || len(p.rows()) == 0) {
		split = "cashout.key.no_preview"
	}
	unlinked := ""
	if p.unlinked() == "" {
		unlinked = "cashout.key.all_linked"
	}
	list = append(list,
		kit.Binding{Intent: doSplit, Keys: []string{"e"}, Label: "cashout.key.split", Off: split},
		p.payeeKey(),
		kit.Binding{Intent: doLink, Keys: []string{"l"}, Label: "cashout.key.link", Off: unlinked},
		kit.Binding{Intent: doBroker, Keys: []string{"c"}, Label: "cashout.key.broker", Off: nothing},
		kit.Binding{Intent: doBest, Keys: []string{"b"}, Label: "cashout.key.best", Off: p.offBest(), Quiet: true},
		kit.Binding{Intent: doAuto, Keys: []string{"u"}, Label: "cashout.key.auto", Quiet: true},
		p.begunKey(),
		kit.Binding{Intent: kit.Retry, Keys: []string{"r"}, Label: "kit.retry", Quiet: p.knowErr == nil && p.holdErr == nil},
		kit.Binding{Intent: kit.Left, Keys: []string{"left"}, Label: "cashout.key.previous", Quiet: true},
		kit.Binding{Intent: kit.Right, Keys: []string{"right"}, Label: "cashout.key.next", Quiet: true},
	)
	return append(list, p.scrolls()...)
}

// begunKey leads to what was begun here.
func (p *Page) begunKey() kit.Binding {
	b := kit.Binding{Intent: doBegun, Keys: []string{"o"}, Label: "cashout.key.begun"}
	if p.begun == nil {
		b.Off = "cashout.key.none_begun"
	}
	return b
}

// payeeKey pays another of several destinations. Where there is one it is not named.
func (p *Page) payeeKey() kit.Binding {
	b := kit.Binding{Intent: doPayee, Keys: []string{"p"}, Label: "cashout.key.payee"}
	if len(p.several()) == 0 {
		b.Off, b.Quiet = "cashout.key.one_payee", true
	}
	return b
}

// scrolls are the keys that move.
func (p *Page) scrolls() []kit.Binding {
	var list []kit.Binding
	for _, b := range kit.Moves(!p.Typing()) {
		switch {
		case b.Intent == kit.Left || b.Intent == kit.Right:
		case p.Typing() && (b.Intent == kit.Top || b.Intent == kit.Bottom):
		default:
			list = append(list, b)
		}
	}
	return list
}

func (p *Page) splitKeys() []kit.Binding {
	if p.filling {
		return []kit.Binding{
			{Intent: doAccept, Keys: []string{"enter", "esc", "tab"}, Label: "cashout.key.set"},
			{Intent: doMore, Keys: []string{"+", "="}, Show: "+ -", Label: "cashout.key.step"},
			{Intent: doLess, Keys: []string{"-", "_"}, Label: "cashout.key.step_less", Quiet: true},
			{Intent: doFill, Keys: []string{"m"}, Label: "cashout.key.fill"},
			{Intent: kit.Down, Keys: []string{"down"}, Label: "kit.key.down", Quiet: true},
			{Intent: kit.Up, Keys: []string{"up"}, Label: "kit.key.up", Quiet: true},
		}
	}
	leave := "cashout.key.leave_out"
	if p.without[p.book.Rails[p.row].ID] {
		leave = "cashout.key.take_in"
	}
	return append([]kit.Binding{
		{Intent: kit.Open, Keys: []string{"enter"}, Label: "cashout.key.type"},
		{Intent: doMore, Keys: []string{"+", "=", "right"}, Show: "+ -", Label: "cashout.key.step"},
		{Intent: doLess, Keys: []string{"-", "_", "left"}, Label: "cashout.key.step_less", Quiet: true},
		{Intent: doFill, Keys: []string{"m"}, Label: "cashout.key.fill"},
		{Intent: doLeaveOut, Keys: []string{"x"}, Label: leave},
		p.payeeKey(),
		{Intent: doBest, Keys: []string{"b"}, Label: "cashout.key.best", Off: p.offBest()},
		{Intent: kit.Back, Keys: []string{"esc", "e"}, Label: "cashout.key.close"},
	}, p.scrolls()...)
}

func (p *Page) bidKeys() []kit.Binding {
	var list []kit.Binding
	switch p.bid.stage {
	case offered:
		off := ""
		if p.env.Hidden {
			off = "cashout.ask_hidden"
		}
		list = []kit.Binding{
			{Intent: doYes, Keys: []string{"y"}, Label: "cashout.key.yes", Off: off},
			{Intent: doNo, Keys: []string{"n", "esc"}, Label: "cashout.key.no"},
		}
		if no := &list[1]; p.guard.Armed() { // an Enter that asked for the quote twice does not drop it
			no.Keys = append(no.Keys, "enter")
		}
	case expired:
		list = []kit.Binding{
			{Intent: doAnew, Keys: []string{"r"}, Label: "cashout.key.anew"},
			{Intent: doNo, Keys: []string{"esc", "n"}, Label: "cashout.key.close"},
		}
	case unknown:
		list = []kit.Binding{
			{Intent: doCheck, Keys: []string{"r"}, Label: "cashout.key.check"},
			{Intent: doActs, Keys: []string{"o"}, Label: "cashout.key.acts"},
		}
	}
	return append(list, p.scrolls()...)
}

// offQuote says why no quote can be asked for now.
func (p *Page) offQuote() string {
	o := p.option()
	switch {
	case p.amount == 0:
		return "cashout.key.no_amount"
	case p.limits != nil && p.limits.Paused.After(p.env.Now):
		return "cashout.key.paused"
	case o == nil:
		return "cashout.key.no_way"
	case o.hand && p.handBad():
		return "cashout.key.bad_split"
	case o.plan.Out().Minor == 0:
		return "cashout.key.no_way"
	case p.exceeds(o):
		return "cashout.key.over_total"
	}
	return ""
}

// leeway is what all ways together may take now.
func (p *Page) leeway() (most int64, known bool) {
	if p.limits == nil {
		return 0, false
	}
	return p.limits.Leeway()
}

// exceeds reports whether an option takes more than that.
func (p *Page) exceeds(o *option) bool {
	most, known := p.leeway()
	return known && o != nil && o.plan.Amount.Minor-o.plan.Rest.Minor > most
}

func (p *Page) offAll() string {
	switch {
	case !p.known() && (p.holdErr != nil || p.knowErr != nil):
		return "cashout.key.not_read"
	case !p.known():
		return "cashout.key.reading"
	case p.ground.held == 0:
		return "cashout.key.nothing_held"
	}
	return ""
}

func (p *Page) offBest() string {
	if p.hand == nil && len(p.without) == 0 {
		return "cashout.key.is_best"
	}
	return ""
}

// press takes a key while an amount is being typed: digits edit it, what a
// binding names is done.
func (p *Page) press(ctx context.Context, msg tea.KeyPressMsg) tea.Cmd {
	if !p.Typing() {
		return nil
	}
	if b, ok := kit.Match(p.Keys(), kit.Fold(msg)); ok {
		if b.Off != "" {
			return kit.Request(kit.Notice{Level: kit.Warning, Text: p.env.Text.T(b.Off)})
		}
		return p.do(ctx, b.Intent)
	}
	if p.filling {
		return p.fillPress(msg)
	}
	to, changed, full := p.figured(func() (figure, bool, bool) { return p.amount.edit(msg, p.anew) })
	switch {
	case full:
		return p.tooMuch()
	case changed:
		p.set(to)
	}
	return nil
}

// Spares reports whether a key means nothing to an amount.
func (p *Page) Spares(msg tea.KeyPressMsg) bool {
	if _, ok := kit.Match(p.Keys(), kit.Fold(msg)); ok {
		return false
	}
	_, changed, full := figure(0).edit(msg, false)
	return !changed && !full
}

// paste takes an amount in one piece, as it is written somewhere.
func (p *Page) paste(text string) tea.Cmd {
	if text == "" || !p.Typing() {
		return nil
	}
	to, ok, _ := p.figured(func() (figure, bool, bool) {
		to, ok := figure(0).push(text)
		return to, ok, false
	})
	switch {
	case !ok:
		return kit.Request(kit.Notice{Level: kit.Warning, Text: p.env.Text.T("cashout.no_number")})
	case p.filling:
		p.put(to)
	default:
		p.set(to)
	}
	return nil
}

func (p *Page) tooMuch() tea.Cmd {
	return kit.Request(kit.Notice{Level: kit.Warning, Text: p.env.Text.T("cashout.too_much")})
}

// set takes another amount.
func (p *Page) set(to figure) {
	p.anew = false
	if p.amount != to {
		p.amount = to
		p.lower.Top, p.side.Top = 0, 0 // what is told of it begins above
		p.changed()
	}
}

// hear takes what came of a quote and of beginning an act.
func (p *Page) hear(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case quoteAnswer:
		return p.quoted(msg)
	case actAnswer:
		return p.started(ctx, msg)
	case actsAnswer:
		return p.checked(msg)
	case Second:
		return p.second(msg)
	case Check:
		if p.bid != nil && p.bid.stage == unknown && msg.Run == p.bid.run {
			return p.check(ctx)
		}
	case kit.Armed:
		p.guard.Take(msg)
	case kit.StayedLocked:
		p.hesitate()
	case kit.Locked:
		p.hesitate()
		p.guard.Drop()
	case kit.Unlocked:
		switch {
		case p.bid != nil && p.bid.yes && p.bid.stage == offered:
			return p.begin(ctx)
		case p.Asking():
			return p.guard.Show()
		case p.bid != nil && p.bid.stage == unknown:
			return p.check(ctx)
		case p.refusal != nil && p.refusal.Code == fault.StepUpRequired && p.offQuote() == "":
			return p.seek(ctx)
		}
	}
	return nil
}
