package platform_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

func TestEveryEndpointAnswersByTheContract(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{"memory": platform.Memory, "file": filepath.Join(t.TempDir(), "p.db")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, path)
			if n := len(s.walk()); n < 30 {
				t.Errorf("the walk asked only %d things", n)
			}
		})
	}
}

// Two seedings of one plan answer with the same bytes.
func TestSeedingsAnswerAlike(t *testing.T) {
	t.Parallel()
	one, two := newSite(t, platform.Memory).walk(), newSite(t, filepath.Join(t.TempDir(), "p.db")).walk()
	for path, body := range one {
		if two[path] != body {
			t.Errorf("%s: %s\nand %s", path, body, two[path])
		}
	}
	if len(one) != len(two) {
		t.Errorf("%d and %d answers", len(one), len(two))
	}
}

func TestWallet(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	a := s.get("/v1/wallet")
	var w wire.Wallet
	a.into(t, &w)
	sum := int64(0)
	for _, l := range w.Lots {
		sum += l.AmountMinor
	}
	if w.Currency != money.KRW || len(w.Issuers) != 2 || sum <= 0 || !w.AsOf.Equal(day(60)) || w.Ledger == "" {
		t.Errorf("wallet %s", a.body)
	}
	etag := a.header.Get("ETag")
	if want := fmt.Sprintf(`"%s.%d"`, w.Ledger, w.Seq); etag != want {
		t.Errorf("etag %s, want %s", etag, want)
	}
	for _, match := range []string{etag, "W/" + etag, `"other", ` + etag, "*"} {
		if a := s.get("/v1/wallet", "If-None-Match", match); a.status != http.StatusNotModified || len(a.body) != 0 || a.header.Get("ETag") != etag {
			t.Errorf("If-None-Match %s: %d %s", match, a.status, a.body)
		}
	}
	for _, other := range []string{`"other"`, fmt.Sprintf(`"%s.%d"`, w.Ledger, w.Seq-1), "garbage"} {
		if a := s.get("/v1/wallet", "If-None-Match", other); a.status != http.StatusOK {
			t.Errorf("If-None-Match %s: %d", other, a.status)
		}
	}
	// A lot whose time comes changes the wallet without anybody acting.
	s.at(day(75))
	var later wire.Wallet
	b := s.get("/v1/wallet", "If-None-Match", etag)
	b.into(t, &later)
	if later.Seq <= w.Seq || len(later.Lots) != 0 {
		t.Errorf("after everything lapsed: %s", b.body)
	}
	_, err := s.Check(t.Context())
	must(t, err)
}

func TestTransactionFilters(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	for query, want := range map[string]int{
		"limit=500": 50*3 + 7 + lapsed(t, s), "limit=500&issuer=telco": 50, "limit=500&kind=carrier_credit": 50, "kind=promotional": 0, "issuer=nobody": 0,
		"limit=500&issuer=telco&from=2026-03-04T00:00:00Z&to=2026-03-05T00:00:00Z": 1,
		"from=2026-03-04T09:00:00%2B09:00&to=2026-03-05T09:00:00%2B09:00":          3,
		"": 100,
	} {
		var page wire.TransactionPage
		s.get("/v1/transactions?"+query).into(t, &page)
		if len(page.Transactions) != want {
			t.Errorf("%s: %d transactions, want %d", query, len(page.Transactions), want)
		}
	}
}

// lapsed counts the lots that lapsed.
func lapsed(t *testing.T, s *site) (n int) {
	t.Helper()
	var page wire.TransactionPage
	s.get("/v1/transactions?limit=500").into(t, &page)
	for _, x := range page.Transactions {
		if x.Type == wallet.Expire {
			n++
		}
	}
	return n
}

func TestCursorsStayWhileLinesAreAdded(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	u, err := s.Ledger().User(t.Context(), "mina")
	must(t, err)
	var whole wire.TransactionPage
	s.get("/v1/transactions?limit=500").into(t, &whole)
	var seen []wire.Transaction
	cursor := ""
	for n := 0; n == 0 || cursor != ""; n++ {
		path := "/v1/transactions?limit=7"
		if cursor != "" {
			path += "&cursor=" + cursor
		}
		var page wire.TransactionPage
		s.get(path).into(t, &page)
		seen = append(seen, page.Transactions...)
		cursor = page.NextCursor
		added := line(fmt.Sprintf("new%d", n), day(59), wallet.Payment, -10)
		added.Issuer, added.Kind = "telco", wallet.CarrierCredit
		must(t, s.Ledger().Charge(t.Context(), u, added))
	}
	if !reflect.DeepEqual(ids(seen), ids(whole.Transactions)) {
		t.Errorf("paged %v\nwhole %v", ids(seen), ids(whole.Transactions))
	}
}

func ids(list []wire.Transaction) []string {
	return wire.Each(list, func(x wire.Transaction) string { return string(x.Id) })
}

func TestChangesTellOfLaterActs(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	var all wire.ChangePage
	s.get("/v1/changes?limit=500").into(t, &all)
	if all.More || len(all.Changes) == 0 || all.Changes[len(all.Changes)-1].Seq != all.Seq {
		t.Fatalf("more %v, %d changes to %d", all.More, len(all.Changes), all.Seq)
	}
	u, err := s.Ledger().User(t.Context(), "mina")
	must(t, err)
	back := line("late", day(60), wallet.Refund, 1200)
	back.Issuer, back.Kind, back.RefundOf = "telco", wallet.CarrierCredit, "c49"
	must(t, s.Ledger().GiveBack(t.Context(), u, back))
	must(t, s.Ledger().Pay(t.Context(), u, day(60), "b2"))
	var news wire.ChangePage
	s.get(fmt.Sprintf("/v1/changes?after=%d&ledger=%s", all.Seq, all.Ledger)).into(t, &news)
	if len(news.Changes) != 3 || news.Changes[0].Transaction.Id != "late" || news.Changes[1].Transaction.Status != wallet.Refunded ||
		!news.Changes[2].Settlement.Paid.Equal(day(60)) || news.More || news.Seq != all.Seq+3 {
		t.Errorf("news %+v", news)
	}
	var none wire.ChangePage
	s.get(fmt.Sprintf("/v1/changes?after=%d&ledger=%s", news.Seq, all.Ledger)).into(t, &none)
	if len(none.Changes) != 0 || none.Seq != news.Seq {
		t.Errorf("after everything: %+v", none)
	}
}

func TestSettlementHasItsChargesAndWhoSawThem(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	var d wire.SettlementDetail
	s.get("/v1/settlements/b1").into(t, &d)
	sum := int64(0)
	for _, c := range d.Charges {
		sum -= c.AmountMinor
		if c.Settlement != "b1" {
			t.Errorf("charge %s is of %q", c.Id, c.Settlement)
		}
	}
	if len(d.Charges) != 31 || d.Settlement.Count != 31 || sum != d.Settlement.TotalMinor || len(d.Settlement.Disclosure) != 1 || d.Settlement.Paid.IsZero() {
		t.Errorf("settlement %+v of %d charges that sum to %d", d.Settlement, len(d.Charges), sum)
	}
}

func TestAnotherPersonIsNotFound(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := plan()
	p.Person = "jun"
	p.Steps = p.Steps[:3]
	must(t, s.Seed(t.Context(), p, nil))
	s.as("jun")
	for _, path := range []string{"/v1/transactions/s03", "/v1/settlements/b1"} {
		if a := s.get(path); a.status != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	var page wire.ChangePage
	s.get("/v1/changes").into(t, &page)
	if len(page.Changes) > 4 {
		t.Errorf("jun sees %d changes", len(page.Changes))
	}
	s.as("nobody")
	if a := s.get("/v1/wallet"); a.status != http.StatusNotFound {
		t.Errorf("nobody reads: %d %s", a.status, a.body)
	}
}

// Everything that can be asked wrongly, and what is said to it.
func TestProblems(t *testing.T) {
	t.Parallel()
	s, other := newSite(t, platform.Memory), newOther(t)
	var mine, theirs wire.TransactionPage
	s.get("/v1/transactions?limit=1").into(t, &mine)
	other.get("/v1/transactions?limit=1").into(t, &theirs)
	secret := strings.Repeat("secret", 10)
	for _, c := range []struct {
		path    string
		code    fault.Code
		pointer string
		headers []string
	}{
		{"/v1/wallet", fault.Unauthorized, "", []string{"Authorization", "Bearer " + secret}},
		{"/v1/wallet", fault.Unauthorized, "", []string{"Authorization", "Bearer "}},
		{"/v1/wallet", fault.Unauthorized, "", []string{"Authorization", "Basic " + secret}},
		{"/v1/wallet", fault.Unauthorized, "", []string{"Authorization", "Bearer " + strings.Repeat("x", 43)}},
		{"/v1/wallet", fault.Unauthorized, "", []string{"Authorization", "Bearer " + strings.Repeat("a", 9000)}},
		{"/v1/wallet", fault.Unauthorized, "", []string{"Authorization", "Bearer \u202e\xff"}},
		{"/v1/transactions?limit=0", fault.Unauthorized, "", []string{"Authorization", "Bearer x"}},
		{"/v1/nothing", fault.NotFound, "", nil},
		{"/", fault.NotFound, "", nil},
		{"//v1/wallet", fault.NotFound, "", nil},
		{"/v1/../v1/wallet", fault.NotFound, "", nil},
		{"/v1/wallet/", fault.NotFound, "", nil},
		{"/v1/transactions/none", fault.NotFound, "", nil},
		{"/v1/transactions/pay-b1", fault.NotFound, "", nil},
		{"/v1/transactions/" + url.PathEscape("'; DROP TABLE transfers; --"), fault.NotFound, "", nil},
		{"/v1/transactions/" + strings.Repeat("x", 101), fault.BadRequest, "/path/id", nil},
		{"/v1/settlements/none", fault.NotFound, "", nil},
		{"/v1/transactions?limit=0", fault.BadRequest, "/query/limit", nil},
		{"/v1/transactions?limit=501", fault.BadRequest, "/query/limit", nil},
		{"/v1/transactions?limit=ten", fault.BadRequest, "/query/limit", nil},
		{"/v1/transactions?limit=", fault.BadRequest, "/query/limit", nil},
		{"/v1/transactions?limit=1&limit=2", fault.BadRequest, "/query/limit", nil},
		{"/v1/transactions?from=yesterday", fault.BadRequest, "/query/from", nil},
		{"/v1/transactions?to=2026-03-04", fault.BadRequest, "/query/to", nil},
		{"/v1/transactions?kind=" + secret, fault.BadRequest, "/query/kind", nil},
		{"/v1/transactions?issuer=", fault.BadRequest, "/query/issuer", nil},
		{"/v1/transactions?issuer=" + strings.Repeat("x", 101), fault.BadRequest, "/query/issuer", nil},
		{"/v1/transactions?colour=" + secret, fault.BadRequest, "/query/colour", nil},
		{"/v1/transactions?" + secret + "=1", fault.BadRequest, "/query/unnamed", nil},
		{"/v1/transactions?%zz", fault.BadRequest, "/query", nil},
		{"/v1/wallet?limit=3", fault.BadRequest, "/query/limit", nil},
		{"/v1/alerts?limit=-1", fault.BadRequest, "/query/limit", nil},
		{"/v1/settlements?limit=9999", fault.BadRequest, "/query/limit", nil},
		{"/v1/changes?after=-1", fault.BadRequest, "/query/after", nil},
		{"/v1/changes?after=9223372036854775808", fault.BadRequest, "/query/after", nil},
		{"/v1/changes?ledger=", fault.BadRequest, "/query/ledger", nil},
		{"/v1/transactions?cursor=", fault.BadCursor, "", nil},
		{"/v1/transactions?cursor=garbage", fault.BadCursor, "", nil},
		{"/v1/transactions?cursor=" + strings.Repeat("A", 3000), fault.BadCursor, "", nil},
		{"/v1/transactions?cursor=" + mine.NextCursor[:len(mine.NextCursor)-4] + "AAAA", fault.BadCursor, "", nil},
		{"/v1/alerts?cursor=" + mine.NextCursor, fault.BadCursor, "", nil},
		{"/v1/settlements?cursor=" + mine.NextCursor, fault.BadCursor, "", nil},
		{"/v1/transactions?cursor=" + theirs.NextCursor, fault.CursorOld, "", nil},
		{"/v1/changes?ledger=other", fault.CursorOld, "", nil},
		{"/v1/changes?after=999999", fault.CursorOld, "", nil},
	} {
		a := s.get(c.path, c.headers...)
		p := a.problem(t)
		if fault.Code(p.Code) != c.code || a.status != c.code.Status() {
			t.Errorf("%s: %d %s, want %s", c.path, a.status, p.Code, c.code)
		}
		if c.code == fault.BadRequest && (p.Args["detail"] == "" || p.Detail != p.Args["detail"]) {
			t.Errorf("%s: detail %q, args %v", c.path, p.Detail, p.Args)
		}
		if c.pointer != "" && (len(p.Errors) != 1 || string(p.Errors[0].Pointer) != c.pointer || p.Errors[0].Detail == "") {
			t.Errorf("%s: errors %+v, want %s", c.path, p.Errors, c.pointer)
		}
		if bytes.Contains(a.body, []byte("secret")) {
			t.Errorf("%s: the answer echoes what was sent: %s", c.path, a.body)
		}
		if c.code == fault.Unauthorized && a.header.Get("WWW-Authenticate") != `DPoP algs="ES256"` {
			t.Errorf("%s: no WWW-Authenticate", c.path)
		}
	}
	both := s.get("/v1/transactions?limit=0&kind=gold").problem(t)
	if len(both.Errors) != 2 || both.Args["detail"] != "kind must be one of unknown, prepaid, earned, promotional, carrier_credit, card_funded; limit must be a whole number from 1 to 500" {
		t.Errorf("two wrong parameters: %+v", both)
	}
	for _, leak := range []string{"secret", "colour", "limit=0"} {
		if strings.Contains(s.log.String(), leak) {
			t.Errorf("the log holds %q", leak)
		}
	}
}

// Who dials without saying who they are reads nothing.
func TestNobodyReadsWithoutASession(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	s.client = &http.Client{Transport: &http.Transport{DialContext: s.Dial, DisableKeepAlives: true}}
	for _, path := range []string{"/v1/wallet", "/v1/transactions", "/v1/limits"} {
		if a := s.get(path); a.status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}

// newOther is a site with another ledger.
func newOther(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, now: day(60), log: &platform.Log{}}
	p, err := platform.Open(t.Context(), platform.Options{Path: platform.Memory, Now: s.clock})
	must(t, err)
	t.Cleanup(func() { must(t, p.Close()) })
	world := plan()
	world.Name = "another"
	must(t, p.Seed(t.Context(), world, nil))
	s.Platform = p
	s.client = &http.Client{Transport: &http.Transport{DialContext: p.DialAs("mina"), DisableKeepAlives: true}}
	return s
}

func TestMethodsAndBodies(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, "BREW"} {
		for _, path := range []string{"/v1/wallet", "/v1/transactions/s03", "/healthz", "/openapi.yaml"} {
			a := s.do(method, path, nil)
			if p := a.problem(t); a.status != 405 || fault.Code(p.Code) != fault.BadMethod || !strings.Contains(a.header.Get("Allow"), "GET") || p.Args["allow"] == "" {
				t.Errorf("%s %s: %d %s, Allow %q", method, path, a.status, a.body, a.header.Get("Allow"))
			}
		}
	}
	large := bytes.Repeat([]byte(" "), 1<<20+1)
	for name, c := range map[string]struct {
		body io.Reader
		kind string
		code fault.Code
	}{
		"declared":   {bytes.NewReader(large), "application/json", fault.TooLarge},
		"chunked":    {io.MultiReader(bytes.NewReader(large)), "application/json", fault.TooLarge},
		"large text": {bytes.NewReader(large), "text/plain", fault.TooLarge},
		"a form":     {strings.NewReader("a=b"), "application/x-www-form-urlencoded", fault.BadMedia},
		"no type":    {strings.NewReader("a=b"), "", fault.BadMedia},
		"no media":   {strings.NewReader("{}"), ";;;", fault.BadMedia},
		"fits":       {bytes.NewReader(large[:1<<20]), "application/json; charset=utf-8", ""},
	} {
		a := s.do(http.MethodGet, "/v1/issuers", c.body, "Content-Type", c.kind)
		if c.code == "" {
			if a.status != http.StatusOK {
				t.Errorf("%s: %d %s", name, a.status, a.body)
			}
			continue
		}
		if p := a.problem(t); fault.Code(p.Code) != c.code || a.status != c.code.Status() {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if a := s.do(http.MethodHead, "/v1/wallet", nil); a.status != http.StatusOK || len(a.body) != 0 {
		t.Errorf("HEAD: %d %d bytes", a.status, len(a.body))
	}
}

func TestStatusNamesTheSimulator(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	id, err := s.Ledger().ID(t.Context())
	must(t, err)
	var status wire.Status
	s.get("/v1/status", "Authorization", "").into(t, &status)
	if !status.Simulator || string(status.Version) != "1.2.3" || !status.Clock.Equal(day(60)) || string(status.Ledger) != id {
		t.Errorf("status %+v", status)
	}
	if a := s.get("/openapi.yaml", "Authorization", ""); !bytes.Equal(a.body, wire.Contract) || a.header.Get("Content-Type") != "application/yaml" {
		t.Errorf("the contract served is not the contract: %s", a.header.Get("Content-Type"))
	}
}

// Hostile text is stored as it came, and filtered by whoever decodes it.
func TestHostileMerchantIsFilteredInTheWallet(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	var d wire.TransactionDetail
	s.get("/v1/transactions/c00").into(t, &d)
	if got := string(d.Transaction.Merchant); strings.ContainsRune(got, 0x1b) || !strings.HasPrefix(got, "별") {
		t.Errorf("merchant %q", got)
	}
}
