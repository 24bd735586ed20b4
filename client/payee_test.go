package client_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
)

// A relay that drops or changes which destination was chosen, on the way there
// or back, gets no quote through.
func TestQuoteForAnotherDestination(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	ask := act.Ask{Amount: won(3000), Amounts: map[string]int64{"mobile_topup": 3000}, To: map[string]string{"mobile_topup": "to-mine"}}
	_, err := a.Quote(t.Context(), ask)
	wantCode(t, err, fault.NotFound) // the platform says which
	if e := fault.From(err); !strings.Contains(e.Args["what"], "to-mine") {
		t.Error(e.Args)
	}
	w.lie(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/v1/quotes" {
			var q wire.QuoteRequest
			if err := json.NewDecoder(r.Body).Decode(&q); err != nil || len(q.To) != 1 {
				t.Error(err, q.To)
			}
			q.To = nil
			b, _ := json.Marshal(q)
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
		}
		return false
	}, nil)
	_, err = a.Quote(t.Context(), ask)
	wantCode(t, err, fault.BadAnswer)
	w.lie(nil, nil)
	ask.To = nil
	_, err = a.Quote(t.Context(), ask)
	must(t, err)
}

// Two destinations may have one name and the same last digits: what was begun
// must pay the very one that the quote named.
func TestAnActThatPaysAnotherOfTheSameName(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	q := quoted(t, a, 3000)
	w.lie(nil, func(r *http.Request, s *said) bool {
		if r.URL.Path == "/v1/cashouts" {
			var made wire.Act
			if err := json.Unmarshal(s.body, &made); err != nil {
				t.Error(err)
			}
			made.Legs[0].Payee.Destination = "to-another"
			s.body, _ = json.Marshal(made)
		}
		return true
	})
	_, err := a.CashOut(t.Context(), q, 0)
	if e := wantCode(t, err, fault.ChallengeDiffers); e.Args["field"] != "legs[0].destination" {
		t.Error(e.Args)
	}
}
