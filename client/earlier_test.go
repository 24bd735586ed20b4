package client_test

import (
	"encoding/base64"
	"testing"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/keystore"
)

// fiveLines are what mina's books have.
func fiveLines(t testing.TB, a *client.Account) {
	t.Helper()
	got, err := a.Totals(t.Context(), history.Query{})
	must(t, err)
	if got.Lines != 5 {
		t.Errorf("it holds %d lines", got.Lines)
	}
}

// TestAnAccountConnectedByATokenIsReadAndEnrolledOnce: earlier versions read
// with a token from the platform. Nothing that was stored is lost with it.
func TestAnAccountConnectedByATokenIsReadAndEnrolledOnce(t *testing.T) {
	t.Parallel()
	w, s := another(t)
	a, err := client.Open(t.Context(), s)
	must(t, err)
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	must(t, a.Close())
	item, err := keystore.Load(t.Context(), s.Keys, s.ID)
	must(t, err)
	key := base64.StdEncoding.EncodeToString(item.StoreKey.Copy())
	must(t, s.Keys.Set(t.Context(), s.ID, secret(`{"v":1,"server":"`+item.Server+`","store_key":"`+key+`","token":"dG9rZW4="}`)))

	a, err = client.Open(t.Context(), s)
	must(t, err)
	fiveLines(t, a)
	_, err = a.Sync(t.Context(), nil)
	wantCode(t, err, fault.NotEnrolled)
	_, err = a.Trail(t.Context(), "in-0")
	wantCode(t, err, fault.NotEnrolled)
	_, err = a.Unlock(t.Context(), secret(firstPIN))
	wantCode(t, err, fault.NotEnrolled)
	fiveLines(t, a)
	must(t, a.Close())

	a = w.enrolled(s)
	fiveLines(t, a)
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
}
