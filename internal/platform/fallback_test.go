package platform_test

import (
	"net/http"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/wire"
	"jandon/keystore/onetime"
	"jandon/keystore/secret"
)

// sheet gives a person recovery codes, confirmed by the PIN.
func (p *phone) sheet() (list []secret.Secret) {
	p.t.Helper()
	list, err := onetime.Sheet()
	must(p.t, err)
	var sent []string
	for _, c := range list {
		d, err := onetime.Digest(onetime.Recovery, p.account, c)
		must(p.t, err)
		sent = append(sent, d)
	}
	p.confirmed(string(p.act(http.MethodPut, "/v1/recovery-codes", keys(), wire.RecoveryDigests{Digests: sent}).Id))
	return list
}

// recovers opens a session by a recovery code.
func (p *phone) recovers(code secret.Secret) {
	p.t.Helper()
	p.open("recovery", string(code.Copy()))
}

// A recovery code is a way in and no second PIN: what gives trust or disguises
// it is refused, and what asks for K waits for it.
func TestARecoveryCodeMovesNoTrust(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p, q := s.enrolled("mina", "laptop"), s.enrolled("mina", "phone")
		list := p.sheet()
		p.recovers(list[0])
		for _, r := range []request{
			{method: http.MethodPatch, path: "/v1/devices/" + q.id, body: wire.DeviceName{Name: "laptop"}},
			{method: http.MethodPatch, path: "/v1/devices/" + p.id, body: wire.DeviceName{Name: "phone"}},
			{method: http.MethodPost, path: "/v1/authenticator/check", body: wire.CodeRequest{Code: "123456"}},
			{method: http.MethodDelete, path: "/v1/destinations/to-1"},
			{method: http.MethodPost, path: "/v1/mandates/m-1/cancel"},
		} {
			p.ask(r).refused(t, r.method+" "+r.path, fault.StepUpRequired)
		}
		for _, r := range []request{
			{method: http.MethodPut, path: "/v1/recovery-codes", body: wire.RecoveryDigests{Digests: digests()}},
			{method: http.MethodPost, path: "/v1/secret", body: wire.SealRequest{HpkePublicKey: p.public}},
			{method: http.MethodPost, path: "/v1/authenticator", body: wire.SealRequest{HpkePublicKey: p.public}},
			{method: http.MethodPost, path: "/v1/destinations", body: wire.DestinationRequest{Rail: "bank_transfer", Name: "Mina", Number: "110-1111"}},
		} {
			r.key = keys()
			var made wire.Act
			p.ask(r).is(t, http.StatusCreated, &made)
			if a := made.Act(); a.State != act.Waiting || a.Need != act.NeedPIN {
				t.Errorf("%s: %s, needs %s", r.path, a.State, a.Need)
			}
			c := p.challenge(string(made.Id))
			with := p.answer(c)
			with.Code = string(list[1].Copy())
			p.confirm(c, with).refused(t, r.path+" by a recovery code", fault.WrongCode)
		}
		// The PIN after all: the same session's device does all of it.
		s.at(s.clock().Add(time.Minute))
		p.open("totp", p.totp())
		p.ask(request{method: http.MethodPatch, path: "/v1/devices/" + q.id, body: wire.DeviceName{Name: "old phone"}}).is(t, http.StatusOK, nil)
	})
}

// Without the PIN there is a way to shut out a device that was lost, and it
// leaves nothing to gain for somebody who found a sheet of codes.
func TestRevokingByARecoveryCodeStopsEverything(t *testing.T) {
	t.Parallel()
	p := lived(t, "everyday")
	list := p.sheet()
	q := p.enrolled("한결", "lost phone")
	p.at(p.clock().Add(72 * time.Hour)) // no longer new
	p.recovers(list[0])
	p.wants("mobile_topup", 2_000).is(t, http.StatusCreated, nil)
	p.ask(request{method: http.MethodDelete, path: "/v1/devices/" + q.id}).is(t, http.StatusNoContent, nil)
	q.session("totp", q.totp()).refused(t, "the lost phone", fault.DeviceRevoked)
	if until := p.limits().Paused; !until.Equal(p.clock().Add(72 * time.Hour)) {
		t.Fatalf("stopped until %v", until)
	}
	p.post("/v1/quotes", wire.QuoteRequest{AmountMinor: 2_000, Currency: "KRW"}).refused(t, "a small act", fault.Paused)
	// The ways out: the PIN ends it at once, a new registration brings one.
	var made wire.Act
	p.ask(request{method: http.MethodDelete, path: "/v1/pause", key: keys()}).is(t, http.StatusCreated, &made)
	if p.confirmed(string(made.Id)); !p.limits().Paused.IsZero() {
		t.Error("the PIN does not end it")
	}
}

// By the PIN, revoking is that and no more; and a device always ends itself.
func TestRevokingByThePINStopsNothingElse(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p, q, r := s.enrolled("mina", "laptop"), s.enrolled("mina", "tablet"), s.enrolled("mina", "phone")
	p.ask(request{method: http.MethodDelete, path: "/v1/devices/" + q.id}).is(t, http.StatusNoContent, nil)
	list := p.sheet()
	p.recovers(list[0])
	p.ask(request{method: http.MethodDelete, path: "/v1/devices/" + p.id}).is(t, http.StatusNoContent, nil)
	var l wire.Limits
	r.look("/v1/limits").into(t, &l)
	if !l.Paused.IsZero() {
		t.Errorf("stopped until %v", l.Paused)
	}
}

// What another way in is good for is the small-act limit of a day, however many
// codes there are: whatever is beyond it waits for K.
func TestManyRecoveryCodesMoveNoMoreThanADaysSmallActs(t *testing.T) {
	t.Parallel()
	p := lived(t, "everyday")
	list := p.sheet()
	p.at(p.clock().Add(69 * time.Hour)) // in the morning: no longer new
	moved := int64(0)
	for i, code := range list {
		p.at(p.clock().Add(time.Hour))
		p.recovers(code)
		for _, won := range []int64{11_000, 10_000} {
			a := p.wants("mobile_topup", won)
			var made wire.Act
			if a.status == http.StatusAccepted {
				a.is(t, http.StatusAccepted, &made)
			} else {
				a.is(t, http.StatusCreated, &made)
			}
			switch one := made.Act(); {
			case one.State == act.Going && one.Need == act.NeedNone && won <= 10_000:
				moved += won
			case one.State != act.Waiting && one.State != act.Review:
				t.Fatalf("code %d: %d is %s and needs %s", i, won, one.State, one.Need)
			default:
				p.post("/v1/acts/"+one.ID+"/cancel", nil).is(t, http.StatusOK, nil)
			}
		}
	}
	if l := p.limits(); moved == 0 || moved > 30_000 || l.SmallLeft.Minor != 30_000-moved {
		t.Errorf("%d moved, %d left", moved, l.SmallLeft.Minor)
	}
}
