package platform_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"jandon/internal/platform"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// Every scenario, seeded and asked for over HTTP, is what the scenario itself
// says it comes to; two ledgers that know nothing of each other agree.
func TestScenariosComeToWhatTheySay(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for _, name := range []string{"everyday", "student", "creator", "empty"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, err := scenario.Load(name)
			must(t, err)
			plan, err := file.Generate(at)
			must(t, err)
			world, err := plan.Play()
			must(t, err)
			s := &site{t: t, now: at, log: &platform.Log{}}
			s.Platform, err = platform.Open(t.Context(), platform.Options{Path: platform.Memory, Now: s.clock})
			must(t, err)
			t.Cleanup(func() { must(t, s.Close()) })
			must(t, s.Seed(t.Context(), plan, nil))
			_, err = s.Check(t.Context())
			must(t, err)
			s.as(plan.Person)
			s.comesTo(world)
			if name != "empty" && (len(world.Transactions) < 200 || len(world.Wallet.Lots) == 0) {
				t.Errorf("only %d transactions and %d lots", len(world.Transactions), len(world.Wallet.Lots))
			}
		})
	}
}

func (s *site) comesTo(world scenario.World) {
	s.t.Helper()
	lines, bills, alerts := map[string]wallet.Transaction{}, map[string]wallet.Settlement{}, map[string]wallet.Alert{}
	for after, more := int64(0), true; more; {
		var page wire.ChangePage
		s.get(fmt.Sprintf("/v1/changes?limit=500&after=%d", after)).into(s.t, &page)
		for _, c := range page.Changes {
			switch {
			case c.Transaction != nil:
				lines[string(c.Transaction.Id)] = c.Transaction.Wallet()
			case c.Settlement != nil:
				bills[string(c.Settlement.Id)] = c.Settlement.Wallet()
			case c.Alert != nil:
				alerts[string(c.Alert.Id)] = c.Alert.Wallet()
			}
		}
		after, more = page.Seq, page.More
	}
	var w wire.Wallet
	s.get("/v1/wallet").into(s.t, &w)
	alike(s.t, "lot", world.Wallet.Lots, byID(w.Wallet().Lots, func(l wallet.Lot) string { return l.ID }), func(l *wallet.Lot) string {
		l.Received, l.Expires = l.Received.UTC(), utc(l.Expires)
		return l.ID
	})
	alike(s.t, "transaction", world.Transactions, lines, func(x *wallet.Transaction) string { x.Seq, x.At = 0, x.At.UTC(); return x.ID })
	alike(s.t, "settlement", world.Settlements, bills, func(x *wallet.Settlement) string {
		x.Seq, x.From, x.To, x.Due, x.Paid = 0, x.From.UTC(), x.To.UTC(), utc(x.Due), utc(x.Paid)
		return x.ID
	})
	alike(s.t, "alert", world.Alerts, alerts, func(x *wallet.Alert) string { x.Seq, x.At = 0, x.At.UTC(); return x.ID })
}

// alike compares what is wanted with what was had, after norm made both plain.
func alike[T any](t testing.TB, what string, want []T, have map[string]T, norm func(*T) string) {
	t.Helper()
	if len(want) != len(have) {
		t.Errorf("%d of %d: %s", len(have), len(want), what)
	}
	wrong := 0
	for _, x := range want {
		id := norm(&x)
		y, ok := have[id]
		norm(&y)
		if !ok || !reflect.DeepEqual(x, y) {
			if wrong++; wrong < 4 {
				t.Errorf("%s %s\nwant %+v\nhave %+v", what, id, x, y)
			}
		}
	}
	if wrong > 3 {
		t.Errorf("%s: %d are wrong", what, wrong)
	}
}

func byID[T any](list []T, id func(T) string) map[string]T {
	m := make(map[string]T, len(list))
	for _, x := range list {
		m[id(x)] = x
	}
	return m
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}
