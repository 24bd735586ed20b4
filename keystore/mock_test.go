package keystore

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"jandon/internal/fault"
)

// alone reports whether this is a process of its own for the test; if not, it
// runs one. go-keyring can't be brought back from its mock, and the other tests
// want the real one.
func alone(t *testing.T) bool {
	t.Helper()
	const mark = "JANDON_TEST_ALONE"
	if os.Getenv(mark) != "" {
		return true
	}
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	child.Env = append(os.Environ(), mark+"=1")
	out, err := child.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("--- PASS: "+t.Name())) {
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

// stores are the Stores that must behave alike.
func stores(t *testing.T) map[string]Store {
	keyring.MockInit()
	k := NewKeyring(Limits{}, nil)
	k.probe = readyProbe
	return map[string]Store{"memory": NewMemory(), "keyring": k}
}

func TestStores(t *testing.T) {
	t.Parallel()
	if !alone(t) {
		return
	}
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			ctx, id := t.Context(), NewAccount()
			missing := func(err error) {
				t.Helper()
				if !errors.Is(err, fault.New(fault.KeyringMissing)) {
					t.Errorf("got %v, want keyring_missing", err)
				}
			}
			if s.State(ctx) != Ready {
				t.Error(s.State(ctx))
			}
			_, err := Load(ctx, s, id)
			missing(err)
			missing(s.Delete(ctx, id))
			want := sample()
			if err := Save(ctx, s, id, want); err != nil {
				t.Fatal(err)
			}
			for range 2 { // reading wipes only its own copy
				got, err := Load(ctx, s, id)
				if err != nil || !got.StoreKey.Equal(want.StoreKey) {
					t.Fatal(err, got)
				}
				got.StoreKey.Wipe()
			}
			want.StoreKey = RandomSecret(StoreKeyLen)
			if err := Save(ctx, s, id, want); err != nil {
				t.Fatal(err)
			}
			if got, err := Load(ctx, s, id); err != nil || !got.StoreKey.Equal(want.StoreKey) {
				t.Error(err)
			}
			if err := s.Delete(ctx, id); err != nil {
				t.Error(err)
			}
			_, err = Load(ctx, s, id)
			missing(err)
			if err := s.Set(ctx, "a@b", NewSecret(nil)); !errors.Is(err, fault.New(fault.Internal)) {
				t.Error(err)
			}
			over, cancel := context.WithCancel(ctx)
			cancel()
			if err := Save(over, s, id, want); !errors.Is(err, fault.New(fault.Canceled)) {
				t.Error(err)
			}
		})
	}
}

func TestKeyringErrors(t *testing.T) {
	t.Parallel()
	if !alone(t) {
		return
	}
	for err, code := range map[error]fault.Code{
		keyring.ErrSetDataTooBig:                 fault.TooLarge,
		errors.New("something the keyring said"): fault.KeyringDenied,
		context.DeadlineExceeded:                 fault.KeyringStuck,
		fault.New(fault.KeyringLocked):           fault.KeyringLocked,
	} {
		keyring.MockInitWithError(err)
		k := NewKeyring(Limits{}, nil)
		k.probe = readyProbe
		if got := k.Set(t.Context(), "a-x", NewSecret([]byte(canary))); !errors.Is(got, fault.New(code)) || leaks(got.Error()) != "" {
			t.Errorf("%v becomes %v, want %s", err, got, code)
		}
	}
}

func readyProbe(context.Context, time.Duration) *session { return &session{state: Ready} }
