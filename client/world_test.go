package client_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base32"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform"
	"jandon/internal/platform/ledger"
	"jandon/internal/scenario"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/keystore"
	"jandon/keystore/codes"
	"jandon/keystore/pin"
)

// firstPIN is what devices of these tests are enrolled with; it is found in
// nothing that is written (TestActCanaries).
const firstPIN = "739105826417"

// world is the real platform behind a relay that a test can make lie, lose
// answers or forget to pass on. Its clock is the platform's; the wallet's is
// off by skew.
type world struct {
	*platform.Platform
	t testing.TB

	mu    sync.Mutex
	now   time.Time
	skew  time.Duration
	ask   func(w http.ResponseWriter, r *http.Request) bool // true: answered, the platform never saw it
	reply func(r *http.Request, a *said) bool               // false: the answer is lost
	asked []string                                          // method and path of what the platform saw
}

// said is an answer of the platform on its way.
type said struct {
	status int
	header http.Header
	body   []byte
}

// newWorld is one in memory, which nobody has enrolled in.
func newWorld(t testing.TB) *world {
	t.Helper()
	w := openWorld(t, platform.Memory).checked()
	must(t, w.Seed(t.Context(), mina(), nil))
	return w
}

func openWorld(t testing.TB, path string) *world {
	t.Helper()
	w := &world{t: t, now: noon}
	var err error
	w.Platform, err = platform.Open(t.Context(), platform.Options{Path: path, Now: w.clock})
	must(t, err)
	return w
}

// checked closes a world at the end of its test, when its books must balance.
func (w *world) checked() *world {
	w.t.Cleanup(func() {
		_, err := w.Check(context.Background())
		must(w.t, errors.Join(err, w.Close()))
	})
	return w
}

// first is a world in which a device was enrolled, kept as files, so that each
// test has its own without hiding a K under a PIN anew, which is slow on purpose.
var first struct {
	sync.Once
	files map[string][]byte
	item  keystore.Item
	k     keystore.Secret
}

func prepareFirst(t testing.TB) {
	dir := t.TempDir()
	w := openWorld(t, filepath.Join(dir, "platform.db"))
	must(t, w.Seed(t.Context(), mina(), nil))
	s := w.settings()
	must(t, w.enrolled(s).Close())
	var err error
	first.item, err = keystore.Load(t.Context(), s.Keys, s.ID)
	must(t, err)
	first.k, err = pin.Open(first.item.Enrol.Blob, secret(firstPIN))
	must(t, err)
	must(t, w.Close())
	entries, err := os.ReadDir(dir)
	must(t, err)
	files := map[string][]byte{}
	for _, e := range entries {
		files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name()))
		must(t, err)
	}
	first.files = files
}

// another is a world of its own in which a device is enrolled already.
func another(t testing.TB) (*world, client.Settings) {
	t.Helper()
	first.Do(func() { prepareFirst(t) })
	dir := t.TempDir()
	for name, b := range first.files {
		must(t, os.WriteFile(filepath.Join(dir, name), b, 0o600))
	}
	w := openWorld(t, filepath.Join(dir, "platform.db")).checked()
	w.now = noon.Add(time.Hour) // the codes of the enrolment are used up
	s := w.settings()
	item := first.item
	item.Server = s.URL + "/"
	must(t, keystore.Save(t.Context(), s.Keys, s.ID, item))
	return w, s
}

// device is an enrolled device in a world, unlocked.
func device(t testing.TB) (*world, client.Settings, *client.Account) {
	t.Helper()
	w, s := another(t)
	return w, s, opened(t, s)
}

// opened is the account of another, unlocked.
func opened(t testing.TB, s client.Settings) *client.Account {
	t.Helper()
	a, err := client.Open(t.Context(), s)
	must(t, err)
	t.Cleanup(func() { _ = a.Close() })
	must(t, a.UnlockK(t.Context(), first.k))
	return a
}

// mina has ₩100,000 in five lots, a year with the platform, and a bank account.
func mina() scenario.Plan {
	p := scenario.Plan{
		Name: "mina", Person: "mina", Zone: time.UTC, Currency: money.KRW, At: noon,
		Issuers:      []wallet.Issuer{{ID: "game", Name: "Star Game", Sector: "game"}},
		Account:      scenario.Account{Since: noon.AddDate(-1, 0, 0), Verified: true, Acts: 60, Usual: 5000},
		Destinations: []scenario.Destination{{Rail: "bank_instant", Name: "민아", Number: "110-222-3344", Added: noon.AddDate(0, -6, 0), Used: noon.AddDate(0, -1, 0)}},
	}
	for i := range 6 { // once a week
		p.Destinations[0].Earlier = append(p.Destinations[0].Earlier, noon.AddDate(0, -1, 7*(i-5)))
	}
	for i := range 5 {
		at := noon.AddDate(0, 0, i-20)
		lot := wallet.Lot{ID: "lot-" + strconv.Itoa(i), Issuer: "game", Kind: wallet.Prepaid, Origin: "bank_transfer", Granted: won(20_000), Received: at, Expires: at.AddDate(5, 0, 0)}
		p.Steps = append(p.Steps, scenario.Step{At: at, Act: scenario.Grant, Lot: lot, Transaction: wallet.Transaction{
			ID: "in-" + strconv.Itoa(i), At: at, Type: wallet.Topup, Status: wallet.Posted, Amount: won(20_000), Issuer: "game", Kind: wallet.Prepaid, Merchant: "Star Game",
		}})
	}
	return p
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// local is the wallet's clock.
func (w *world) local() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now.Add(w.skew)
}

// pass lets time go by, for both.
func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// lie sets what the relay does; nil is nothing.
func (w *world) lie(ask func(http.ResponseWriter, *http.Request) bool, reply func(*http.Request, *said) bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ask, w.reply = ask, reply
}

// seen is how often the platform saw a request.
func (w *world) seen(request string) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.asked {
		if r == request {
			n++
		}
	}
	return n
}

func (w *world) ServeHTTP(to http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	ask, reply := w.ask, w.reply
	w.mu.Unlock()
	if ask != nil && ask(to, r) {
		return
	}
	w.mu.Lock()
	w.asked = append(w.asked, r.Method+" "+r.URL.Path)
	w.mu.Unlock()
	rec := httptest.NewRecorder()
	w.Handler().ServeHTTP(rec, r)
	a := said{status: rec.Code, header: rec.Header(), body: rec.Body.Bytes()}
	if reply != nil && !reply(r, &a) {
		panic(http.ErrAbortHandler)
	}
	for name, values := range a.header {
		to.Header()[name] = values
	}
	to.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	to.WriteHeader(a.status)
	_, _ = to.Write(a.body)
}

// settings are those of a device of this world, with a keyring of its own.
func (w *world) settings() client.Settings {
	w.t.Helper()
	o := over(w.t, w)
	o.Now = w.local
	o.Sleep = func(ctx context.Context, d time.Duration) error { w.pass(d); return ctx.Err() }
	return client.Settings{Options: o, Dir: w.t.TempDir(), Zone: time.UTC, Keys: keystore.NewMemory(), ID: "a-test"}
}

// letter is the activation code in the newest letter.
func (w *world) letter() keystore.Secret {
	w.t.Helper()
	letters := w.Outbox()
	if len(letters) == 0 {
		w.t.Fatal("no letter was sent")
	}
	return letters[len(letters)-1].Code
}

// enrolled goes through all of an enrolment.
func (w *world) enrolled(s client.Settings) *client.Account {
	w.t.Helper()
	e, err := client.Enrol(w.t.Context(), s, "mina", "Mina's laptop")
	must(w.t, err)
	must(w.t, e.Activate(w.t.Context(), w.letter()))
	must(w.t, e.Seal(w.t.Context(), secret(firstPIN)))
	a, err := e.Finish(w.t.Context(), secret(firstPIN))
	must(w.t, err)
	must(w.t, e.Settle(w.t.Context()))
	w.t.Cleanup(func() { _ = a.Close() })
	return a
}

// quoted asks for a quote over the mobile top-up alone.
func quoted(t testing.TB, a *client.Account, minor int64) act.Quote {
	t.Helper()
	q, err := a.Quote(t.Context(), act.Ask{Amount: won(minor), Amounts: map[string]int64{"mobile_topup": minor}})
	must(t, err)
	if len(q.Offers) == 0 {
		t.Fatal("no offers")
	}
	return q
}

// begun is a cash-out that waits for its confirmation.
func begun(t testing.TB, a *client.Account, minor int64) act.Act {
	t.Helper()
	made, err := a.CashOut(t.Context(), quoted(t, a, minor), 0)
	must(t, err)
	if made.State != act.Waiting || made.Need == act.NeedNone {
		t.Fatalf("the act does not wait: %+v", made)
	}
	return made
}

// acts are mina's acts by state, by the platform's books.
func (w *world) acts() map[act.State]int {
	w.t.Helper()
	u, err := w.Ledger().User(w.t.Context(), "mina")
	must(w.t, err)
	states := map[act.State]int{}
	must(w.t, w.Ledger().View(w.t.Context(), u, func(v *ledger.View) error {
		page, _, err := v.Acts(ledger.Place{}, 100)
		for _, a := range page {
			states[a.State]++
		}
		return err
	}))
	return states
}

// devices is how many mina has that can or could do something.
func (w *world) devices() (n int) {
	w.t.Helper()
	u, err := w.Ledger().User(w.t.Context(), "mina")
	must(w.t, err)
	must(w.t, w.Ledger().View(w.t.Context(), u, func(v *ledger.View) error {
		list, err := v.Devices(w.clock())
		n = len(list)
		return err
	}))
	return n
}

func readAll(r io.Reader) []byte {
	b, _ := io.ReadAll(r)
	return bytes.TrimSpace(b)
}

func codeOf(err error) fault.Code {
	if err == nil {
		return ""
	}
	return fault.From(err).Code
}

// seedOf is the key in what an authenticator app reads.
func seedOf(t testing.TB, uri string) keystore.Secret {
	t.Helper()
	u, err := url.Parse(uri)
	must(t, err)
	b, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(u.Query().Get("secret"))
	must(t, err)
	return keystore.NewSecret(b)
}

func appCode(t testing.TB, seed keystore.Secret, at time.Time) keystore.Secret {
	t.Helper()
	code, err := codes.Authenticator(seed, at)
	must(t, err)
	return code
}

// requests are those that the platform saw.
func (w *world) requests() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.asked...)
}

// someQuote is one that no platform made.
func someQuote() act.Quote {
	return act.Quote{ID: "quote-NONE", Amount: won(1000), Offers: []act.Offer{{
		Plan:   valuepath.Plan{Amount: won(1000), Value: won(1000), Legs: []valuepath.Leg{{Rail: "mobile_topup", Amount: won(1000), Net: won(1000)}}},
		Payees: []act.Payee{{Name: "Simulated mobile top-up", ID: "mobile_topup"}},
	}}}
}

// selfSigned is a certificate for loopback that only vouches for itself.
func selfSigned(t testing.TB) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	return renewed(t, tls.Certificate{PrivateKey: key})
}

// renewed is a new certificate of the same key.
func renewed(t testing.TB, old tls.Certificate) tls.Certificate {
	t.Helper()
	key := old.PrivateKey.(*ecdsa.PrivateKey)
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	must(t, err)
	form := &x509.Certificate{
		SerialNumber: serial, NotBefore: noon.AddDate(-1, 0, 0), NotAfter: noon.AddDate(50, 0, 0), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	must(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// gate is a dial that fails while offline.
func gate(online *bool, dial func(context.Context, string, string) (net.Conn, error)) func(context.Context, string, string) (net.Conn, error) {
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if !*online {
			return nil, &net.OpError{Op: "dial", Net: network, Err: syscall.ECONNREFUSED}
		}
		return dial(ctx, network, address)
	}
}
