package platform_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform"
	"jandon/internal/scenario"
	"jandon/internal/wire"
)

// at noon in Seoul, on a Sunday.
var sunday = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

// lived is a site with a made-up person of a scenario and their phone, whose session may act.
func lived(t *testing.T, name string) *phone {
	t.Helper()
	s := newSite(t, platform.Memory)
	s.at(sunday)
	f, err := scenario.Load(name)
	must(t, err)
	p, err := f.Generate(sunday)
	must(t, err)
	must(t, s.Seed(t.Context(), p, nil))
	return s.enrolled(p.Person, "phone")
}

var keyed atomic.Int64

// keys makes an Idempotency-Key that nobody has used.
func keys() string { return fmt.Sprintf("limits-key-%08d", keyed.Add(1)) }

func (p *phone) limits() (l act.Limits) {
	p.t.Helper()
	var got wire.Limits
	p.look("/v1/limits").into(p.t, &got)
	return got.Act()
}

// wants begins a cash-out by one rail.
func (p *phone) wants(rail string, won int64) answer {
	p.t.Helper()
	q := p.quoted(map[string]int64{rail: won})
	return p.ask(request{method: http.MethodPost, path: "/v1/cashouts", key: keys(), body: wire.CashoutRequest{Quote: string(q.Id)}})
}

func TestMadeUpPeopleHaveTheirTierAndMeans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, tier string
		verified   bool
		linked     []string // rails
		payees     int
		missing    string
	}{
		{"everyday", "settled", true, []string{"bank_instant", "bank_transfer"}, 2, "acts"},
		{"creator", "verified", true, []string{"bank_transfer"}, 2, ""},
		{"student", "new", false, nil, 0, "acts"},
	} {
		p := lived(t, c.name)
		l := p.limits()
		var linked []string
		for rail := range l.Linked {
			linked = append(linked, rail)
		}
		slices.Sort(linked)
		missing := ""
		if l.Next != nil {
			missing = strings.Join(l.Next.Missing, " ")
		}
		if l.Tier.String() != c.tier || l.Verified != c.verified || !slices.Equal(linked, c.linked) || missing != c.missing {
			t.Errorf("%s: %s, verified %v, linked %v, missing %q", c.name, l.Tier, l.Verified, linked, missing)
		}
		if l.Total.Act != money.Won(50_000) || l.Level != act.LevelStandard || l.Floor != act.LevelStandard || !l.Paused.IsZero() {
			t.Errorf("%s: %+v at level %s", c.name, l.Total, l.Level)
		}
		var rails wire.RailList
		p.look("/v1/rails").into(t, &rails)
		most := map[string]int64{}
		for _, r := range rails.Rails {
			most[string(r.Id)] = r.MostMinor
		}
		if can := most["bank_transfer"] >= 1000; can != c.verified || most["donation"] < 1 {
			t.Errorf("%s: rails could carry %v", c.name, most)
		}
		var d wire.DestinationList
		p.look("/v1/destinations").into(t, &d)
		if len(d.Destinations) != c.payees {
			t.Errorf("%s: %+v", c.name, d.Destinations)
		}
	}
}

// The first cash-out of somebody who is known: their bank is, their new device is not.
func TestAKnownPersonOnANewDeviceIsAskedForACode(t *testing.T) {
	t.Parallel()
	p := lived(t, "everyday")
	var made wire.Act
	p.wants("bank_transfer", 12_000).is(t, http.StatusCreated, &made)
	a := made.Act()
	var codes []string
	for _, r := range a.Reasons {
		codes = append(codes, r.Code)
	}
	if a.Need != act.NeedCode || !slices.Contains(codes, "device_young") || slices.Contains(codes, "payee_new") || slices.Contains(codes, "amount") || slices.Contains(codes, "network_new") {
		t.Errorf("%s for %v", a.Need, codes)
	}
	if done := p.confirmed(a.ID); act.State(done.State) != act.Going {
		t.Errorf("confirmed: %s", done.State)
	}
	p.wants("bank_transfer", 50_000).refused(t, "more than a new device may", fault.OverLimit)
}

func TestADestinationIsLinkedByAnAct(t *testing.T) {
	t.Parallel()
	p := lived(t, "everyday")
	link := func(key string, d wire.DestinationRequest) answer {
		return p.ask(request{method: http.MethodPost, path: "/v1/destinations", key: key, body: d})
	}
	want := wire.DestinationRequest{Rail: "savings_jar", Name: "한결의 저금통", Number: "77-0001"}
	k := keys()
	var made, again wire.Act
	link(k, want).is(t, http.StatusCreated, &made)
	link(k, want).is(t, http.StatusCreated, &again)
	if again.Id != made.Id {
		t.Errorf("one key made %s and %s", made.Id, again.Id)
	}
	other := want
	other.Number = "77-0002"
	link(k, other).refused(t, "the same key with another number", fault.KeyReused)
	other.Name = "Mina\u202eanim"
	link(keys(), other).refused(t, "a name that writes backwards", fault.UnsafeText)
	other.Name, other.Rail = "Mina", "donation"
	link(keys(), other).refused(t, "a rail without destinations", fault.BadRequest)
	if a := p.confirmed(string(made.Id)); act.State(a.State) != act.Done {
		t.Fatalf("confirmed: %s", a.State)
	}
	var list wire.DestinationList
	p.look("/v1/destinations").into(t, &list)
	id := ""
	for _, d := range list.Destinations {
		if d.Rail == "savings_jar" && d.Number == "**-0001" && d.Usable.Equal(sunday.Add(10*time.Minute)) {
			id = string(d.Id)
		}
	}
	if id == "" || p.limits().Linked["savings_jar"] {
		t.Fatalf("%+v", list.Destinations)
	}
	p.at(sunday.Add(4 * time.Minute))
	p.look("/v1/wallet")
	p.at(sunday.Add(8 * time.Minute)) // sessions end when nobody uses them
	p.look("/v1/wallet")
	p.at(sunday.Add(10 * time.Minute))
	if !p.limits().Linked["savings_jar"] {
		t.Error("it can't be used after ten minutes")
	}
	p.ask(request{method: http.MethodDelete, path: "/v1/destinations/" + id}).is(t, http.StatusNoContent, nil)
	p.ask(request{method: http.MethodDelete, path: "/v1/destinations/" + id}).refused(t, "unlinking twice", fault.NotFound)
}

func TestPauseAndLevelOverTheWire(t *testing.T) {
	t.Parallel()
	p := lived(t, "everyday")
	var l wire.Limits
	p.post("/v1/pause", nil).into(t, &l)
	if l.Paused.IsZero() || l.PausedWhy != "asked" {
		t.Errorf("%+v", l)
	}
	p.post("/v1/quotes", wire.QuoteRequest{AmountMinor: 500, Currency: money.KRW}).refused(t, "while paused", fault.Paused)
	resume := p.act(http.MethodDelete, "/v1/pause", keys(), nil)
	p.confirmed(string(resume.Id))
	if !p.limits().Paused.IsZero() {
		t.Error("the pause goes on")
	}
	p.ask(request{method: http.MethodDelete, path: "/v1/pause", key: keys()}).refused(t, "nothing to end", fault.TooLate)
	level := func(to act.Level, status int) (got wire.LevelAnswer) {
		p.ask(request{method: http.MethodPut, path: "/v1/security-level", key: keys(), body: wire.LevelRequest{Level: wire.Level(to)}}).is(t, status, &got)
		return got
	}
	if got := level(act.LevelStrict, http.StatusOK); got.Act != nil || got.Level.Act() != act.LevelStrict {
		t.Errorf("%+v", got)
	}
	lower := level(act.LevelCareful, http.StatusCreated)
	if lower.Act == nil || lower.Level.Act() != act.LevelStrict {
		t.Fatalf("%+v", lower)
	}
	p.confirmed(string(lower.Act.Id))
	if got := p.limits().Level; got != act.LevelCareful {
		t.Errorf("level %s", got)
	}
	p.ask(request{method: http.MethodPut, path: "/v1/security-level", key: keys(), body: map[string]string{"level": "reckless"}}).refused(t, "no level", fault.BadRequest)
}

// A session that only reads can look and can stop everything, and no more.
func TestAReadingSessionCanOnlyStop(t *testing.T) {
	t.Parallel()
	p := lived(t, "everyday")
	p.open("", "")
	p.limits()
	for _, r := range []request{
		{method: http.MethodPost, path: "/v1/destinations", key: keys(), body: wire.DestinationRequest{Rail: "bank_transfer", Name: "Mina", Number: "110-1111"}},
		{method: http.MethodDelete, path: "/v1/destinations/to-1"},
		{method: http.MethodDelete, path: "/v1/pause", key: keys()},
		{method: http.MethodPut, path: "/v1/security-level", key: keys(), body: wire.LevelRequest{Level: wire.Standard}},
	} {
		p.ask(r).refused(t, r.method+" "+r.path, fault.StepUpRequired)
	}
	p.post("/v1/pause", nil).is(t, http.StatusOK, nil)
}
