package replay

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui"
	"jandon/ui/acts"
	"jandon/ui/auto"
	"jandon/ui/cashout"
	"jandon/ui/confirm"
	"jandon/ui/destinations"
	"jandon/ui/devices"
	"jandon/ui/disputes"
	"jandon/ui/enrol"
	"jandon/ui/kit"
	"jandon/ui/limits"
)

// canary is part of every text that a bank makes up, and canaryWon is every
// amount: neither may be in a file.
const (
	canary    = "Kanarie"
	canaryWon = 7_654_321
	canaryPIN = "918273"
	// canaryCode is what a confirmation sends.
	canaryCode = "60718294"
)

// bank answers everything at random, with canaries in every text.
type bank struct {
	chance *rand.Rand
	now    func() time.Time
	fails  bool
	pins   int // that it was shown
}

// made is anything of a type.
func made[T any](b *bank) (out T, err error) {
	if b.fails && b.chance.IntN(4) == 0 {
		codes := []fault.Code{fault.Unreachable, fault.UnknownOutcome, fault.StepUpRequired, fault.QuoteExpired, fault.OverLimit, fault.WrongCode, fault.Canceled}
		return out, &fault.Error{
			Code: codes[b.chance.IntN(len(codes))], Args: map[string]string{"url": "http://" + b.text(), "until": "2026-11-22T10:00:00+09:00", "limit": b.text()},
			Correlation: "00000000000000c1",
		}
	}
	b.fill(reflect.ValueOf(&out).Elem(), 0)
	return out, nil
}

func (b *bank) text() string {
	return fmt.Sprintf("%s%03d 카나리%d", canary, b.chance.IntN(1000), b.chance.IntN(100))
}

// words are texts that must be one of some.
var wordsOf = map[reflect.Type][]string{
	reflect.TypeFor[act.State]():       {string(act.Waiting), string(act.Review), string(act.Going), string(act.Done), string(act.Partly), string(act.Lapsed)},
	reflect.TypeFor[act.Need]():        {string(act.NeedNone), string(act.NeedCode), string(act.NeedPIN), string(act.NeedReview)},
	reflect.TypeFor[act.Action]():      {string(act.Cashout), string(act.AddDestination), string(act.Resume)},
	reflect.TypeFor[act.LegState]():    {string(act.LegWaiting), string(act.LegGoing), string(act.LegDone), string(act.LegReturned)},
	reflect.TypeFor[act.AutoState]():   {string(act.AutoOff), string(act.AutoOn), string(act.AutoStopped)},
	reflect.TypeFor[act.Every]():       {string(act.EveryWeek), string(act.EveryMonth)},
	reflect.TypeFor[act.Level]():       {"normal", "careful"},
	reflect.TypeFor[act.DeviceState](): {"active"},
	reflect.TypeFor[money.Currency]():  {"KRW"},
}

// fieldsOf are the same by the names of fields.
var fieldsOf = map[string][]string{
	"Rail": {"bank_transfer", "bank_instant"}, "FeeName": {""}, "Failure": {"account_closed"}, "PausedWhy": {"", "word of a newer platform"},
}

func (b *bank) fill(v reflect.Value, depth int) {
	switch at := v.Addr().Interface().(type) {
	case *time.Time:
		*at = b.now().Add(time.Duration(b.chance.IntN(240)-60) * time.Second).Truncate(time.Second)
		return
	case *money.Amount:
		*at = money.Won(canaryWon)
		return
	case *wallet.Kind:
		*at = wallet.Kind(b.chance.IntN(5))
		return
	case *valuepath.Text:
		return
	}
	if list := wordsOf[v.Type()]; list != nil {
		v.SetString(list[b.chance.IntN(len(list))])
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(b.text())
	case reflect.Bool:
		v.SetBool(b.chance.IntN(2) == 0)
	case reflect.Int, reflect.Int64, reflect.Int32:
		v.SetInt(int64(b.chance.IntN(4)))
	case reflect.Uint8:
		v.SetUint(uint64(b.chance.IntN(3)))
	case reflect.Pointer:
		if depth < 4 && b.chance.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			b.fill(v.Elem(), depth+1)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1+b.chance.IntN(2), 4))
		for i := range v.Len() {
			b.fill(v.Index(i), depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		b.fill(key, depth+1)
		b.fill(value, depth+1)
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			if list := fieldsOf[v.Type().Field(i).Name]; list != nil && v.Field(i).Kind() == reflect.String {
				v.Field(i).SetString(list[b.chance.IntN(len(list))])
			} else if v.Field(i).CanSet() {
				b.fill(v.Field(i), depth+1)
			}
		}
	}
}

func (b *bank) Wallet(context.Context) (wallet.Wallet, error)      { return made[wallet.Wallet](b) }
func (b *bank) Acts(context.Context, string) (act.Page, error)     { return made[act.Page](b) }
func (b *bank) Act(context.Context, string) (act.Act, error)       { return made[act.Act](b) }
func (b *bank) Cancel(context.Context, string) (act.Act, error)    { return made[act.Act](b) }
func (b *bank) Recover(context.Context) ([]act.Act, error)         { return made[[]act.Act](b) }
func (b *bank) Limits(context.Context) (act.Limits, error)         { return made[act.Limits](b) }
func (b *bank) Pause(context.Context) (act.Limits, error)          { return made[act.Limits](b) }
func (b *bank) Resume(context.Context) (act.Act, error)            { return made[act.Act](b) }
func (b *bank) Devices(context.Context) ([]act.Device, error)      { return made[[]act.Device](b) }
func (b *bank) RevokeDevice(context.Context, string) error         { return nil }
func (b *bank) RenameDevice(context.Context, string, string) error { return nil }
func (b *bank) UnlinkDestination(context.Context, string) error    { return nil }
func (b *bank) SetLevel(context.Context, act.Level) (act.Act, error) {
	return made[act.Act](b)
}
func (b *bank) Destinations(context.Context) ([]act.Destination, error) {
	return made[[]act.Destination](b)
}
func (b *bank) LinkDestination(context.Context, string, string, string) (act.Act, error) {
	return made[act.Act](b)
}
func (b *bank) SetAuto(context.Context, act.Terms) (act.Act, error) { return made[act.Act](b) }
func (b *bank) StopAuto(ctx context.Context) (act.Auto, error)      { return b.Auto(ctx) }
func (b *bank) WouldGo(context.Context, act.Terms) (auto.Going, error) {
	return made[auto.Going](b)
}

// Auto is as a platform tells of it: nothing is on without terms.
func (b *bank) Auto(context.Context) (act.Auto, error) {
	a, err := made[act.Auto](b)
	if a.Terms == nil {
		a.State = act.AutoOff
	}
	return a, err
}
func (b *bank) Start(context.Context, act.Quote, int) (act.Act, error) { return made[act.Act](b) }

// Means knows a wallet that value can leave.
func (b *bank) Means(context.Context) (act.Limits, error) {
	l, err := made[act.Limits](b)
	book, _ := valuepath.Shipped()
	l.Version, l.Zone, l.Tier, l.Verified, l.Paused = book.Version, "Asia/Seoul", valuepath.TierSettled, true, time.Time{}
	l.Linked = map[string]bool{"bank_transfer": true, "bank_instant": true}
	return l, err
}

// Kept are the same.
func (b *bank) Kept(ctx context.Context) (act.Limits, error) { return b.Means(ctx) }

// Quote has as many payees as legs.
func (b *bank) Quote(_ context.Context, a act.Ask) (act.Quote, error) {
	q, err := made[act.Quote](b)
	q.Amount, q.At = a.Amount, b.now()
	q.Expires = q.At.Add(time.Minute)
	for i := range q.Offers {
		q.Offers[i].Payees = make([]act.Payee, len(q.Offers[i].Plan.Legs))
		for n := range q.Offers[i].Payees {
			b.fill(reflect.ValueOf(&q.Offers[i].Payees[n]).Elem(), 0)
		}
	}
	return q, err
}

// Question asks for what it was asked to.
func (b *bank) Question(_ context.Context, id string) (act.Question, error) {
	q, err := made[act.Question](b)
	q.Act, q.At = id, b.now()
	q.Expires = q.At.Add(time.Minute)
	return q, err
}

// Confirm looks at the PIN as the client does.
func (b *bank) Confirm(_ context.Context, _ string, pin kit.PIN, sent kit.Sent) (act.Act, error) {
	b.see(pin)
	sent.Fill([]byte(canaryCode))
	return made[act.Act](b)
}

func (b *bank) see(pin kit.PIN) { pin.Expose(func(d []byte) { b.pins += len(d) }) }

// Unlock opens half of the time.
func (b *bank) Unlock(_ context.Context, pin kit.PIN) error {
	b.see(pin)
	if b.chance.IntN(2) == 0 {
		return fault.New(fault.WrongCode)
	}
	return nil
}

func (b *bank) Reach(context.Context, string) (enrol.Platform, error) { return made[enrol.Platform](b) }
func (b *bank) Begin(context.Context, string, string) (enrol.Left, error) {
	return made[enrol.Left](b)
}
func (b *bank) Left(context.Context) (enrol.Left, error)     { return made[enrol.Left](b) }
func (b *bank) Continue(context.Context) (enrol.Left, error) { return made[enrol.Left](b) }
func (b *bank) Abandon(context.Context) error                { return nil }
func (b *bank) Keep(context.Context, enrol.Left) error       { return nil }
func (b *bank) Activate(context.Context, string) error       { return nil }
func (b *bank) Seal(_ context.Context, p kit.PIN) error      { b.see(p); return nil }
func (b *bank) Finish(_ context.Context, p kit.PIN) error    { b.see(p); return nil }

// Sync brings news half of the time.
func (b *bank) Sync(_ context.Context, progress func(done, total int)) (ui.Freshness, bool, error) {
	progress(3, 10)
	if b.chance.IntN(3) == 0 {
		return ui.Freshness{Offline: true}, false, fault.New(fault.Unreachable, "url", b.text())
	}
	return ui.Freshness{At: b.now()}, b.chance.IntN(2) == 0, nil
}

func (b *bank) Disputes(context.Context) ([]wallet.Dispute, error) { return made[[]wallet.Dispute](b) }
func (b *bank) Transaction(context.Context, string) (wallet.Transaction, error) {
	return made[wallet.Transaction](b)
}
func (b *bank) Dispute(context.Context, wallet.DisputeAsk) (wallet.Dispute, error) {
	return made[wallet.Dispute](b)
}
func (b *bank) Withdraw(context.Context, string) (wallet.Dispute, error) {
	return made[wallet.Dispute](b)
}

// banked is a shell over the everyday scenario and a bank, with every page.
func banked(t testing.TB, l *live, b *bank) ui.Options {
	t.Helper()
	o := everyday(t, l, "ko")
	b.now = func() time.Time { return l.now }
	book, err := valuepath.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	var linked []string
	for _, r := range book.Rails {
		if r.Destination {
			linked = append(linked, r.ID)
		}
	}
	o.Source, o.Sync, o.Unlock, o.DemoPIN = canary+" source", b, b.Unlock, canaryPIN
	o.Touch = func(context.Context) kit.Touch {
		return []kit.Touch{"matched", "no_match", "none", "timed_out"}[b.chance.IntN(4)]
	}
	o.UnlockBy = func(ctx context.Context, _ kit.Way, code kit.PIN) error { return b.Unlock(ctx, code) }
	o.Notices = []kit.Notice{{Level: kit.Warning, Text: canary + " notice"}}
	o.Pages = append(o.Pages,
		ui.Maker{Name: "cashout", Label: "cashout.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page { return cashout.New(env, book, b) }},
		ui.Maker{Name: "acts", Label: "acts.title", Tab: true, Make: func(env *kit.Env, id string) kit.Page { return acts.New(env, b, id) }},
		ui.Maker{Name: "disputes", Label: "disputes.title", Make: func(env *kit.Env, arg string) kit.Page { return disputes.New(env, b, b, arg) }},
		ui.Maker{Name: "auto", Label: "auto.title", Make: func(env *kit.Env, _ string) kit.Page { return auto.New(env, b) }},
		ui.Maker{Name: "limits", Label: "limit.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page { return limits.New(env, b) }},
		ui.Maker{Name: "devices", Label: "device.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page { return devices.New(env, b) }},
		ui.Maker{Name: "destinations", Label: "destination.title", Make: func(env *kit.Env, rail string) kit.Page {
			return destinations.New(env, b, linked, rail)
		}},
		ui.Maker{Name: "confirm", Label: "confirm.title", Make: func(env *kit.Env, id string) kit.Page { return confirm.New(env, b, id) }},
		ui.Maker{Name: "enrol", Label: "enrol.title", Make: func(env *kit.Env, _ string) kit.Page {
			return enrol.New(env, b, enrol.Options{URL: "https://" + canary, Device: canary + " laptop"})
		}},
	)
	return o
}

// bankedSetting is what its pages were made with.
var bankedSetting = Setting{Reviewed: true, Cancels: true, PhoneBill: money.Won(100_000), URL: "https://" + canary, Device: canary + " laptop"}
