package wire_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"jandon/internal/wire"
)

func headKey(t *testing.T, fill byte) wire.ChainKey {
	t.Helper()
	key, err := wire.NewChainKey(bytes.Repeat([]byte{fill}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestHeadSignedByAnotherOrChanged(t *testing.T) {
	t.Parallel()
	key := headKey(t, 1)
	head := wire.ChainHead{Log: 7, N: 3, Hash: bytes.Repeat([]byte{9}, 32), At: time.Date(2026, 11, 22, 9, 0, 0, 5e6, time.UTC)}
	signed, err := head.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	got, err := wire.OpenChainHead(signed, key.Verifier())
	if err != nil || got.Log != 7 || got.N != 3 || !bytes.Equal(got.Hash, head.Hash) || !got.At.Equal(head.At) {
		t.Fatalf("%+v %v", got, err)
	}
	if _, err := wire.OpenChainHead(signed, headKey(t, 2).Verifier()); err == nil {
		t.Error("another's key opens it")
	}
	for i := range signed {
		bad := bytes.Clone(signed)
		bad[i] ^= 1
		if h, err := wire.OpenChainHead(bad, key.Verifier()); err == nil {
			t.Errorf("byte %d changed, and it opens as %+v", i, h)
		}
	}
	for _, v := range []string{"", "x", strings.Replace(key.Verifier(), "jandon", "other", 1)} {
		if _, err := wire.OpenChainHead(signed, v); err == nil {
			t.Errorf("%q verifies it", v)
		}
	}
	if _, err := wire.NewChainKey([]byte("short")); err == nil {
		t.Error("a key of five bytes")
	}
}

// What is signed with the right key still has to be a head, in its one form.
func TestSignedTextThatIsNoHead(t *testing.T) {
	t.Parallel()
	key := headKey(t, 1)
	for name, h := range map[string]wire.ChainHead{
		"short hash": {Log: 1, N: 1, Hash: []byte{1}}, "negative": {Log: 1, N: -1, Hash: make([]byte, 32)},
	} {
		signed, err := h.Sign(key)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := wire.OpenChainHead(signed, key.Verifier()); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// No field of a line is idle, and none can be shifted into the next.
func TestEveryFieldOfALineIsChained(t *testing.T) {
	t.Parallel()
	base := wire.ChainLink{Log: 1, N: 2, At: 3, What: "device.active", Digest: bytes.Repeat([]byte{4}, 32)}
	seen := map[string]string{string(base.Hash(nil)): "base"}
	for name, change := range map[string]func(*wire.ChainLink){
		"log": func(l *wire.ChainLink) { l.Log++ }, "n": func(l *wire.ChainLink) { l.N++ }, "at": func(l *wire.ChainLink) { l.At++ },
		"what": func(l *wire.ChainLink) { l.What = "device.revoked" }, "digest": func(l *wire.ChainLink) { l.Digest = bytes.Repeat([]byte{5}, 32) },
		"shifted": func(l *wire.ChainLink) { l.What, l.Digest = l.What+"\x04", l.Digest[1:] },
	} {
		l := base
		change(&l)
		hash := string(l.Hash(nil))
		if other := seen[hash]; other != "" {
			t.Errorf("%s hashes like %s", name, other)
		}
		seen[hash] = name
	}
	if bytes.Equal(base.Hash(nil), base.Hash([]byte{0})) {
		t.Error("the line before is not in it")
	}
}
