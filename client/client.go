// Package client is the platform as seen from the wallet.
//
// Rules. Nothing that a platform says is believed before it was checked: its
// size, its type, its numbers; text passes the filter while it is decoded.
// Every call has deadlines and ends at once with its context. What changes
// something is repeated only under the same idempotency key. Redirects are not followed, plain http goes to this machine alone.
// Every request of an enrolled device carries a proof of its key, on the
// platform's time as its answers tell it. An act is journaled under its key
// before it is sent and found again after a crash; its challenge is answered
// only if its own bytes ask for what the person did. Keys, K, codes, tokens and
// PINs stay in closures: no log, error, file or printed value holds them. Every
// error is a *fault.Error.
package client

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"jandon/internal/fault"
	"jandon/internal/safe"
)

// Options say how to reach a platform.
type Options struct {
	URL       string // https, or http to a loopback address
	Pin       []byte // SHA-256 of the platform's public key; empty: the system's authorities vouch for it
	Now       func() time.Time
	Log       *slog.Logger // nil: none
	UserAgent string
	Limits    Limits

	// Dial, if set, makes the connections (a platform in this very process).
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Transport, if set, replaces the one made from Dial and Limits.
	Transport http.RoundTripper
	// Sleep waits between tries; nil waits for real. It ends with ctx.
	Sleep func(ctx context.Context, d time.Duration) error
	// Due, if set, is told of a wait before unlocking, which then begins: the
	// platform takes no code twice, and the next one is that far away.
	Due func(wait time.Duration)
	// Jitter gives numbers in [0,1); nil: random ones.
	Jitter func() float64
}

// Limits bound a call; zero fields take the defaults.
type Limits struct {
	Dial   time.Duration // connecting, and again the TLS handshake; 5 s
	Header time.Duration // until the answer begins; 10 s
	Try    time.Duration // one try with its whole body; 20 s
	Call   time.Duration // all tries and the pauses between them; 45 s
	Tries  int           // 4
	Body   int64         // bytes of an answer, decompressed; 8 MiB
}

func (l *Limits) fill() {
	or := func(d *time.Duration, normal time.Duration) {
		if *d <= 0 {
			*d = normal
		}
	}
	or(&l.Dial, 5*time.Second)
	or(&l.Header, 10*time.Second)
	or(&l.Try, 20*time.Second)
	or(&l.Call, 45*time.Second)
	if l.Tries <= 0 {
		l.Tries = 4
	}
	if l.Body <= 0 {
		l.Body = 8 << 20
	}
}

// Client makes calls to one platform. Use New. It may be used by several
// goroutines at once.
type Client struct {
	opts  Options
	http  http.Client
	base  string // for requests
	shown string // for errors: no path, nothing personal
	clock clock
	who   *who // this device, once it is enrolled; else nil
}

// New checks the address; it connects to nothing. Errors: InsecureURL, BadURL.
func New(o Options) (*Client, error) {
	base, shown, err := CheckURL(o.URL)
	if err != nil {
		return nil, err
	}
	o.Limits.fill()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	if o.UserAgent == "" {
		o.UserAgent = "jandon"
	}
	c := &Client{opts: o, base: base, shown: shown, clock: clock{local: o.Now}}
	c.http = http.Client{
		Transport:     o.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if o.Transport == nil {
		c.http.Transport = transport(o)
	}
	return c, nil
}

// Close lets go of idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// String names the platform and nothing else.
func (c *Client) String() string { return c.shown }

func transport(o Options) *http.Transport {
	dial := o.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: o.Limits.Dial}).DialContext
	}
	reach := func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, undialled{err}
		}
		return conn, nil
	}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            reach,
		TLSClientConfig:        tlsConfig(o.Pin),
		TLSHandshakeTimeout:    o.Limits.Dial,
		ResponseHeaderTimeout:  o.Limits.Header,
		MaxResponseHeaderBytes: 64 << 10,
		ForceAttemptHTTP2:      o.Dial == nil,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        90 * time.Second,
	}
}

// CheckURL says whether an address may be talked to, and its forms for
// requests (with a slash at the end) and for a person (scheme and host).
func CheckURL(address string) (base, shown string, err error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", "", fault.New(fault.BadURL, "url", showable(address, u))
	}
	shown = safe.Text(u.Scheme + "://" + u.Host)
	switch u.Scheme {
	case "https":
	case "http":
		if ip, err := netip.ParseAddr(u.Hostname()); err != nil || !ip.Unmap().IsLoopback() {
			return "", "", fault.New(fault.InsecureURL, "url", shown)
		}
	default:
		return "", "", fault.New(fault.BadURL, "url", shown)
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	return u.String(), shown, nil
}

// showable is what may be shown of an address that is none: its host, since
// the rest may hold a password, or all of it where there is no place for one.
// u is nil if it could not even be parsed.
func showable(address string, u *url.URL) string {
	switch {
	case u != nil && u.Host != "":
		return safe.Text(u.Host)
	case strings.TrimSpace(address) == "" || strings.ContainsAny(address, "@?#"):
		return "…"
	}
	return safe.Text(address)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
