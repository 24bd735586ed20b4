package platform_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform"
)

// raw is a request with a body as it is.
func (p *phone) raw(method, path, body string) answer {
	p.t.Helper()
	return p.site.do(method, path, strings.NewReader(body), "Content-Type", "application/json", "Authorization", "DPoP "+p.token,
		"DPoP", p.proof(request{method: method, path: path}), "Idempotency-Key", "key-0123456789-00")
}

func TestBodiesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	const secret = "secretsecret"
	for _, c := range []struct{ method, path, body, pointer string }{
		{"PATCH", "/v1/devices/x", ``, "/body"},
		{"PATCH", "/v1/devices/x", `null`, "/body"},
		{"PATCH", "/v1/devices/x", `[]`, "/body"},
		{"PATCH", "/v1/devices/x", `{"name":"a"} {}`, "/body"},
		{"PATCH", "/v1/devices/x", `{"name":"a","name":"b"}`, "/body"},
		{"PATCH", "/v1/devices/x", `{"name":"` + "\xff" + `"}`, "/body"},
		{"PATCH", "/v1/devices/x", `{}`, "/body/name"},
		{"PATCH", "/v1/devices/x", `{"Name":"a"}`, "/body/unnamed /body/name"},
		{"PATCH", "/v1/devices/x", `{"name":"a","` + secret + secret + secret + `":1}`, "/body/unnamed"},
		{"PATCH", "/v1/devices/x", `{"name":""}`, "/body/name"},
		{"PATCH", "/v1/devices/x", `{"name":null}`, "/body/name"},
		{"PATCH", "/v1/devices/x", `{"name":["` + secret + `"]}`, "/body/name"},
		{"PATCH", "/v1/devices/x", `{"name":"` + strings.Repeat("가", 41) + `"}`, "/body/name"},
		{"POST", "/v1/authenticator/check", `{"code":` + strings.Repeat("1", 9) + `}`, "/body/code"},
		{"POST", "/v1/challenges/x/confirm", `{"code":"` + secret + secret + `","jws":""}`, "/body/code /body/jws"},
		{"POST", "/v1/secret", `{"hpke_public_key":"` + secret + `"}`, "/body/hpke_public_key"},
		{"PUT", "/v1/recovery-codes", `{"digests":[]}`, "/body/digests"},
		{"PUT", "/v1/recovery-codes", `{"digests":["` + strings.Repeat(`","`, 9) + `"]}`, "/body/digests"},
		{"PUT", "/v1/security-level", `{"level":"` + secret + `"}`, "/body/level"},
		{"POST", "/v1/quotes", `{"amount_minor":1e3,"currency":"krw"}`, "/body/amount_minor /body/currency"},
		{"POST", "/v1/quotes", `{"amount_minor":0,"currency":"KRW"}`, "/body/amount_minor"},
		{"POST", "/v1/quotes", `{"amount_minor":"1","currency":"KRW"}`, "/body/amount_minor"},
		{"POST", "/v1/quotes", `{"amount_minor":200000001,"currency":"KRW"}`, "/body/amount_minor"},
		{"POST", "/v1/quotes", `{"amount_minor":1,"currency":"KRW","by_hand":[{"rail":"x"}]}`, "/body/by_hand"},
		{"POST", "/v1/quotes", `{"amount_minor":1,"currency":"KRW","to":[{"rail":"x"}]}`, "/body/to"},
		{"POST", "/v1/quotes", `{"amount_minor":1,"currency":"KRW","without":"x"}`, "/body/without"},
		{"POST", "/v1/cashouts", `{"quote":"q","plan":-1}`, "/body/plan"},
		{"POST", "/v1/destinations", `{"rail":"bank","name":"x","number":"` + secret + `"}`, "/body/number"},
	} {
		a := p.raw(c.method, c.path, c.body)
		a.refused(t, c.body, fault.BadRequest)
		var pointers []string
		for _, f := range a.problem(t).Errors {
			pointers = append(pointers, string(f.Pointer))
		}
		if got := strings.Join(pointers, " "); got != c.pointer {
			t.Errorf("%s %s: %s, want %s", c.path, c.body, got, c.pointer)
		}
		if strings.Contains(string(a.body), secret) {
			t.Errorf("the answer echoes what was sent: %s", a.body)
		}
	}
	if strings.Contains(s.log.String(), secret) {
		t.Error("the log holds what was sent")
	}
}

// Whoever asks too fast has to wait, and nothing else happens to them.
func TestTooFast(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	s.Exhaust("device "+p.id, 40*time.Second)
	a := p.look("/v1/wallet")
	a.refused(t, "a device", fault.RateLimited)
	if a.header.Get("Retry-After") != "1" || a.problem(t).RetryAfterS != 1 {
		t.Errorf("Retry-After %q", a.header.Get("Retry-After"))
	}
	p.session("", "").refused(t, "its sessions", fault.RateLimited)
	if a := s.get("/v1/wallet"); a.status != http.StatusOK {
		t.Errorf("another: %d %s", a.status, a.body)
	}
	s.Exhaust("pipe", 5*time.Second)
	s.get("/v1/status").refused(t, "a network", fault.RateLimited)
	s.at(day(60).Add(time.Second))
	if a := p.look("/v1/wallet"); a.status != http.StatusOK {
		t.Errorf("later: %d %s", a.status, a.body)
	}
}
