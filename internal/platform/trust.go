package platform

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/platform/vault"
	"jandon/internal/wire"
	"jandon/keystore/challenge"
	"jandon/keystore/dpop"
)

// trust is what this process knows of who asks, beside the books.
type trust struct {
	vault     *vault.Vault
	nonces    *dpop.Nonces
	replay    dpop.Replay // of known devices
	strangers dpop.Replay // of keys that no device has yet
	paces     paces
	uses      uses
	outbox    outbox
	origins   []string
	heads     wire.ChainKey // signs those of the logs

	tidying sync.Mutex
	tidied  time.Time
}

func newTrust(ctx context.Context, o Options, l *ledger.Ledger) (*trust, error) {
	t := &trust{nonces: dpop.NewNonces(), outbox: outbox{deliver: o.Deliver}}
	for _, address := range o.Origins {
		origin, err := challenge.ServerOf(address)
		if err != nil {
			return nil, fault.Wrap(err, fault.BadURL, "url", address)
		}
		t.origins = append(t.origins, origin)
	}
	var err error
	if t.vault, err = vaultOf(ctx, o.Path, l); err != nil {
		return nil, err
	}
	t.heads, err = headKey(t.vault)
	return t, err
}

// vaultOf is the vault beside some books; one whose key is lost is not made anew.
func vaultOf(ctx context.Context, path string, l *ledger.Ledger) (*vault.Vault, error) {
	if path == Memory {
		return vault.New(), nil
	}
	sealed, err := l.Sealed(ctx)
	if err != nil {
		return nil, err
	}
	return vault.Open(path+vault.Suffix, !sealed)
}

// origin is the address under which a request has reached the platform, as
// proofs and challenges name it. It is one of ours and never just what the
// request says: else a proof made for another place would be good here.
func (t *trust) origin(r *http.Request) (string, error) {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	said, err := challenge.ServerOf(scheme + "://" + r.Host)
	if err != nil {
		return "", fault.Wrap(err, fault.BadProof, "detail", "htu")
	}
	ours := t.origins
	local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	switch {
	case local != nil && local.Network() == "tcp":
		ours = append(slices.Clip(ours), localOrigins(scheme, local.String())...)
	case len(ours) == 0: // inside the process nobody stands between
		return said, nil
	}
	switch {
	case slices.Contains(ours, said):
		return said, nil
	case len(ours) > 0:
		return ours[0], nil // which the proof then doesn't name
	}
	return "", fault.New(fault.BadProof, "detail", "htu")
}

// localOrigins are the names that a listener has by itself: its address, and
// localhost for one that only this machine reaches.
func localOrigins(scheme, addr string) []string {
	hosts := []string{addr}
	if host, port, err := net.SplitHostPort(addr); err == nil && net.ParseIP(host).IsLoopback() {
		hosts = append(hosts, net.JoinHostPort("localhost", port))
	}
	var origins []string
	for _, host := range hosts {
		if origin, err := challenge.ServerOf(scheme + "://" + host); err == nil {
			origins = append(origins, origin)
		}
	}
	return origins
}

// tidyEvery is how often what is over is erased, while anybody asks for anything.
const tidyEvery = time.Hour

// tidy erases what is kept no longer, now and then. It may fail: then it is
// noted, and done the next time.
func (p *Platform) tidy(ctx context.Context, now time.Time) {
	t := p.trust
	if !t.tidying.TryLock() {
		return
	}
	defer t.tidying.Unlock()
	if since := now.Sub(t.tidied); since >= 0 && since < tidyEvery {
		return
	}
	if err := p.ledger.Forget(ctx, now); err != nil {
		p.log.LogAttrs(ctx, slog.LevelWarn, "tidy", slog.String("cause", err.Error()))
		return
	}
	t.tidied = now
}

// newToken is 256 random bits as text, and the hash by which the books know it.
func newToken() (token string, hash []byte) {
	var b [32]byte
	rand.Read(b[:])
	token = base64.RawURLEncoding.EncodeToString(b[:])
	return token, hashOf(token)
}

func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// uses remembers when sessions were last used, to the request. The books are
// told now and then, so that reading does not write each time.
type uses struct {
	mu   sync.Mutex
	last map[string]time.Time // by hash
}

// tellAfter is how far the books may lag behind: what a session loses at most
// when the process ends.
const tellAfter = 30 * time.Second

// live notes the use of a session and reports whether it had not ended by
// idleness before; tell says that the books should be told.
func (u *uses) live(s ledger.Session, now time.Time) (ok, tell bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.last == nil || len(u.last) >= mostPaced {
		u.last = make(map[string]time.Time) // the books know enough to go on
	}
	last := s.Used
	if t := u.last[string(s.Hash)]; t.After(last) {
		last = t
	}
	if now.Sub(last) >= ledger.IdleTime {
		delete(u.last, string(s.Hash))
		return false, false
	}
	u.last[string(s.Hash)] = now
	return true, now.Sub(s.Used) >= tellAfter
}

func (u *uses) forget(hash []byte) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.last, string(hash))
}
