package platform_test

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/wire"
)

// heard is what the platform tells of a phone's log from a line on: its head,
// and the hash that the lines lead to.
func (p *phone) heard(after string, before []byte) (head wire.ChainHead, hash []byte, page wire.LogPage) {
	p.t.Helper()
	p.look("/v1/log"+after).is(p.t, http.StatusOK, &page)
	signed, err := base64.RawURLEncoding.DecodeString(page.Head)
	must(p.t, err)
	head, err = wire.OpenChainHead(signed, page.Key)
	must(p.t, err)
	for _, l := range page.Lines {
		digest, err := base64.RawURLEncoding.DecodeString(l.Digest)
		must(p.t, err)
		before = wire.ChainLink{Log: head.Log, N: l.N, At: l.At.UnixMilli(), What: string(l.What), Digest: digest}.Hash(before)
	}
	return head, before, page
}

func TestHeadOfTheLogIsSignedHourly(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "phone")
	first, hash, page := p.heard("", nil)
	if first.N == 0 || !bytes.Equal(first.Hash, hash) || !first.At.Equal(p.clock()) {
		t.Fatalf("%+v, its lines lead to %x", first, hash)
	}
	p.at(p.clock().Add(30 * time.Minute))
	p.open("totp", p.totp())
	key := "key-0123456789-00"
	made := p.act(http.MethodPut, "/v1/recovery-codes", key, wire.RecoveryDigests{Digests: digests()})
	p.confirmed(string(made.Id))
	if again, _, _ := p.heard("", nil); again.N != first.N || !again.At.Equal(first.At) {
		t.Errorf("within the hour another head: %+v", again)
	}
	p.at(p.clock().Add(31 * time.Minute))
	p.open("totp", p.totp())
	later, hash, lines := p.heard("?after="+strconv.FormatInt(first.N, 10), first.Hash)
	if later.N <= first.N || !bytes.Equal(later.Hash, hash) || len(lines.Lines) != int(later.N-first.N) || lines.Key != page.Key {
		t.Errorf("an hour later: %+v, the lines lead to %x", later, hash)
	}
	if _, _, one := p.heard("?limit=1", nil); len(one.Lines) != 1 {
		t.Errorf("%d lines", len(one.Lines))
	}
	p.look("/v1/log?after=-1").refused(t, "a negative line", fault.BadRequest)
}

// The key of heads outlives the process and lies beside the books, not in them.
func TestHeadKeyOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "p.db")
	s := newSite(t, path)
	p := s.enrolled("mina", "phone")
	_, _, one := p.heard("", nil)
	other, err := platform.Open(t.Context(), platform.Options{Path: path, Now: s.clock})
	must(t, err)
	defer func() { must(t, other.Close()) }()
	client := s.client
	defer func() { s.client = client }()
	transport := &http.Transport{DialContext: other.Dial}
	defer transport.CloseIdleConnections()
	s.client = &http.Client{Transport: transport}
	if _, _, two := p.heard("", nil); two.Key != one.Key || two.Head != one.Head {
		t.Error("another process has another key or head")
	}
}
