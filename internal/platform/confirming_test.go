package platform_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/wire"
	"jandon/keystore/challenge"
	"jandon/keystore/device"
)

// acts begins acts that wait for a confirmation: each brings other recovery codes.
func (p *phone) acts(n int) (list []wire.Act) {
	p.t.Helper()
	for i := range n {
		list = append(list, p.act(http.MethodPut, "/v1/recovery-codes", fmt.Sprintf("key-of-act-%08d-%d", i, len(p.token)), wire.RecoveryDigests{Digests: digests()}))
	}
	return list
}

func (p *phone) state(id string) act.State {
	p.t.Helper()
	var one wire.Act
	p.look("/v1/acts/"+id).is(p.t, http.StatusOK, &one)
	return act.State(one.State)
}

func TestCodeOfAnotherChallenge(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		two := p.acts(2)
		a, b := p.challenge(string(two[0].Id)), p.challenge(string(two[1].Id))
		p.confirm(b, p.answer(a)).refused(t, "code and signature of A on B", fault.WrongCode)
		mixed := p.answer(b)
		mixed.Code = p.answer(a).Code
		p.confirm(b, mixed).refused(t, "code of A on B", fault.WrongCode)
		if got := p.state(string(two[1].Id)); got != act.Waiting {
			t.Errorf("B is %s", got)
		}
		if res := p.confirm(a, p.answer(a)); res.status != http.StatusOK {
			t.Errorf("A: %d %s", res.status, res.body)
		}
		if res := p.confirm(b, p.answer(b)); res.status != http.StatusOK {
			t.Errorf("B: %d %s", res.status, res.body)
		}
	})
}

// The code and the signature of what was shown are worth nothing for anything
// else: whatever somebody in between changes after the code was made, or has the
// wallet sign instead, the platform compares with its own bytes.
func TestAmountPayeeFeeQuoteOrCurrencyChangedAfterTheCode(t *testing.T) {
	t.Parallel()
	for field, change := range map[string]func(*challenge.Challenge){
		"amount":   func(c *challenge.Challenge) { c.Amount, c.Legs[0].Amount = c.Amount+1000, c.Legs[0].Amount+1000 },
		"payee":    func(c *challenge.Challenge) { c.Legs[0].Payee = "Mina Kin" },
		"payee id": func(c *challenge.Challenge) { c.Legs[0].PayeeID = "***-0001" },
		"fee":      func(c *challenge.Challenge) { c.Fee, c.Legs[0].Amount = c.Fee+100, c.Legs[0].Amount-100 },
		"quote":    func(c *challenge.Challenge) { c.Quote += "X" },
		"currency": func(c *challenge.Challenge) { c.Currency = "USD" },
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			p := customer(t, platform.Memory)
			one := p.cashOut(p.quoted(map[string]int64{"bank_transfer": 300_000}), "key-of-sixteen-letters")
			c := p.challenge(string(one.Id))
			read, err := challenge.Decode(bytesOf(t, c))
			must(t, err)
			change(&read)
			b, err := read.Encode()
			must(t, err)
			other := c
			other.Bytes = base64.RawURLEncoding.EncodeToString(b)
			good, bad := p.answer(c), p.answer(other)
			p.confirm(c, wire.Confirmation{Code: bad.Code, Jws: good.Jws}).refused(t, "the code of other bytes", fault.WrongCode)
			p.confirm(c, wire.Confirmation{Code: good.Code, Jws: bad.Jws}).refused(t, "the signature of other bytes", fault.WrongCode)
			p.confirm(c, bad).refused(t, "both", fault.WrongCode)
			if got := p.state(string(one.Id)); got != act.Waiting {
				t.Errorf("the act is %s", got)
			}
			p.confirmed(string(one.Id)) // what was shown can still be confirmed
		})
	}
}

// Whichever of the two is wrong, the answer is the same to the byte.
func TestWrongCodeAndWrongSignatureAreToldAlike(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	one := p.acts(1)[0]
	c := p.challenge(string(one.Id))
	good := p.answer(c)
	other, err := device.NewKey()
	must(t, err)
	foreign, err := other.Receipt(bytesOf(t, c))
	must(t, err)
	changed, err := p.key.Receipt(append(bytesOf(t, c), ' '))
	must(t, err)
	var said []string
	for _, bad := range []wire.Confirmation{{Code: wrong(good.Code), Jws: good.Jws}, {Code: good.Code, Jws: foreign}} {
		a := p.confirm(c, bad)
		a.refused(t, "half right", fault.WrongCode)
		problem := a.problem(t)
		problem.CorrelationId = ""
		said = append(said, fmt.Sprintf("%d %+v", a.status, problem))
	}
	if said[0] != said[1] {
		t.Errorf("%s\n%s", said[0], said[1])
	}
	c = p.challenge(string(one.Id))
	for _, bad := range []wire.Confirmation{{Code: good.Code, Jws: "no signature"}, {Code: "not digits", Jws: good.Jws}, {Code: p.answer(c).Code, Jws: changed}} {
		p.confirm(c, bad).refused(t, "garbage", fault.WrongCode)
	}
}

func TestGoodConfirmTwice(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		one := p.acts(1)[0]
		c := p.challenge(string(one.Id))
		with := p.answer(c)
		var first wire.Act
		p.confirm(c, with).is(t, http.StatusOK, &first)
		if first.Receipt != wire.Line(challenge.Receipt(bytesOf(t, c))) {
			t.Errorf("receipt %s", first.Receipt)
		}
		p.confirm(c, with).refused(t, "again", fault.TooLate)
		p.look("/v1/challenges/"+string(c.Id)).refused(t, "its challenge", fault.TooLate)
		p.post("/v1/acts/"+string(one.Id)+"/challenge", nil).refused(t, "another challenge", fault.TooLate)
		p.post("/v1/acts/"+string(one.Id)+"/cancel", nil).refused(t, "canceling", fault.TooLate)
	})
}

func TestGoodConfirmTwiceAtOnce(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		one := p.acts(1)[0]
		c := p.challenge(string(one.Id))
		with := p.answer(c)
		var mu sync.Mutex
		codes := map[fault.Code]int{}
		var wg sync.WaitGroup
		for range 3 { // as many as a challenge has tries
			wg.Go(func() {
				mine := *p
				a := mine.confirm(c, with)
				mu.Lock()
				defer mu.Unlock()
				if a.status == http.StatusOK {
					codes[""]++
				} else {
					codes[fault.Code(a.problem(t).Code)]++
				}
			})
		}
		wg.Wait()
		if codes[""] != 1 || codes[fault.TooLate] != 2 {
			t.Errorf("answers %v", codes)
		}
		// None of them was a wrong code.
		var list wire.DeviceList
		p.look("/v1/devices").into(t, &list)
		for i, two := range []string{"a", "b", "c", "d"} {
			p.session("totp", wrong(p.totp())).refused(t, fmt.Sprint("wrong code ", i, two), fault.WrongCode)
		}
	})
}

func TestChallengeExpires(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		one := p.acts(1)[0]
		c := p.challenge(string(one.Id))
		if !c.Expires.Equal(day(60).Add(2 * time.Minute)) {
			t.Errorf("expires %v", c.Expires)
		}
		s.at(c.Expires)
		p.confirm(c, p.answer(c)).refused(t, "too late", fault.ChallengeExpired)
		p.look("/v1/challenges/"+string(c.Id)).refused(t, "its challenge", fault.ChallengeExpired)
		again := p.challenge(string(one.Id))
		p.confirm(c, p.answer(c)).refused(t, "the older one", fault.ChallengeExpired)
		p.confirm(again, p.answer(c)).refused(t, "the answer to the older one", fault.WrongCode)
		s.at(again.Expires.Add(-time.Millisecond))
		if a := p.confirm(again, p.answer(again)); a.status != http.StatusOK {
			t.Errorf("in time: %d %s", a.status, a.body)
		}
	})
}

func TestNewChallengeKillsTheOld(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	one := p.acts(1)[0]
	old := p.challenge(string(one.Id))
	p.challenge(string(one.Id))
	p.confirm(old, p.answer(old)).refused(t, "the old one", fault.ChallengeExpired)
}

func TestThreeTriesOfAChallenge(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	one := p.acts(1)[0]
	c := p.challenge(string(one.Id))
	good := p.answer(c)
	for range 3 {
		p.confirm(c, wire.Confirmation{Code: wrong(good.Code), Jws: good.Jws}).refused(t, "wrong", fault.WrongCode)
	}
	p.confirm(c, good).refused(t, "the fourth", fault.ChallengeExpired)
	p.confirmed(string(one.Id)) // another challenge has tries of its own
}

// What is not this device's is not there.
func TestAnotherDevicesChallenge(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	world := plan()
	world.Person = "jun"
	must(t, s.Seed(t.Context(), world, nil))
	p, q, other := s.enrolled("mina", "laptop"), s.enrolled("mina", "tablet"), s.enrolled("jun", "phone")
	one := p.acts(1)[0]
	c := p.challenge(string(one.Id))
	for what, thief := range map[string]*phone{"another device": q, "another person": other} {
		thief.confirm(c, p.answer(c)).refused(t, what+" confirms", fault.NotFound)
		thief.look("/v1/challenges/"+string(c.Id)).refused(t, what+" looks", fault.NotFound)
		thief.post("/v1/acts/"+string(one.Id)+"/challenge", nil).refused(t, what+" asks", fault.NotFound)
	}
	other.look("/v1/acts/"+string(one.Id)).refused(t, "another person's act", fault.NotFound)
	if a := p.confirm(c, p.answer(c)); a.status != http.StatusOK {
		t.Errorf("its own: %d %s", a.status, a.body)
	}
}

func TestKeyWithAnotherBody(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		const key = "key-0123456789-00"
		one := p.act(http.MethodPut, "/v1/recovery-codes", key, wire.RecoveryDigests{Digests: digests()})
		again := p.act(http.MethodPut, "/v1/recovery-codes", key, wire.RecoveryDigests{Digests: digests()})
		if one.Id != again.Id {
			t.Errorf("one key made %s and %s", one.Id, again.Id)
		}
		other := digests()
		other[3] = other[3][:63] + "f"
		p.ask(request{method: "PUT", path: "/v1/recovery-codes", key: key, body: wire.RecoveryDigests{Digests: other}}).refused(t, "another body", fault.KeyReused)
		p.ask(request{method: "POST", path: "/v1/secret", key: key, body: wire.SealRequest{HpkePublicKey: p.public}}).refused(t, "another path", fault.KeyReused)
		seal := wire.SealRequest{HpkePublicKey: p.public}
		p.act(http.MethodPost, "/v1/secret", "key-0123456789-01", seal)
		p.ask(request{method: "POST", path: "/v1/authenticator", key: "key-0123456789-01", body: seal}).refused(t, "the same body for another action", fault.KeyReused)
		p.ask(request{method: "POST", path: "/v1/secret", body: seal}).refused(t, "no key", fault.KeyMissing)
		p.ask(request{method: "POST", path: "/v1/secret", key: "short", body: seal}).refused(t, "a short key", fault.BadRequest)
		// The stored act is told as it is now.
		p.confirmed(string(one.Id))
		if again = p.act(http.MethodPut, "/v1/recovery-codes", key, wire.RecoveryDigests{Digests: digests()}); again.Id != one.Id || act.State(again.State) != act.Done {
			t.Errorf("afterwards %+v", again)
		}
	})
}

func TestUnconfirmedActLapses(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		two := p.acts(2)
		c := p.challenge(string(two[0].Id))
		s.at(two[0].Until.Add(-30 * time.Second))
		p.open("totp", p.totp())
		last := p.challenge(string(two[0].Id))
		if !last.Expires.Equal(two[0].Until) {
			t.Errorf("a challenge outlives its act: %v, %v", last.Expires, two[0].Until)
		}
		var canceled wire.Act
		p.post("/v1/acts/"+string(two[1].Id)+"/cancel", nil).is(t, http.StatusOK, &canceled)
		if act.State(canceled.State) != act.Canceled || canceled.Ended.IsZero() {
			t.Errorf("canceled %+v", canceled)
		}
		s.at(two[0].Until)
		p.confirm(last, p.answer(last)).refused(t, "after it lapsed", fault.ChallengeExpired)
		p.confirm(c, p.answer(c)).refused(t, "an old challenge", fault.ChallengeExpired)
		var lapsed wire.Act
		p.look("/v1/acts/"+string(two[0].Id)).is(t, http.StatusOK, &lapsed)
		if act.State(lapsed.State) != act.Lapsed || !lapsed.Ended.Equal(two[0].Until) {
			t.Errorf("lapsed %+v", lapsed)
		}
	})
}
