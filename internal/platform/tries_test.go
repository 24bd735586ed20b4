package platform_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/wallet"
	"jandon/internal/wire"
	"jandon/keystore/device"
)

// tally counts the answers of many at once, each from a wallet of its own.
func (p *phone) tally(n int, ask func(*phone, int) answer) map[fault.Code]int {
	var mu sync.Mutex
	codes := map[fault.Code]int{}
	var wg sync.WaitGroup
	for i := range n {
		mine := *p
		wg.Go(func() {
			a := ask(&mine, i)
			mu.Lock()
			defer mu.Unlock()
			if a.status < 400 {
				codes[""]++
			} else {
				codes[fault.Code(a.problem(p.t).Code)]++
			}
		})
	}
	wg.Wait()
	return codes
}

// wrongs sends wrong codes and says what the last answer was.
func (p *phone) wrongs(n int) fault.Code {
	p.t.Helper()
	var last fault.Code
	for range n {
		last = fault.Code(p.session("totp", wrong(p.totp())).problem(p.t).Code)
	}
	return last
}

func (p *phone) alerts(kind wallet.AlertKind) (n int) {
	p.t.Helper()
	var page wire.AlertPage
	p.get("/v1/alerts?limit=500").into(p.t, &page)
	for _, a := range page.Alerts {
		if wallet.AlertKind(a.Kind) == kind {
			n++
		}
	}
	return n
}

// 60 wrong codes at once: five are compared, the others are told to wait.
func TestSixtyWrongCodesAtOnce(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		codes := p.tally(60, func(p *phone, _ int) answer { return p.session("totp", wrong(p.totp())) })
		if codes[fault.WrongCode] != 5 || codes[fault.DevicePaused] != 55 {
			t.Errorf("sessions: %v", codes)
		}
		q := s.enrolled("mina", "tablet")
		var challenges []wire.Challenge
		for _, one := range q.acts(20) {
			challenges = append(challenges, q.challenge(string(one.Id)))
		}
		codes = q.tally(60, func(q *phone, i int) answer {
			c := challenges[i%20]
			with := q.answer(c)
			with.Code = wrong(with.Code)
			return q.confirm(c, with)
		})
		if codes[fault.WrongCode] != 5 || codes[fault.DevicePaused] != 55 {
			t.Errorf("confirmations: %v", codes)
		}
	})
}

// The right code among wrong ones is found or has to wait, and never lets more
// than five be compared.
func TestRightCodeAmongWrongOnes(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	s.at(day(60).Add(time.Minute))
	codes := p.tally(30, func(p *phone, i int) answer {
		if i == 17 {
			return p.session("totp", p.totp())
		}
		return p.session("totp", wrong(p.totp()))
	})
	if codes[fault.WrongCode] > 9 || codes[""] > 1 || codes[""] == 0 && codes[fault.WrongCode] != 5 { // five before it and four after, at most
		t.Errorf("%v", codes)
	}
}

func TestPauseAfterFiveWrongCodes(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		one := p.acts(1)[0]
		c := p.challenge(string(one.Id))
		p.wrongs(2)
		if n := p.alerts(wallet.AlertWrongCodes); n != 0 {
			t.Errorf("%d alerts after two", n)
		}
		p.wrongs(1)
		if n := p.alerts(wallet.AlertWrongCodes); n != 1 {
			t.Errorf("%d alerts after three", n)
		}
		if last := p.wrongs(2); last != fault.WrongCode {
			t.Errorf("the fifth: %s", last)
		}
		s.at(day(60).Add(time.Minute))
		a := p.session("totp", p.totp())
		a.refused(t, "the right code during the pause", fault.DevicePaused)
		if got := a.problem(t).Args["until"]; string(got) != day(60).Add(15*time.Minute).Format(time.RFC3339) {
			t.Errorf("until %s", got)
		}
		if got := a.problem(t).Args["seconds"]; got != "840" {
			t.Errorf("%s seconds", got)
		}
		p.confirm(c, p.answer(c)).refused(t, "confirming during the pause", fault.DevicePaused)
		p.post("/v1/acts/"+string(one.Id)+"/challenge", nil).refused(t, "a challenge during the pause", fault.DevicePaused)
		var list wire.DeviceList
		p.look("/v1/devices").into(t, &list)
		if list.Devices[0].State != wire.Paused || !list.Devices[0].Until.Equal(day(60).Add(15*time.Minute)) {
			t.Errorf("device %+v", list.Devices[0])
		}
		s.at(day(60).Add(15 * time.Minute))
		p.open("totp", p.totp())
		if last := p.wrongs(2); last != fault.WrongCode { // the count in a row began anew
			t.Errorf("after the pause: %s", last)
		}
	})
}

// The fifth in a row may be a confirmation: it, too, says what it brought about, and
// no other one does.
func TestTheFifthWrongConfirmationSaysItsWait(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		c := p.challenge(string(p.acts(1)[0].Id))
		p.wrongs(3)
		no := p.answer(c)
		no.Code = wrong(no.Code)
		for _, seconds := range []string{"", "900"} {
			a := p.confirm(c, no)
			a.refused(t, "a wrong code", fault.WrongCode)
			if args := a.problem(t).Args; string(args["seconds"]) != seconds || (args["until"] == "") != (seconds == "") {
				t.Errorf("%v, want %q seconds", args, seconds)
			}
		}
	})
}

func TestTenWrongCodesInARowBlock(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		one := p.acts(1)[0]
		p.wrongs(5)
		s.at(day(60).Add(15 * time.Minute))
		if last := p.wrongs(4); last != fault.WrongCode {
			t.Errorf("the ninth: %s", last)
		}
		if n := p.alerts(wallet.AlertDeviceBlocked); n != 0 {
			t.Error("blocked after nine")
		}
		p.wrongs(1)
		if n := p.alerts(wallet.AlertDeviceBlocked); n != 1 {
			t.Errorf("%d alerts after ten", n)
		}
		s.at(day(61))
		p.session("totp", p.totp()).refused(t, "the right code", fault.DeviceBlocked)
		p.session("", "").refused(t, "reading", fault.DeviceBlocked)
		p.look("/v1/wallet").refused(t, "its session", fault.Unauthorized)
		q := s.enrolled("mina", "laptop again")
		if got := q.state(string(one.Id)); got != act.Lapsed && got != act.Canceled {
			t.Errorf("its act is %s", got)
		}
	})
}

// Ten wrong ones within a day block, though right ones stand between them.
func TestTenWrongCodesInADayBlock(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	at := day(60)
	for i := range 9 {
		at = at.Add(2 * time.Hour)
		s.at(at)
		if last := p.wrongs(1); last != fault.WrongCode {
			t.Fatalf("wrong code %d: %s", i, last)
		}
		p.open("totp", p.totp())
	}
	s.at(day(61).Add(2*time.Hour + time.Second)) // the first is forgotten
	p.wrongs(1)
	p.open("totp", p.totp())
	if n := p.alerts(wallet.AlertDeviceBlocked); n != 0 {
		t.Errorf("%d alerts before the tenth", n)
	}
	s.at(day(61).Add(3 * time.Hour))
	p.wrongs(1)
	if n := p.alerts(wallet.AlertDeviceBlocked); n != 1 {
		t.Errorf("%d alerts after the tenth", n)
	}
	s.at(day(61).Add(3*time.Hour + time.Minute))
	p.session("totp", p.totp()).refused(t, "after the tenth of a day", fault.DeviceBlocked)
}

// Without the device's key nothing is counted: a stranger can lock nobody out.
func TestStrangerCannotLockOut(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		one := p.acts(1)[0]
		c := p.challenge(string(one.Id))
		with := p.answer(c)
		stranger := *s.newPhone()
		stranger.id, stranger.k = p.id, p.k // all but the key
		for i := range 12 {
			stranger.session("totp", "00000000").refused(t, fmt.Sprint("a stranger's code ", i), fault.Unauthorized)
		}
		thief := *p // the token as well
		thief.key, _ = device.NewKey()
		for i := range 12 {
			thief.confirm(c, wire.Confirmation{Code: wrong(with.Code), Jws: with.Jws}).refused(t, fmt.Sprint("a thief's code ", i), fault.Unauthorized)
		}
		nobody := s.newPhone()
		nobody.id = "d-nobody"
		a, b := nobody.session("totp", "00000000").problem(t), stranger.session("totp", "00000000").problem(t)
		if a.CorrelationId, b.CorrelationId = "", ""; fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) {
			t.Errorf("a device that is there and one that isn't are told apart: %+v, %+v", a, b)
		}
		if a := p.confirm(c, with); a.status != http.StatusOK {
			t.Errorf("the owner: %d %s", a.status, a.body)
		}
	})
}

func TestTOTPReplayed(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		s.at(day(60).Add(time.Minute))
		code := p.totp()
		p.open("totp", code)
		p.session("totp", code).refused(t, "the same code", fault.WrongCode)
		s.at(day(60).Add(time.Minute + 29*time.Second))
		p.session("totp", code).refused(t, "the same code, later", fault.WrongCode)
		s.at(day(60).Add(3 * time.Minute))
		late := p.totp()
		s.at(day(60).Add(4*time.Minute + time.Second))
		p.session("totp", late).refused(t, "an old code", fault.WrongCode)
		s.at(day(60).Add(5 * time.Minute))
		next := p.totp()
		s.at(day(60).Add(5*time.Minute - 30*time.Second))
		p.open("totp", next) // a clock that is a step ahead
		p.session("totp", p.totp()).refused(t, "a step before one that was taken", fault.WrongCode)
	})
}

// One code sent by many at once opens one session.
func TestTOTPReplayedAtOnce(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		s.at(day(60).Add(time.Minute))
		code := p.totp()
		codes := p.tally(5, func(p *phone, _ int) answer { return p.session("totp", code) })
		if codes[""] != 1 || codes[fault.WrongCode] != 4 {
			t.Errorf("%v", codes)
		}
	})
}

// Korean input methods type full-width digits.
func TestFullWidthDigits(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	one := p.acts(1)[0]
	wide := func(code string) string { return strings.Map(func(r rune) rune { return r - '0' + '０' }, code) }
	c := p.challenge(string(one.Id))
	with := p.answer(c)
	with.Code = wide(with.Code)
	if a := p.confirm(c, with); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
	s.at(day(60).Add(time.Minute))
	p.open("totp", wide(p.totp()))
}
