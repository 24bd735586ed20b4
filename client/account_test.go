package client_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/keystore"
)

func settings(t testing.TB, s *site, keys keystore.Store) client.Settings {
	t.Helper()
	return client.Settings{Options: over(t, s), Dir: t.TempDir(), Zone: time.UTC, Keys: keys, ID: "a-test"}
}

func TestConnectThenOpen(t *testing.T) {
	t.Parallel()
	s, keys := newSite(30), keystore.NewMemory()
	set := settings(t, s, keys)
	_, err := client.Open(t.Context(), set)
	wantCode(t, err, fault.KeyringMissing)

	a, err := client.Connect(t.Context(), set, secret(token))
	must(t, err)
	if a.Unkept != nil || a.ID != "a-test" {
		t.Error(a.Unkept, a.ID)
	}
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	holds(t, a.Store, 30)
	must(t, a.Close())

	// Offline: what was stored is there, with its age; a sync says what is wrong.
	s.set(func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(500); return true })
	set.Options.Token = nil
	a, err = client.Open(t.Context(), set)
	must(t, err)
	holds(t, a.Store, 30)
	_, err = a.Sync(t.Context(), nil)
	wantCode(t, err, fault.ServerError)
	if state, err := a.State(t.Context()); err != nil || !state.SyncedAt.Equal(noon) {
		t.Error(state, err)
	}
	must(t, a.Close())

	// A new token for the same account keeps the store.
	s.set(nil)
	a, err = client.Connect(t.Context(), set, secret(token))
	must(t, err)
	holds(t, a.Store, 30)
	must(t, a.Close())
}

func TestConnectWritesNothingForAWrongToken(t *testing.T) {
	t.Parallel()
	keys := keystore.NewMemory()
	set := settings(t, newSite(1), keys)
	_, err := client.Connect(t.Context(), set, secret("wrong"))
	wantCode(t, err, fault.Unauthorized)
	set.URL = "http://wallet.example"
	_, err = client.Connect(t.Context(), set, secret(token))
	wantCode(t, err, fault.InsecureURL)
	_, err = keystore.Load(t.Context(), keys, set.ID)
	wantCode(t, err, fault.KeyringMissing)
	if files, _ := os.ReadDir(set.Dir); len(files) != 0 {
		t.Error("files:", files)
	}
}

// The token is not even sent before something has answered as a platform does.
func TestConnectShowsTheTokenToPlatformsOnly(t *testing.T) {
	t.Parallel()
	s := newSite(1)
	shown := false
	s.set(func(w http.ResponseWriter, r *http.Request) bool {
		shown = shown || r.Header.Get("Authorization") != ""
		_, _ = w.Write([]byte("<html>"))
		return true
	})
	_, err := client.Connect(t.Context(), settings(t, s, keystore.NewMemory()), secret(token))
	wantCode(t, err, fault.BadAnswer)
	if shown {
		t.Error("the token was sent")
	}
}

// The token in the keyring goes to its own platform, whatever the settings say.
func TestOpenForAnotherAddress(t *testing.T) {
	t.Parallel()
	set := settings(t, newSite(1), keystore.NewMemory())
	a, err := client.Connect(t.Context(), set, secret(token))
	must(t, err)
	must(t, a.Close())
	set.URL = "https://elsewhere.example"
	_, err = client.Open(t.Context(), set)
	wantCode(t, err, fault.Unauthorized)
}

func TestConnectMakesAnAccount(t *testing.T) {
	t.Parallel()
	set := settings(t, newSite(1), keystore.NewMemory())
	set.ID = ""
	a, err := client.Connect(t.Context(), set, secret(token))
	must(t, err)
	defer a.Close()
	if !strings.HasPrefix(a.ID, "a-") {
		t.Error(a.ID)
	}
	if _, err := os.Stat(filepath.Join(set.Dir, a.ID+".store")); err != nil {
		t.Error(err)
	}
}

// broken is a keyring that can't be used.
type broken struct{ keystore.Store }

var errBroken = fault.New(fault.KeyringNone)

func (broken) Get(context.Context, string) (keystore.Secret, error) {
	return keystore.Secret{}, errBroken
}
func (broken) Set(context.Context, string, keystore.Secret) error { return errBroken }

// Without a keyring the wallet works for this run, says so, and writes nothing:
// neither a store nor a key.
func TestConnectWithoutAKeyring(t *testing.T) {
	t.Parallel()
	set := settings(t, newSite(30), broken{})
	a, err := client.Connect(t.Context(), set, secret(token))
	must(t, err)
	defer a.Close()
	if !errors.Is(a.Unkept, errBroken) {
		t.Error(a.Unkept)
	}
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	holds(t, a.Store, 30)
	if files, _ := os.ReadDir(set.Dir); len(files) != 0 {
		t.Error("files:", files)
	}
	// A keyring that was there and is gone is an error.
	_, err = client.Open(t.Context(), set)
	wantCode(t, err, fault.KeyringNone)
}

// A store whose key is lost does not bar the way; it is set aside.
func TestConnectAfterTheKeyWasLost(t *testing.T) {
	t.Parallel()
	set := settings(t, newSite(10), keystore.NewMemory())
	a, err := client.Connect(t.Context(), set, secret(token))
	must(t, err)
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	must(t, a.Close())
	set.Keys = keystore.NewMemory()
	a, err = client.Connect(t.Context(), set, secret(token))
	must(t, err)
	defer a.Close()
	holds(t, a.Store, 0)
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	holds(t, a.Store, 10)
	if _, err := os.Stat(filepath.Join(set.Dir, "a-test.store.aside")); err != nil {
		t.Error(err)
	}
}

// The token and the store's key are in no log, error, printed value or file.
func TestCanaries(t *testing.T) {
	t.Parallel()
	s, keys := newSite(30), keystore.NewMemory()
	set := settings(t, s, keys)
	var out bytes.Buffer
	set.Log = slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}))
	reading := secret(token)
	a, err := client.Connect(t.Context(), set, reading)
	must(t, err)
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	for _, answer := range []func(w http.ResponseWriter, r *http.Request){
		func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) },
		// a platform that says the token back
		func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", 302) },
		func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
		func(w http.ResponseWriter, _ *http.Request) { reply(w, "no") },
	} {
		s.set(func(w http.ResponseWriter, r *http.Request) bool { answer(w, r); return true })
		_, err := a.Sync(t.Context(), nil)
		_, err2 := a.Trail(t.Context(), "t-1")
		_, err3 := client.Connect(t.Context(), set, reading)
		for _, err := range []error{err, err2, err3} {
			if err == nil {
				t.Fatal("no error")
			}
			fmt.Fprintf(&out, "%v %+v %#v\n", err, err, err)
			set.Log.Error("failed", "error", err, "account", a, "client", a.Client)
		}
	}
	for _, v := range []any{a, *a, a.Client, a.Syncer, set, &set, set.Options, set.Keys} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
	}
	must(t, a.Close())
	if out.Len() < 2000 {
		t.Error("hardly anything was written:", out.String())
	}
	item, err := keystore.Load(t.Context(), keys, "a-test")
	must(t, err)
	search := func(where string, text []byte) {
		t.Helper()
		for name, secret := range map[string]keystore.Secret{"token": item.Token, "key": item.StoreKey} {
			secret.Expose(func(b []byte) {
				decimal := strings.Trim(fmt.Sprint(b), "[]")
				for _, form := range []string{string(b), fmt.Sprintf("%x", b), decimal, strings.ReplaceAll(decimal, " ", ", "), fmt.Sprintf("%q", b)} {
					if bytes.Contains(text, []byte(form)) {
						t.Errorf("the %s is in %s", name, where)
					}
				}
			})
		}
	}
	search("what was printed", out.Bytes())
	files := 0
	must(t, filepath.WalkDir(set.Dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		search(path, b)
		// The lines themselves are not legible either.
		if bytes.Contains(b, []byte("Corner")) {
			t.Error("the store is legible:", path)
		}
		return err
	}))
	if files == 0 {
		t.Error("no store was searched")
	}
}
