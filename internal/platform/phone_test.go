package platform_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/wire"
	"jandon/keystore/codes"
	"jandon/keystore/device"
	"jandon/keystore/dpop"
	"jandon/keystore/secret"
)

// phone is a device as its owner's wallet would be: it has a key, a K, and
// speaks to the platform over HTTP with a proof on each request.
type phone struct {
	*site
	key     device.Key
	seal    hpke.PrivateKey
	public  string // of seal, as it is sent
	enrolID string
	id      string
	account string
	k       secret.Secret
	token   string
	nonce   string
}

// newPhone is a device that nobody knows yet.
func (s *site) newPhone() *phone {
	s.t.Helper()
	key, err := device.NewKey()
	must(s.t, err)
	p := &phone{site: s, key: key}
	p.seal, p.public = newSeal(s.t)
	return p
}

// enrolled is a device of a person that has shown its code and whose session may act.
func (s *site) enrolled(handle, name string) *phone {
	s.t.Helper()
	p := s.newPhone()
	p.enrol(handle, name)
	a := p.activate(s.letter(name))
	if a.status != http.StatusOK {
		s.t.Fatalf("activate: %d %s", a.status, a.body)
	}
	p.open("totp", p.totp())
	return p
}

// letter is the code of the newest letter about a device.
func (s *site) letter(name string) string {
	s.t.Helper()
	letters := s.Outbox()
	for i := len(letters) - 1; i >= 0; i-- {
		if letters[i].Device == name {
			return string(letters[i].Code.Copy())
		}
	}
	s.t.Fatalf("no letter about %s", name)
	return ""
}

// request is one as it is to be sent; zero fields are what an honest
// wallet would send.
type request struct {
	method, path string
	body         any
	key          string // Idempotency-Key
	proof        string // instead of one made for this request
	noProof      bool
	prove        func(*dpop.Request) // changes what is proved
	at           time.Time           // of the proof
	scheme       string
	signer       *device.Key
}

func (p *phone) post(path string, body any) answer {
	p.t.Helper()
	return p.ask(request{method: http.MethodPost, path: path, body: body})
}

func (p *phone) look(path string) answer {
	p.t.Helper()
	return p.ask(request{method: http.MethodGet, path: path})
}

// ask asks, and once more with the nonce if one is needed.
func (p *phone) ask(r request) answer {
	p.t.Helper()
	a := p.once(r)
	if a.status == http.StatusUnauthorized && fault.Code(a.problem(p.t).Code) == fault.NonceNeeded && r.proof == "" {
		a = p.once(r)
	}
	return a
}

func (p *phone) once(r request) answer {
	p.t.Helper()
	var body io.Reader
	if r.body != nil {
		b, err := json.Marshal(r.body)
		must(p.t, err)
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(p.t.Context(), r.method, "http://platform"+r.path, body)
	must(p.t, err)
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.key != "" {
		req.Header.Set("Idempotency-Key", r.key)
	}
	if p.token != "" {
		scheme := r.scheme
		if scheme == "" {
			scheme = "DPoP"
		}
		req.Header.Set("Authorization", scheme+" "+p.token)
	}
	if !r.noProof {
		proof := r.proof
		if proof == "" {
			proof = p.proof(r)
		}
		req.Header.Set("DPoP", proof)
	}
	res, err := p.client.Do(req)
	must(p.t, err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	must(p.t, err)
	if n := res.Header.Get("DPoP-Nonce"); n != "" {
		p.nonce = n
	}
	return answer{res.StatusCode, res.Header, b}
}

// proof is the one that goes with a request.
func (p *phone) proof(r request) string {
	p.t.Helper()
	q := dpop.Request{Method: r.method, URL: "http://platform" + r.path, Token: secret.New([]byte(p.token)), Nonce: p.nonce}
	if r.prove != nil {
		r.prove(&q)
	}
	at, key := r.at, p.key
	if at.IsZero() {
		at = p.clock()
	}
	if r.signer != nil {
		key = *r.signer
	}
	proof, err := dpop.Prove(key, q, at)
	must(p.t, err)
	return proof
}

func (p *phone) enrol(handle, name string) {
	p.t.Helper()
	a := p.post("/v1/enrolments", wire.EnrolRequest{
		Handle: handle, DeviceName: name, HpkePublicKey: p.public, Store: wire.Keyring,
	})
	var e wire.Enrolment
	a.is(p.t, http.StatusAccepted, &e)
	p.enrolID = string(e.Enrolment)
}

// activate finishes the enrolment and opens what was sealed for it.
func (p *phone) activate(code string) answer {
	p.t.Helper()
	a := p.post("/v1/enrolments/"+p.enrolID+"/activate", wire.ActivateRequest{Code: code, HpkePublicKey: p.public})
	if a.status != http.StatusOK {
		return a
	}
	var got wire.Activated
	a.is(p.t, http.StatusOK, &got)
	p.id, p.account = string(got.Device), string(got.Account)
	p.k = p.unseal(p.seal, got.SealedSecret)
	return a
}

// unseal opens a K. A wallet would hide it under a PIN, which takes its time;
// what it opens with is written anew here, from RFC 9180.
func (p *phone) giveUp() answer {
	p.t.Helper()
	return p.ask(request{method: http.MethodDelete, path: "/v1/enrolments/" + p.enrolID})
}

func (p *phone) unseal(key hpke.PrivateKey, sealed string) secret.Secret {
	p.t.Helper()
	return p.unsealed(key, "jandon enrol v1", sealed)
}

func (p *phone) unsealed(key hpke.PrivateKey, purpose, sealed string) secret.Secret {
	p.t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	must(p.t, err)
	opened, err := hpke.Open(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(purpose+"|"+p.id+"|"+p.key.Public().Thumbprint()), b)
	must(p.t, err)
	return secret.New(opened)
}

// newSeal is a key that secrets are sealed for, and its public half as it is sent.
func newSeal(t testing.TB) (hpke.PrivateKey, string) {
	t.Helper()
	key, err := hpke.DHKEM(ecdh.P256()).GenerateKey()
	must(t, err)
	return key, base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes())
}

// totp is the code of a session at the platform's time.
func (p *phone) totp() string {
	p.t.Helper()
	code, err := codes.Session(p.k, p.clock())
	must(p.t, err)
	return string(code.Copy())
}

// session asks for a session; open is one that must come.
func (p *phone) session(method, code string) answer {
	p.t.Helper()
	token := p.token
	p.token = "" // a session is opened without one
	a := p.post("/v1/sessions", wire.SessionRequest{Device: p.id, Method: wire.SessionRequestMethod(method), Code: code})
	p.token = token
	return a
}

func (p *phone) open(method, code string) wire.Session {
	p.t.Helper()
	var s wire.Session
	p.session(method, code).is(p.t, http.StatusCreated, &s)
	p.token = s.Token
	return s
}

// act asks for something that begins an act.
func (p *phone) act(method, path, key string, body any) wire.Act {
	p.t.Helper()
	var one wire.Act
	p.ask(request{method: method, path: path, key: key, body: body}).is(p.t, http.StatusCreated, &one)
	return one
}

// challenge asks for the challenge of an act.
func (p *phone) challenge(id string) wire.Challenge {
	p.t.Helper()
	var c wire.Challenge
	p.post("/v1/acts/"+id+"/challenge", nil).is(p.t, http.StatusCreated, &c)
	return c
}

// bytesOf is what a challenge asks to confirm.
func bytesOf(t testing.TB, c wire.Challenge) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(c.Bytes)
	must(t, err)
	return b
}

// answer is the code and the signature that confirm a challenge.
func (p *phone) answer(c wire.Challenge) wire.Confirmation {
	p.t.Helper()
	b := bytesOf(p.t, c)
	code, err := codes.Confirm(p.k, b)
	must(p.t, err)
	jws, err := p.key.Receipt(b)
	must(p.t, err)
	return wire.Confirmation{Code: string(code.Copy()), Jws: jws}
}

func (p *phone) confirm(c wire.Challenge, with wire.Confirmation) answer {
	p.t.Helper()
	return p.post("/v1/challenges/"+string(c.Id)+"/confirm", with)
}

// confirmed confirms an act as its owner would.
func (p *phone) confirmed(id string) wire.Act {
	p.t.Helper()
	c := p.challenge(id)
	var one wire.Act
	p.confirm(c, p.answer(c)).is(p.t, http.StatusOK, &one)
	return one
}

// is checks the status and reads the body.
func (a answer) is(t testing.TB, status int, v any) {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	if v != nil {
		must(t, json.Unmarshal(a.body, v))
	}
}

// refused checks that an answer is the problem of a code.
func (a answer) refused(t testing.TB, what string, code fault.Code) {
	t.Helper()
	if a.status < 400 {
		t.Errorf("%s: %d %s, want %s", what, a.status, a.body, code)
		return
	}
	if p := a.problem(t); fault.Code(p.Code) != code || a.status != code.Status() {
		t.Errorf("%s: %d %s, want %s", what, a.status, p.Code, code)
	}
}

// wrong is a code like another that fits nothing.
func wrong(code string) string {
	return strings.Map(func(r rune) rune { return '0' + (r-'0'+5)%10 }, code)
}
