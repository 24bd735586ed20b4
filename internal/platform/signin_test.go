package platform_test

import (
	"context"
	"crypto/elliptic"
	"encoding/base64"
	"math/big"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/wire"
	"jandon/keystore/device"
	"jandon/keystore/dpop"
	"jandon/keystore/secret"
)

// everywhere runs a test on a platform in memory and on one in a file.
func everywhere(t *testing.T, test func(*testing.T, *site)) {
	t.Helper()
	for name, path := range map[string]string{"memory": platform.Memory, "file": filepath.Join(t.TempDir(), "p.db")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, path)
			test(t, s)
			_, err := s.Check(t.Context())
			must(t, err)
		})
	}
}

var wallets = request{method: http.MethodGet, path: "/v1/wallet"}

func TestTokenAloneOpensNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	for what, c := range map[string]struct {
		r    request
		code fault.Code
	}{
		"no proof":                {request{method: "GET", path: "/v1/wallet", noProof: true}, fault.BadProof},
		"no proof, as bearer":     {request{method: "GET", path: "/v1/wallet", noProof: true, scheme: "Bearer"}, fault.Unauthorized},
		"as bearer":               {request{method: "GET", path: "/v1/wallet", scheme: "Bearer"}, fault.Unauthorized},
		"a proof without a token": {request{method: "GET", path: "/v1/wallet", prove: func(q *dpop.Request) { q.Token = secret.Secret{} }}, fault.BadProof},
		"a proof of another":      {request{method: "GET", path: "/v1/wallet", prove: func(q *dpop.Request) { q.Token = secret.New([]byte("another")) }}, fault.BadProof},
		"wrong htm":               {request{method: "GET", path: "/v1/wallet", prove: func(q *dpop.Request) { q.Method = "POST" }}, fault.BadProof},
		"wrong htu":               {request{method: "GET", path: "/v1/wallet", prove: func(q *dpop.Request) { q.URL = "http://platform/v1/devices" }}, fault.BadProof},
		"another place":           {request{method: "GET", path: "/v1/wallet", prove: func(q *dpop.Request) { q.URL = "http://evil.example/v1/wallet" }}, fault.BadProof},
		"early":                   {request{method: "GET", path: "/v1/wallet", at: day(60).Add(61 * time.Second)}, fault.BadProof},
		"late":                    {request{method: "GET", path: "/v1/wallet", at: day(60).Add(-61 * time.Second)}, fault.BadProof},
		"garbage":                 {request{method: "GET", path: "/v1/wallet", proof: "garbage"}, fault.BadProof},
	} {
		a := p.once(c.r)
		a.refused(t, what, c.code)
		if !strings.HasPrefix(a.header.Get("WWW-Authenticate"), "DPoP ") {
			t.Errorf("%s: WWW-Authenticate %q", what, a.header.Get("WWW-Authenticate"))
		}
	}
	for what, r := range map[string]request{
		"as it should be": wallets, "a little early": {method: "GET", path: "/v1/wallet", at: day(60).Add(59 * time.Second)}, "a little late": {method: "GET", path: "/v1/wallet", at: day(60).Add(-59 * time.Second)},
	} {
		if a := p.once(r); a.status != http.StatusOK {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
}

// Two proofs in one request: nobody can say which one counts.
func TestTwoProofs(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://platform/v1/wallet", nil)
	must(t, err)
	r.Header.Set("Authorization", "DPoP "+p.token)
	r.Header.Add("DPoP", p.proof(wallets))
	r.Header.Add("DPoP", p.proof(wallets))
	res, err := s.client.Do(r)
	must(t, err)
	must(t, res.Body.Close())
	if res.StatusCode != http.StatusUnauthorized {
		t.Errorf("%d", res.StatusCode)
	}
}

func TestTokenOnAnotherKey(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		thief, err := device.NewKey()
		must(t, err)
		p.once(request{method: "GET", path: "/v1/wallet", signer: &thief}).refused(t, "a stolen token", fault.Unauthorized)
		if a := p.once(wallets); a.status != http.StatusOK {
			t.Errorf("its owner: %d %s", a.status, a.body)
		}
	})
}

func TestProofReplayed(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	proof := p.proof(wallets)
	if a := p.once(request{method: "GET", path: "/v1/wallet", proof: proof}); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	p.once(request{method: "GET", path: "/v1/wallet", proof: proof}).refused(t, "a proof twice", fault.ProofReplayed)
	p.once(request{method: "GET", path: "/v1/wallet", proof: twin(t, proof)}).refused(t, "its twin", fault.ProofReplayed)
	s.at(day(60).Add(59 * time.Second))
	p.once(request{method: "GET", path: "/v1/wallet", proof: proof}).refused(t, "a proof again, later", fault.ProofReplayed)
	s.at(day(60).Add(61 * time.Second))
	p.once(request{method: "GET", path: "/v1/wallet", proof: proof}).refused(t, "a proof again, too late", fault.BadProof)

	stranger := s.newPhone()
	enrol := request{method: "POST", path: "/v1/enrolments", body: wire.EnrolRequest{Handle: "mina", DeviceName: "x", HpkePublicKey: stranger.public, Store: wire.File}}
	enrol.proof = stranger.proof(enrol)
	if a := stranger.once(enrol); a.status != http.StatusAccepted {
		t.Fatalf("%d %s", a.status, a.body)
	}
	stranger.once(enrol).refused(t, "an enrolment's proof twice", fault.ProofReplayed)
}

// twin is the same proof with the signature (r, n−s), which verifies too.
func twin(t *testing.T, proof string) string {
	t.Helper()
	head, last, _ := cutLast(proof)
	b, err := base64.RawURLEncoding.DecodeString(last)
	must(t, err)
	s := new(big.Int).Sub(elliptic.P256().Params().N, new(big.Int).SetBytes(b[32:]))
	s.FillBytes(b[32:])
	return head + "." + base64.RawURLEncoding.EncodeToString(b)
}

func cutLast(s string) (head, last string, ok bool) {
	i := strings.LastIndexByte(s, '.')
	return s[:i], s[i+1:], i >= 0
}

// A session's proof must be fresh by the platform's word.
func TestNonceNeeded(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	p.token = ""
	ask := request{method: "POST", path: "/v1/sessions", body: wire.SessionRequest{Device: p.id}}
	for what, nonce := range map[string]string{"none": "", "garbage": "garbage"} {
		p.nonce = nonce
		a := p.once(ask)
		a.refused(t, what, fault.NonceNeeded)
		if a.header.Get("DPoP-Nonce") == "" || !strings.Contains(a.header.Get("WWW-Authenticate"), "use_dpop_nonce") {
			t.Errorf("%s: %v", what, a.header)
		}
	}
	if a := p.once(ask); a.status != http.StatusCreated {
		t.Errorf("with the nonce that came: %d %s", a.status, a.body)
	}
	s.at(day(60).Add(121 * time.Second))
	old := p.nonce
	p.once(ask)
	p.nonce = old
	s.at(day(60).Add(5 * time.Minute))
	p.once(ask).refused(t, "an old one", fault.NonceNeeded)
}

// So must the proof of a confirmation, or it could be kept back and sent later.
func TestNonceNeededToConfirm(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	c := p.challenge(string(p.acts(1)[0].Id))
	ask := request{method: "POST", path: "/v1/challenges/" + string(c.Id) + "/confirm", body: p.answer(c)}
	p.nonce = ""
	p.once(ask).refused(t, "no nonce", fault.NonceNeeded)
	if a := p.once(ask); a.status != http.StatusOK {
		t.Errorf("with the nonce that came: %d %s", a.status, a.body)
	}
}

// The proof that opens a session to read opens one only.
func TestProofOfASessionReplayed(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	p.token = ""
	ask := request{method: "POST", path: "/v1/sessions", body: wire.SessionRequest{Device: p.id}}
	ask.proof = p.proof(ask)
	if a := p.once(ask); a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.body)
	}
	p.once(ask).refused(t, "its proof twice", fault.ProofReplayed)
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		// Used each four minutes it lives for an hour.
		for at := 4 * time.Minute; at < time.Hour; at += 4 * time.Minute {
			s.at(day(60).Add(at))
			if a := p.look("/v1/wallet"); a.status != http.StatusOK {
				t.Fatalf("after %v: %d %s", at, a.status, a.body)
			}
		}
		s.at(day(60).Add(time.Hour))
		p.look("/v1/wallet").refused(t, "after an hour", fault.Unauthorized)
		p.open("totp", p.totp())
		s.at(day(60).Add(time.Hour + 5*time.Minute - time.Millisecond))
		if a := p.look("/v1/wallet"); a.status != http.StatusOK {
			t.Errorf("almost idle: %d %s", a.status, a.body)
		}
		s.at(day(60).Add(time.Hour + 10*time.Minute))
		p.look("/v1/wallet").refused(t, "after five idle minutes", fault.Unauthorized)
		s.at(day(60).Add(time.Hour + 6*time.Minute))
		p.look("/v1/wallet").refused(t, "for good", fault.Unauthorized)
		p.open("totp", p.totp())
		if a := p.ask(request{method: http.MethodDelete, path: "/v1/sessions/current"}); a.status != http.StatusNoContent {
			t.Errorf("closing: %d %s", a.status, a.body)
		}
		p.look("/v1/wallet").refused(t, "closed", fault.Unauthorized)
	})
}

// The device's key alone reads and does nothing else.
func TestReadingSessionMovesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	full := p.token
	one := p.act(http.MethodPost, "/v1/secret", "key-0123456789-00", wire.SealRequest{HpkePublicKey: p.public})
	c := p.challenge(string(one.Id))
	if got := p.open("", ""); got.Scope != wire.SessionScopeRead || got.IdleS != 300 || !got.Expires.Equal(day(60).Add(time.Hour)) || string(got.Account) != p.account {
		t.Errorf("session %+v", got)
	}
	for _, path := range []string{"/v1/wallet", "/v1/acts", "/v1/devices", "/v1/limits", "/v1/challenges/" + string(c.Id)} {
		if a := p.look(path); a.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	for _, r := range []request{
		{method: "POST", path: "/v1/secret", body: wire.SealRequest{HpkePublicKey: p.public}},
		{method: "POST", path: "/v1/authenticator", body: wire.SealRequest{HpkePublicKey: p.public}},
		{method: "POST", path: "/v1/authenticator/check", body: wire.CodeRequest{Code: "123456"}},
		{method: "PUT", path: "/v1/recovery-codes", body: wire.RecoveryDigests{Digests: digests()}},
		{method: "PUT", path: "/v1/security-level", body: wire.LevelRequest{Level: wire.Standard}},
		{method: "POST", path: "/v1/destinations", body: wire.DestinationRequest{Rail: "bank", Name: "Mina", Number: "110-123-456789"}},
		{method: "POST", path: "/v1/cashouts", body: wire.CashoutRequest{Quote: "q", Plan: 0}},
		{method: "POST", path: "/v1/acts/" + string(one.Id) + "/challenge"},
		{method: "GET", path: "/v1/acts/" + string(one.Id) + "/secret"},
		{method: "POST", path: "/v1/challenges/" + string(c.Id) + "/confirm", body: p.answer(c)},
		{method: "PATCH", path: "/v1/devices/" + p.id, body: wire.DeviceName{Name: "other"}},
		{method: "DELETE", path: "/v1/devices/d-another"},
	} {
		r.key = "key-9876543210-" + r.method + "-step"
		p.ask(r).refused(t, r.method+" "+r.path, fault.StepUpRequired)
	}
	// The key of a refused request is not used up, nor was the confirmation a try.
	p.token = full
	p.act(http.MethodPost, "/v1/secret", "key-9876543210-POST-step", wire.SealRequest{HpkePublicKey: p.public})
	if a := p.confirm(c, p.answer(c)); a.status != http.StatusOK {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
}

func digests() []string {
	list := make([]string, 10)
	for i := range list {
		list[i] = strings.Repeat("0123456789abcdef", 3) + "0123456789abcde" + string(rune('0'+i))
	}
	return list
}

// A platform on a port knows its own names and believes no other, or a proof
// that was made for another place would be good here.
func TestAddressOfAnotherPlace(t *testing.T) {
	t.Parallel()
	for name, origins := range map[string][]string{"named": {"https://wallet.example", "http://platform"}, "unnamed": nil} {
		s := newSiteWith(t, platform.Options{Path: platform.Memory, Origins: origins})
		ours := s.enrolled("mina", name)
		if a := ours.once(wallets); a.status != http.StatusOK {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
		if origins == nil {
			continue // inside the process nobody stands between
		}
		proof := ours.proof(request{method: "GET", path: "/v1/wallet", prove: func(q *dpop.Request) { q.URL = "http://evil.example/v1/wallet" }})
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://platform/v1/wallet", nil)
		must(t, err)
		r.Host = "evil.example" // as a relay would send it
		r.Header.Set("Authorization", "DPoP "+ours.token)
		r.Header.Set("DPoP", proof)
		res, err := s.client.Do(r)
		must(t, err)
		must(t, res.Body.Close())
		if res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: a relayed request got %d", name, res.StatusCode)
		}
	}
}

// So does a listener without a name: its own address, and localhost.
func TestListenerKnowsItsNames(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	ln, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // closed by Serve
	must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln) }()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	addr := ln.Addr().String()
	_, port, err := net.SplitHostPort(addr)
	must(t, err)
	for host, want := range map[string]int{
		addr: http.StatusOK, "localhost:" + port: http.StatusOK, "LOCALHOST:" + port: http.StatusOK,
		"evil.example": http.StatusUnauthorized, "evil.example:" + port: http.StatusUnauthorized, "localhost": http.StatusUnauthorized,
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+"/v1/wallet", nil)
		must(t, err)
		r.Host = host // a relay would send what the wallet believes to speak to
		r.Header.Set("Authorization", "DPoP "+p.token)
		r.Header.Set("DPoP", p.proof(request{method: "GET", path: "/v1/wallet", prove: func(q *dpop.Request) { q.URL = "http://" + host + "/v1/wallet" }}))
		res, err := client.Do(r)
		must(t, err)
		must(t, res.Body.Close())
		if res.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, res.StatusCode, want)
		}
	}
	stop()
	must(t, <-ended)
}

// Answers carry the platform's clock, not the machine's.
func TestAnswersCarryTheClock(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	for _, path := range []string{"/v1/status", "/v1/nothing", "/v1/wallet"} {
		if got := s.get(path).header.Get("Date"); got != day(60).Format(http.TimeFormat) {
			t.Errorf("%s: Date %q", path, got)
		}
	}
}
