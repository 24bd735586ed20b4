package client_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jandon/client"
	"jandon/internal/wire"
	"jandon/keystore"
	"jandon/keystore/codes"
	"jandon/keystore/secret/secrettest"
)

// harvest collects what must be found nowhere, as it goes by.
type harvest struct {
	mu     sync.Mutex
	tokens []string
	asked  [][]byte // bytes of challenges
}

func (h *harvest) reply(r *http.Request, a *said) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case r.URL.Path == "/v1/sessions" && a.status == http.StatusCreated:
		var s wire.Session
		if json.Unmarshal(a.body, &s) == nil {
			h.tokens = append(h.tokens, s.Token)
		}
	case isChallenge(r) && a.status == http.StatusCreated:
		var c wire.Challenge
		if json.Unmarshal(a.body, &c) == nil {
			b, _ := base64.RawURLEncoding.DecodeString(c.Bytes)
			h.asked = append(h.asked, b)
		}
	}
	return true
}

// K, PIN, codes and tokens are in no log, error, printed value, store, keyring
// entry or other file, whatever was done and whatever went wrong.
func TestActCanaries(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	var out bytes.Buffer
	s.Log = slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}))
	var h harvest
	w.lie(nil, h.reply)
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	activation := w.letter()
	must(t, e.Activate(t.Context(), activation))
	must(t, e.Seal(t.Context(), secret(firstPIN)))
	show := func(values ...any) {
		for _, v := range values {
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
				fmt.Fprintf(&out, verb+"\n", v)
			}
			s.Log.Error("shown", "value", v)
		}
	}
	show(e, *e)
	a, err := e.Finish(t.Context(), secret(firstPIN))
	must(t, err)
	defer a.Close()
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	first := begun(t, a, 3000)
	_, err = a.Challenge(t.Context(), first)
	must(t, err)
	wrong := secret("284751")
	_, failed := a.Confirm(t.Context(), first, &wrong)
	done, err := a.Confirm(t.Context(), first, nil)
	must(t, err)
	show(e, a, *a, a.Client, done, failed, first, s, s.Keys)
	old := kOf(t, s, firstPIN)
	must(t, a.ChangePIN(t.Context(), secret(firstPIN), secret(secondPIN)))
	second := begun(t, a, 2000)
	_, err = a.Challenge(t.Context(), second)
	must(t, err)
	// A platform that says back what it was told, as far as it can.
	w.lie(func(to http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPost {
			return false
		}
		body := string(readAll(r.Body)) + r.Header.Get("Authorization")
		to.Header().Set("Content-Type", "application/json")
		to.Header().Set("Date", w.clock().UTC().Format(http.TimeFormat))
		_, _ = to.Write([]byte(body))
		return true
	}, h.reply)
	var sent []byte // the code that was made for it
	again := secret(secondPIN)
	_, failed = a.ConfirmShown(t.Context(), second, &again, func(code []byte) { sent = bytes.Clone(code) })
	_, other := a.CashOut(t.Context(), someQuote(), 0)
	if failed == nil || other == nil {
		t.Error("no errors")
	}
	show(failed, other)
	w.lie(nil, h.reply)
	page, err := a.Acts(t.Context(), "")
	must(t, err)
	show(page, a)

	item, err := keystore.Load(t.Context(), s.Keys, s.ID)
	must(t, err)
	k := kOf(t, s, secondPIN)
	canaries := map[string][]byte{
		"K": k.Copy(), "first K": old.Copy(), "first PIN": []byte(firstPIN), "second PIN": []byte(secondPIN), "device key": item.Enrol.Key.Copy(), "blob": item.Enrol.Blob.Copy(),
		"store key": item.StoreKey.Copy(), "activation code": activation.Copy(),
	}
	for i, token := range h.tokens {
		canaries[fmt.Sprint("token ", i)] = []byte(token)
	}
	for i, b := range h.asked {
		for of, k := range map[string]keystore.Secret{"": k, " of the first K": old} {
			code, err := codes.Confirm(k, b)
			must(t, err)
			canaries[fmt.Sprint("code ", i, of)] = code.Copy()
		}
	}
	if last := canaries[fmt.Sprint("code ", len(h.asked)-1)]; !bytes.Equal(sent, last) {
		t.Errorf("the code that was made is %q and looked for is %q", sent, last)
	}
	if len(h.tokens) < 3 || len(h.asked) < 3 || out.Len() < 5000 {
		t.Fatalf("%d tokens, %d challenges, %d bytes written", len(h.tokens), len(h.asked), out.Len())
	}
	files := map[string]string{"what was printed": out.String()}
	must(t, filepath.WalkDir(s.Dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b, failed := os.ReadFile(path)
			files[path], err = string(b), failed
		}
		return err
	}))
	if len(files) < 2 {
		t.Error("no store was searched")
	}
	kept, err := s.Keys.Get(t.Context(), s.ID)
	must(t, err)
	for name, canary := range canaries {
		for where, text := range files {
			if form := secrettest.Leak(text, canary); form != "" {
				t.Errorf("the %s is in %s as %s", name, where, form)
			}
		}
		if strings.HasPrefix(name, "token") || strings.HasPrefix(name, "code") || strings.HasSuffix(name, "PIN") || strings.HasSuffix(name, "K") {
			kept.Expose(func(b []byte) {
				if form := secrettest.Leak(string(b), canary); form != "" {
					t.Errorf("the %s is in the keyring's entry", name)
				}
			})
		}
	}
}

// A crash prints nothing of what the process held.
func TestPanicHidesSecrets(t *testing.T) {
	t.Parallel()
	w, s := onDisk(t)
	var h harvest
	w.lie(nil, h.reply)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestActChild$")
	cmd.Env = append(os.Environ(), childDoes+"=panic", childURL+"="+s.URL, childDir+"="+s.Dir, "GOTRACEBACK=system")
	text, err := cmd.CombinedOutput()
	if err == nil || !bytes.Contains(text, []byte("panic: crashed on purpose")) || !bytes.Contains(text, []byte("goroutine")) {
		t.Fatalf("the child did not crash: %v\n%s", err, text)
	}
	if len(h.tokens) == 0 {
		t.Fatal("no session was opened")
	}
	for _, canary := range append(h.tokens, firstPIN, string(kOf(t, s, firstPIN).Copy())) {
		if form := secrettest.Leak(string(text), []byte(canary)); form != "" {
			t.Errorf("the crash shows %s", form)
		}
	}
}
