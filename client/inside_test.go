package client

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/internal/wire"
	"jandon/keystore"
	"jandon/keystore/device"
)

// TLS 1.3 or nothing, and certificates are checked.
func TestTLS(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		most   uint16
		trust  bool
		refuse bool
	}{
		"1.3":              {tls.VersionTLS13, true, false},
		"1.2":              {tls.VersionTLS12, true, true},
		"1.3, not vouched": {tls.VersionTLS13, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, `{"version":"t","clock":"2026-11-22T00:00:00Z","simulator":true,"ledger":"l"}`)
			}))
			server.TLS = &tls.Config{MaxVersion: test.most} //nolint:gosec // an old server is the point
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			server.StartTLS()
			defer server.Close()
			c, err := New(Options{URL: server.URL, Limits: Limits{Tries: 1}})
			if err != nil {
				t.Fatal(err)
			}
			if test.trust {
				pool := x509.NewCertPool()
				pool.AddCert(server.Certificate())
				c.http.Transport.(*http.Transport).TLSClientConfig.RootCAs = pool
			}
			_, err = c.Status(t.Context())
			if !test.refuse && err != nil || test.refuse && (err == nil || fault.From(err).Code != fault.Unreachable) {
				t.Error(err)
			}
		})
	}
}

// Whatever a page holds, it is refused, or all in it is within bounds and clean.
func FuzzPage(f *testing.F) {
	f.Add([]byte(`{"ledger":"l","seq":2,"more":false,"changes":[{"seq":1,"transaction":{"id":"x","seq":1,"at":"2026-11-22T00:00:00Z","type":"payment","status":"posted","amount_minor":-5,"currency":"KRW","issuer":"s","kind":"prepaid","merchant":"\u001b[31mShop"}},{"seq":2,"alert":{"id":"a","seq":2,"at":"2026-11-22T00:00:00Z","kind":"bill"}}]}`), int64(0))
	f.Add([]byte(`{"ledger":"l","seq":3,"changes":[{"settlement":{"id":"b","from":"2026-11-01T00:00:00Z","to":"2026-12-01T00:00:00Z","due":"2026-12-10T00:00:00Z","total_minor":1,"currency":"KRW","count":1,"disclosure":[{"who":"a"}]}}]}`), int64(2))
	f.Add([]byte(`{"changes":[null,{}]}`), int64(1))
	f.Fuzz(func(t *testing.T, b []byte, after int64) {
		var page wire.ChangePage
		if decode(b, &page) != nil || checkPage(page, after) != nil {
			return
		}
		batch := batchOf(page)
		if batch.Seq < 0 || batch.More && batch.Seq <= after {
			t.Errorf("seq %d after %d", batch.Seq, after)
		}
		for _, x := range batch.Transactions {
			if x.ID == "" || x.Amount.Minor > largest || x.Amount.Minor < -largest || x.At.Year() < 1970 || x.At.Year() > 9999 {
				t.Errorf("%+v", x)
			}
			for _, text := range []string{x.ID, x.Issuer, x.Merchant, x.Category, x.Reason, x.Contact, x.Order} {
				if safe.Changed(text) {
					t.Errorf("%q passed", text)
				}
			}
		}
	})
}

// K goes by itself when the session has been idle for its time, without
// anybody asking; one that is used goes on.
func TestIdleSessionWipesK(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, err := New(Options{URL: "http://127.0.0.1:1", Now: time.Now}) //nolint:forbidigo // the bubble's clock
		if err != nil {
			t.Fatal(err)
		}
		key, err := device.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		c.who = newWho(key, "d-1", "a-1")
		a := Settings{}.account(c, nil)
		k := keystore.RandomSecret(32)
		p := &pass{
			token: keystore.NewSecret([]byte("token")), used: c.clock.Now(),
			Session: act.Session{Scope: act.ScopeAct, Idle: 5 * time.Minute, Expires: c.clock.Now().Add(time.Hour)},
		}
		c.who.keep(p)
		a.hold(k, p)
		time.Sleep(4 * time.Minute)
		c.who.touch(p, c.clock.Now())
		time.Sleep(4 * time.Minute)
		if k.Len() == 0 || a.heldK().Len() != 32 {
			t.Error("K is gone while the session is used")
		}
		time.Sleep(2 * time.Minute)
		if k.Len() != 0 || p.token.Len() != 0 || a.Unlocked() {
			t.Error("K outlives the session")
		}
		a.lock.stop()
	})
}

// Whatever an act or a quote holds, it is refused, or it adds up, is within
// bounds, and holds no word that this build does not know.
func FuzzActAndQuote(f *testing.F) {
	f.Add([]byte(`{"id":"a","action":"cashout","state":"waiting","need":"code","reasons":[],"made":"2026-11-22T00:00:00Z","amount_minor":1300,"fee_minor":300,"currency":"KRW","legs":[{"id":"l","rail":"r","nature":"cash","payee":{"name":"n"},"from":[{"lot":"x","amount_minor":1300}],"amount_minor":1300,"fee_minor":300,"net_minor":1000,"state":"going"}]}`))
	f.Add([]byte(`{"id":"q","at":"2026-11-22T00:00:00Z","expires":"2026-11-22T00:02:00Z","amount_minor":1000,"currency":"KRW","plans":[{"goals":["value"],"legs":[],"stays":[],"value_minor":0,"given_minor":0,"fees_minor":0,"rest_minor":1000,"eta_s":0,"proved":true}],"proved":true,"version":"v"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var a wire.Act
		if readInto(b, &a, checkAct) == nil {
			got := a.Act()
			arrived, back := got.Arrived()
			if got.ID == "" || got.Amount.Minor < 0 || got.Amount.Minor > largest*longestList || got.Fee.Minor > got.Amount.Minor ||
				arrived.Minor+back.Minor > got.Amount.Minor || got.Action != "" && !got.Action.Known() {
				t.Errorf("%+v", got)
			}
		}
		var q wire.Quote
		if readInto(b, &q, checkQuote) == nil {
			for _, o := range q.Act().Offers {
				p := o.Plan
				if p.Amount.Minor != p.Value.Minor+p.Given.Minor+p.Fees.Minor+p.Rest.Minor || len(o.Payees) != len(p.Legs) {
					t.Errorf("%+v", p)
				}
			}
		}
	})
}
