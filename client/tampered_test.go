package client_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
	"jandon/keystore/challenge"
)

// isChallenge reports a request for a challenge.
func isChallenge(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/challenge")
}

// edited changes the bytes of a challenge on their way.
func edited(t testing.TB, edit func([]byte) []byte) func(*http.Request, *said) bool {
	return func(r *http.Request, a *said) bool {
		if isChallenge(r) && a.status == http.StatusCreated {
			var c wire.Challenge
			if err := json.Unmarshal(a.body, &c); err != nil {
				t.Error(err)
			}
			b, err := base64.RawURLEncoding.DecodeString(c.Bytes)
			if err != nil {
				t.Error(err)
			}
			c.Bytes = base64.RawURLEncoding.EncodeToString(edit(b))
			if a.body, err = json.Marshal(c); err != nil {
				t.Error(err)
			}
		}
		return true
	}
}

// fields changes the fields of a challenge, whose bytes stay well-formed.
func fields(t testing.TB, change func(*challenge.Challenge)) func([]byte) []byte {
	return func(b []byte) []byte {
		c, err := challenge.Decode(b)
		if err != nil {
			t.Error(err)
		}
		change(&c)
		out, err := c.Encode()
		if err != nil {
			t.Error(err)
		}
		return out
	}
}

func swapped(old, new string) func([]byte) []byte {
	return func(b []byte) []byte { return []byte(strings.Replace(string(b), old, new, 1)) }
}

// A challenge that asks for anything else than the person did, or is written
// in any other way than the one, is drawn nowhere and answered never.
func TestChallengeThatDiffersFromTheRequest(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	made := begun(t, a, 3000)
	set := func(change func(*challenge.Challenge)) func([]byte) []byte { return fields(t, change) }
	for name, c := range map[string]struct {
		edit func([]byte) []byte
		want fault.Code
	}{
		"amount":   {set(func(c *challenge.Challenge) { c.Amount, c.Legs[0].Amount = 4000, 4000 }), fault.ChallengeDiffers},
		"fee":      {set(func(c *challenge.Challenge) { c.Fee, c.Legs[0].Amount = 100, 2900 }), fault.ChallengeDiffers},
		"payee":    {set(func(c *challenge.Challenge) { c.Legs[0].Payee = "Somebody else" }), fault.ChallengeDiffers},
		"payee id": {set(func(c *challenge.Challenge) { c.Legs[0].PayeeID = "p-9" }), fault.ChallengeDiffers},
		"quote":    {set(func(c *challenge.Challenge) { c.Quote = "quote-OTHER" }), fault.ChallengeDiffers},
		"currency": {set(func(c *challenge.Challenge) { c.Currency = "USD" }), fault.ChallengeDiffers},
		"action":   {set(func(c *challenge.Challenge) { c.Action = "destination.add" }), fault.ChallengeDiffers},
		"server":   {set(func(c *challenge.Challenge) { c.Server = "https://elsewhere.example" }), fault.ChallengeDiffers},
		"account":  {set(func(c *challenge.Challenge) { c.Account = "a-other" }), fault.ChallengeDiffers},
		"device":   {set(func(c *challenge.Challenge) { c.Device = "d-other" }), fault.ChallengeDiffers},
		"id":       {set(func(c *challenge.Challenge) { c.ID = "ch-other" }), fault.ChallengeDiffers},
		"two legs": {set(func(c *challenge.Challenge) {
			c.Legs = []challenge.Leg{{Amount: 1000, Payee: "x", PayeeID: "y"}, {Amount: 2000, Payee: "x", PayeeID: "y"}}
		}), fault.ChallengeDiffers},
		"expired":       {set(func(c *challenge.Challenge) { c.Expires = noon.Unix() - 1 }), fault.ChallengeExpired},
		"unsafe name":   {set(func(c *challenge.Challenge) { c.Legs[0].Payee = "top\u202eup" }), fault.UnsafeText},
		"extra key":     {swapped(`{"account"`, `{"aaa":1,"account"`), fault.BadChallenge},
		"duplicate key": {swapped(`"v":1}`, `"v":1,"v":1}`), fault.BadChallenge},
		"float":         {swapped(`"amount":3000`, `"amount":3000.0`), fault.BadChallenge},
		"exponent":      {swapped(`"amount":3000`, `"amount":3e3`), fault.BadChallenge},
		"space":         {swapped(`,"action"`, `, "action"`), fault.BadChallenge},
		"reordered":     {swapped(`"v":1}`, `"nonce2":1}`), fault.BadChallenge},
		"nothing":       {func([]byte) []byte { return []byte("{}") }, fault.BadChallenge},
	} {
		w.lie(nil, edited(t, c.edit))
		_, err := a.Challenge(t.Context(), made)
		if codeOf(err) != c.want {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
		_, err = a.Confirm(t.Context(), made, nil)
		if codeOf(err) != fault.ChallengeExpired {
			t.Errorf("%s: confirmed a question that was not drawn: %v", name, err)
		}
	}
	w.lie(nil, nil)
	if n := w.acts()[act.Going]; n != 0 {
		t.Errorf("%d acts went", n)
	}
}

// Keys in another order are other bytes, even where they say the same.
func TestChallengeWithReorderedKeys(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	made := begun(t, a, 3000)
	w.lie(nil, edited(t, func(b []byte) []byte {
		text := strings.TrimSuffix(strings.TrimPrefix(string(b), "{"), "}")
		first, rest, _ := strings.Cut(text, ",")
		return []byte("{" + rest + "," + first + "}")
	}))
	_, err := a.Challenge(t.Context(), made)
	wantCode(t, err, fault.BadChallenge)
}

// An act that was changed after it was begun, on the screen or on its way
// there, matches no challenge: what was asked stands in the journal.
func TestActChangedAfterItWasAsked(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	made := begun(t, a, 3000)
	for name, change := range map[string]func(*act.Act){
		"amount":   func(x *act.Act) { x.Amount = won(4000) },
		"fee":      func(x *act.Act) { x.Fee = won(1) },
		"quote":    func(x *act.Act) { x.Quote = "quote-OTHER" },
		"payee":    func(x *act.Act) { x.Legs = append([]act.Leg(nil), x.Legs...); x.Legs[0].Payee.Name = "Somebody" },
		"currency": func(x *act.Act) { x.Amount.Currency = "USD" },
		"action":   func(x *act.Act) { x.Action = act.Resume },
	} {
		other := made
		change(&other)
		_, err := a.Challenge(t.Context(), other)
		if e := wantCode(t, err, fault.ChallengeDiffers); !strings.HasSuffix(e.Args["field"], name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Not even where the act and its challenge agree on the lie.
	other := made
	other.Amount, other.Legs = won(4000), append([]act.Leg(nil), made.Legs...)
	other.Legs[0].Amount, other.Legs[0].Net = won(4000), won(4000)
	w.lie(nil, edited(t, fields(t, func(c *challenge.Challenge) { c.Amount, c.Legs[0].Amount = 4000, 4000 })))
	_, err := a.Challenge(t.Context(), other)
	wantCode(t, err, fault.ChallengeDiffers)
	w.lie(nil, nil)
	_, err = a.Challenge(t.Context(), made)
	must(t, err)
}

// What changes after the code was made is refused by the platform, whatever
// the wallet sends it with: the code and the signature are over other bytes.
func TestAmountChangedAfterTheCode(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	one, other := begun(t, a, 3000), begun(t, a, 5000)
	_, err := a.Challenge(t.Context(), one)
	must(t, err)
	q, err := a.Challenge(t.Context(), other)
	must(t, err)
	// The relay takes the code of one act to the challenge of the other.
	w.lie(func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/confirm") {
			r.URL.Path = "/v1/challenges/" + q.ID + "/confirm"
		}
		return false
	}, nil)
	_, err = a.Confirm(t.Context(), one, nil)
	if err == nil {
		t.Fatal("the code of one act confirmed another")
	}
	w.lie(nil, nil)
	if n := w.acts()[act.Going]; n != 0 {
		t.Errorf("%d acts went", n)
	}
	_, err = a.Confirm(t.Context(), other, nil)
	must(t, err)
}

// A quote whose sums, amount or rails are not those asked for is no quote.
func TestQuoteForSomethingElse(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	ask := act.Ask{Amount: won(3000), Amounts: map[string]int64{"mobile_topup": 3000}}
	for name, change := range map[string]func(*wire.Quote){
		"amount": func(q *wire.Quote) { q.AmountMinor++ },
		"whole amount": func(q *wire.Quote) {
			q.AmountMinor, q.Plans[0].RestMinor = q.AmountMinor+1000, q.Plans[0].RestMinor+1000
		},
		"currency":     func(q *wire.Quote) { q.Currency = "USD" },
		"fee":          func(q *wire.Quote) { q.Plans[0].Legs[0].FeeMinor += 10 },
		"hidden fee":   func(q *wire.Quote) { q.Plans[0].FeesMinor += 10 },
		"another rail": func(q *wire.Quote) { q.Plans[0].Legs[0].Rail = "donation" },
		"value":        func(q *wire.Quote) { q.Plans[0].ValueMinor *= 2 },
		"draws":        func(q *wire.Quote) { q.Plans[0].Legs[0].From[0].AmountMinor-- },
		"negative":     func(q *wire.Quote) { q.Plans[0].RestMinor = -1 },
	} {
		w.lie(nil, func(r *http.Request, s *said) bool {
			if r.URL.Path == "/v1/quotes" {
				var q wire.Quote
				if err := json.Unmarshal(s.body, &q); err != nil {
					t.Error(err)
				}
				change(&q)
				s.body, _ = json.Marshal(q)
			}
			return true
		})
		_, err := a.Quote(t.Context(), ask)
		if codeOf(err) != fault.BadAnswer {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.lie(nil, func(r *http.Request, s *said) bool {
		s.body = []byte(strings.Replace(string(s.body), `"version":"`, `"version":"other-`, 1))
		return true
	})
	_, err := a.Quote(t.Context(), ask)
	wantCode(t, err, fault.CatalogueDiffers)
}

// Rails and rules of another version stop previews.
func TestOtherCatalogue(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	w.lie(nil, func(_ *http.Request, s *said) bool {
		s.body = []byte(strings.Replace(string(s.body), `"catalogue":"`, `"catalogue":"other-`, 1))
		return true
	})
	_, err := a.Means(t.Context())
	e := wantCode(t, err, fault.CatalogueDiffers)
	if e.Args["want"] == "" || e.Args["have"] == "" {
		t.Error(e.Args)
	}
	if _, err := a.Limits(t.Context()); err != nil { // what may be done can still be read
		t.Error(err)
	}
}

// Means are believed for a moment, and asked anew after something moved.
func TestMeansAreAskedAgainAfterAChange(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	ask := func(want int) act.Limits {
		t.Helper()
		l, err := a.Means(t.Context())
		must(t, err)
		if n := w.seen("GET /v1/limits"); n != want {
			t.Errorf("asked %d times, want %d", n, want)
		}
		return l
	}
	ask(1)
	ask(1)
	begun(t, a, 3000)
	if l := ask(2); len(l.Pinned) == 0 {
		t.Errorf("nothing is pinned: %+v", l)
	}
	w.pass(11 * time.Second)
	ask(3)
	_, err := a.Sync(t.Context(), nil)
	must(t, err)
	ask(4)
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	ask(4)
}

// An act that comes back as another than was asked for is not gone on with,
// however well its sums add up; its own challenge is not answered either.
func TestAnotherActThanWasAskedFor(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	q := quoted(t, a, 3000)
	w.lie(nil, func(r *http.Request, s *said) bool {
		if r.URL.Path == "/v1/cashouts" {
			s.body = []byte(strings.ReplaceAll(string(s.body), "3000", "4000"))
		}
		return true
	})
	_, err := a.CashOut(t.Context(), q, 0)
	if e := wantCode(t, err, fault.ChallengeDiffers); e.Args["field"] != "amount" {
		t.Error(e)
	}
	w.lie(nil, nil)
	found, err := a.Recover(t.Context())
	must(t, err)
	if len(found) != 1 || found[0].Amount != won(3000) {
		t.Fatalf("%+v", found)
	}
	liar := found[0]
	liar.Amount = won(4000)
	_, err = a.Challenge(t.Context(), liar)
	wantCode(t, err, fault.ChallengeDiffers)
	_, err = a.Cancel(t.Context(), found[0].ID)
	must(t, err)
}

// A question that nobody answered in its time is not answered by this device
// either: no code leaves for it, by the platform's clock and not by the local one.
func TestAnExpiredQuestionIsNotAnswered(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	one := begun(t, a, 20_000)
	q, err := a.Challenge(t.Context(), one)
	must(t, err)
	confirm := "POST /v1/challenges/" + q.ID + "/confirm"
	w.pass(q.Expires.Sub(q.At))
	typed := secret(firstPIN)
	_, err = a.Confirm(t.Context(), one, &typed)
	wantCode(t, err, fault.ChallengeExpired)
	if n := w.seen(confirm); n != 0 {
		t.Errorf("%d codes were sent", n)
	}
	if _, err = a.Challenge(t.Context(), one); err != nil { // a new one can be asked for
		t.Error(err)
	}
}
