package client_test

import (
	"bytes"
	"context"
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

// kept is an account whose keyring has the key of its store.
func kept(t testing.TB, set client.Settings) *client.Account {
	t.Helper()
	must(t, keystore.Save(t.Context(), set.Keys, set.ID, keystore.Item{Server: set.URL + "/", StoreKey: keystore.RandomSecret(keystore.StoreKeyLen)}))
	a, err := client.Open(t.Context(), set)
	must(t, err)
	return a
}

func TestOpen(t *testing.T) {
	t.Parallel()
	s, keys := newSite(30), keystore.NewMemory()
	set := settings(t, s, keys)
	_, err := client.Open(t.Context(), set)
	wantCode(t, err, fault.KeyringMissing)

	a := kept(t, set)
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	holds(t, a.Store, 30)
	must(t, a.Close())

	// Offline: what was stored is there, with its age; a sync says what is wrong.
	s.set(func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(500); return true })
	a, err = client.Open(t.Context(), set)
	must(t, err)
	holds(t, a.Store, 30)
	_, err = a.Sync(t.Context(), nil)
	wantCode(t, err, fault.ServerError)
	if state, err := a.State(t.Context()); err != nil || !state.SyncedAt.Equal(noon) {
		t.Error(state, err)
	}
	must(t, a.Close())
}

// A device's key proves nothing to another platform, whatever the settings say.
func TestOpenForAnotherAddress(t *testing.T) {
	t.Parallel()
	set := settings(t, newSite(1), keystore.NewMemory())
	must(t, kept(t, set).Close())
	set.URL = "https://elsewhere.example"
	_, err := client.Open(t.Context(), set)
	wantCode(t, err, fault.OtherServer)
}

// broken is a keyring that can't be used.
type broken struct{ keystore.Store }

func (broken) Get(context.Context, string) (keystore.Secret, error) {
	return keystore.Secret{}, fault.New(fault.KeyringNone)
}

// A keyring that was there and is gone is an error, and no new start.
func TestOpenWithoutTheKeyring(t *testing.T) {
	t.Parallel()
	set := settings(t, newSite(1), keystore.NewMemory())
	must(t, kept(t, set).Close())
	set.Keys = broken{}
	_, err := client.Open(t.Context(), set)
	wantCode(t, err, fault.KeyringNone)
}

// The store's key is in no log, error, printed value or file.
func TestCanaries(t *testing.T) {
	t.Parallel()
	s, keys := newSite(30), keystore.NewMemory()
	set := settings(t, s, keys)
	var out bytes.Buffer
	set.Log = slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}))
	a := kept(t, set)
	_, err := a.Sync(t.Context(), nil)
	must(t, err)
	for _, answer := range []func(w http.ResponseWriter, r *http.Request){
		func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) },
		func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", 302) },
		func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
		func(w http.ResponseWriter, _ *http.Request) { reply(w, "no") },
	} {
		s.set(func(w http.ResponseWriter, r *http.Request) bool { answer(w, r); return true })
		_, err := a.Sync(t.Context(), nil)
		_, err2 := a.Trail(t.Context(), "t-1")
		for _, err := range []error{err, err2} {
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
		for name, secret := range map[string]keystore.Secret{"key": item.StoreKey} {
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
