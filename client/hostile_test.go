package client_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jandon/client"
	"jandon/internal/fault"
)

// page is a good answer to /v1/changes with one transaction, for tests to spoil.
const page = `{"ledger":"ledger-1","seq":1,"more":false,"changes":[{"seq":1,"transaction":{"id":"x","seq":1,"at":"2026-11-22T00:00:00Z","type":"payment","status":"posted","amount_minor":-5,"currency":"KRW","issuer":"shop","kind":"prepaid","merchant":"Shop"}}]}`

func plain(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func raw(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(conn, text)
		_ = conn.Close()
	}
}

func spoiled(old, new string) http.HandlerFunc {
	if !strings.Contains(page, old) {
		panic("nothing to spoil: " + old)
	}
	return plain(200, "application/json", strings.Replace(page, old, new, 1))
}

func endless(w http.ResponseWriter, piece string) {
	for range 100 << 20 / len(piece) {
		if _, err := io.WriteString(w, piece); err != nil {
			return
		}
	}
}

// Each wrong answer to a sync is the right fault, leaves the copy as it was,
// panics nowhere and takes little memory.
func TestHostileAnswers(t *testing.T) {
	const js = "application/json"
	tests := map[string]struct {
		answer http.HandlerFunc
		code   fault.Code // empty: a good answer
		tries  int        // 0: one
	}{
		"good":         {answer: plain(200, js, page)},
		"good utf-8":   {answer: plain(200, js+"; charset=utf-8", page)},
		"html":         {answer: plain(200, "text/html", "<html>"), code: fault.BadAnswer},
		"html as json": {answer: plain(200, js, "<html>"), code: fault.BadAnswer},
		"no type": {answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			_, _ = io.WriteString(w, page)
		}, code: fault.BadAnswer},
		"truncated": {answer: plain(200, js, page[:len(page)-7]), code: fault.BadAnswer},
		"trailing":  {answer: plain(200, js, page+page), code: fault.BadAnswer},
		"cut off":   {answer: raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"), code: fault.BadAnswer, tries: 4},
		"cut chunk": {answer: raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"), code: fault.BadAnswer, tries: 4},
		"100 MB": {answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", js)
			endless(w, strings.Repeat("[", 1<<16))
		}, code: fault.BadAnswer},
		"100 MB of text": {answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", js)
			_, _ = io.WriteString(w, `"`)
			endless(w, strings.Repeat("x", 1<<16))
		}, code: fault.BadAnswer},
		"100 MB problem": {answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(500)
			endless(w, strings.Repeat("x", 1<<16))
		}, code: fault.ServerError},
		"zip bomb":        {answer: bomb, code: fault.BadAnswer},
		"endless header":  {answer: raw("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 1<<20) + "\r\n\r\n"), code: fault.Unreachable, tries: 4},
		"not http":        {answer: raw("SSH-2.0-OpenSSH_9.2\r\n"), code: fault.BadAnswer, tries: 4},
		"hangs up":        {answer: raw(""), code: fault.Unreachable, tries: 4},
		"204":             {answer: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, code: fault.BadAnswer},
		"304 unasked":     {answer: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, code: fault.BadAnswer},
		"redirect":        {answer: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "http://127.0.0.1:1/steal", 307) }, code: fault.BadAnswer},
		"400":             {answer: plain(400, "text/plain", "no"), code: fault.BadAnswer},
		"401":             {answer: plain(401, "text/plain", "no"), code: fault.Unauthorized},
		"429":             {answer: plain(429, "text/plain", "no"), code: fault.RateLimited, tries: 4},
		"500":             {answer: plain(500, "text/html", "<html>"), code: fault.ServerError},
		"502":             {answer: plain(502, "text/html", "<html>"), code: fault.ServerError, tries: 4},
		"503":             {answer: plain(503, "text/html", "<html>"), code: fault.ServerError, tries: 4},
		"504":             {answer: plain(504, "text/html", "<html>"), code: fault.ServerError, tries: 4},
		"empty":           {answer: plain(200, js, ""), code: fault.BadAnswer},
		"null":            {answer: plain(200, js, "null"), code: fault.BadAnswer},
		"array":           {answer: plain(200, js, "[]"), code: fault.BadAnswer},
		"object":          {answer: plain(200, js, "{}"), code: fault.BadAnswer},
		"bad utf-8":       {answer: spoiled("Shop", "Sh\xff\xfep"), code: fault.BadAnswer},
		"deep":            {answer: plain(200, js, strings.Repeat("[", 1<<20)), code: fault.BadAnswer},
		"deep unknown":    {answer: plain(200, js, `{"x":`+strings.Repeat("[", 1<<20)), code: fault.BadAnswer},
		"huge amount":     {answer: spoiled("-5", "-9223372036854775809"), code: fault.BadAnswer},
		"largest int64":   {answer: spoiled("-5", "9223372036854775807"), code: fault.BadAnswer},
		"float amount":    {answer: spoiled("-5", "-5.5"), code: fault.BadAnswer},
		"text amount":     {answer: spoiled("-5", `"5"`), code: fault.BadAnswer},
		"no currency":     {answer: spoiled(`"KRW"`, `""`), code: fault.BadAnswer},
		"odd currency":    {answer: spoiled(`"KRW"`, `"k\u001br"`), code: fault.BadAnswer},
		"no id":           {answer: spoiled(`"x"`, `""`), code: fault.BadAnswer},
		"long id":         {answer: spoiled(`"x"`, `"`+strings.Repeat("x", 1000)+`"`), code: fault.BadAnswer},
		"filtered id":     {answer: spoiled(`"x"`, `"x\u202ey"`), code: fault.BadAnswer},
		"year 0":          {answer: spoiled("2026", "0001"), code: fault.BadAnswer},
		"no time":         {answer: spoiled("2026-11-22T00:00:00Z", "yesterday"), code: fault.BadAnswer},
		"negative seq":    {answer: spoiled(`"seq":1,"more"`, `"seq":-1,"more"`), code: fault.BadAnswer},
		"never ends":      {answer: spoiled(`"seq":1,"more":false`, `"seq":0,"more":true`), code: fault.BadAnswer},
		"unknown words":   {answer: plain(200, js, strings.NewReplacer("payment", "teleport", "posted", "vanished", "prepaid", "moonshine").Replace(page))},
		"number for word": {answer: spoiled(`"prepaid"`, "7"), code: fault.BadAnswer},
		"unknown fields":  {answer: spoiled(`"more"`, `"new":{"a":[1]},"more"`)},
		"new sort":        {answer: spoiled(`{"seq":1,"transaction"`, `{"seq":1,"hologram":{}},{"seq":1,"transaction"`)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(1)
			s.set(func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path != "/v1/changes" {
					return false
				}
				test.answer(w, r)
				return true
			})
			to := memory(t)
			_, err := client.NewSyncer(dialled(t, over(t, s)), to).Sync(t.Context(), nil)
			// net/http adds one of its own when an idle connection turns out dead.
			if tries := s.count("/v1/changes"); tries != max(1, test.tries) && (test.tries == 0 || tries != test.tries+1) {
				t.Errorf("%d tries", tries)
			}
			if test.code == "" {
				must(t, err)
				return
			}
			e := wantCode(t, err, test.code)
			if e.Code == fault.BadAnswer && (e.Args["detail"] == "" || !strings.HasPrefix(e.Args["url"], "http://127.0.0.1:")) {
				t.Error("the sentence has nothing to name:", e)
			}
			holds(t, to, 0)
		})
	}
}

func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	defer z.Close()
	block := bytes.Repeat([]byte(" "), 1<<20)
	for range 100 {
		if _, err := z.Write(block); err != nil {
			return
		}
	}
}

// A hundred megabytes are not read, let alone kept.
func TestMemoryIsBounded(t *testing.T) {
	c := dialled(t, over(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		endless(w, strings.Repeat("[", 1<<16))
	})))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := c.Status(t.Context())
	runtime.ReadMemStats(&after)
	wantCode(t, err, fault.BadAnswer)
	if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
		t.Errorf("%d MiB allocated", used>>20)
	}
}

// The platform's own word is believed about the request, never about this machine.
func TestProblems(t *testing.T) {
	t.Parallel()
	body := func(code string, status int) string {
		return fmt.Sprintf(`{"type":"/p","title":"t","status":%d,"code":%q,"args":{"what":"a\u001b[31mb"},"correlation_id":"co\u0007rr"}`, status, code)
	}
	tests := []struct {
		status int
		body   string
		code   fault.Code
	}{
		{404, body("not_found", 404), fault.NotFound},
		{400, body("bad_request", 400), fault.BadRequest},
		{401, body("unauthorized", 401), fault.Unauthorized},
		{500, body("internal", 500), fault.ServerError},
		{500, body("keyring_missing", 500), fault.ServerError},
		{503, body("store_busy", 503), fault.ServerError},
		{418, body("teapot", 418), fault.BadAnswer},
		{500, body("teapot", 500), fault.ServerError},
		{500, body("not_found", 500), fault.ServerError},
		{404, "{", fault.BadAnswer},
	}
	for _, test := range tests {
		c := dialled(t, over(t, plain(test.status, "application/problem+json", test.body)))
		_, err := c.Trail(t.Context(), "t-1")
		e := wantCode(t, err, test.code)
		if strings.ContainsAny(e.Error()+e.Correlation+e.Args["what"], "\x1b\x07") {
			t.Errorf("%q holds control characters", e)
		}
		if test.body != "{" && e.Correlation == "" {
			t.Error("no correlation id:", test.code)
		}
	}
}

// Ids come from outside too; none leads to another path.
func TestTrail(t *testing.T) {
	t.Parallel()
	s := newSite(1)
	c := dialled(t, over(t, s))
	steps, err := c.Trail(t.Context(), "t-1")
	must(t, err)
	if len(steps) != 1 || steps[0].Amount != won(-1) || steps[0].Lot != "lot-1" {
		t.Errorf("%+v", steps)
	}
	for _, id := range []string{"", ".", "..", "../wallet", "a/b", "a?b", "a#b", "%2e%2e", strings.Repeat("x", 500)} {
		_, err := c.Trail(t.Context(), id)
		wantCode(t, err, fault.NotFound)
	}
	if n := len(s.calls); n != 1 {
		t.Error("other paths were asked for:", s.calls)
	}
	_, err = c.Trail(t.Context(), "t-404")
	wantCode(t, err, fault.NotFound)
}

// Slow platforms, on a clock that jumps: each way of dawdling ends in time.
func TestDawdling(t *testing.T) {
	t.Parallel()
	forever := func(r *http.Request) { <-r.Context().Done() }
	tests := map[string]http.HandlerFunc{
		"never answers": func(_ http.ResponseWriter, r *http.Request) { forever(r) },
		"header, no body": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = http.NewResponseController(w).Flush()
			forever(r)
		},
		"a byte a second": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for r.Context().Err() == nil {
				_, _ = io.WriteString(w, " ")
				_ = http.NewResponseController(w).Flush()
				select {
				case <-time.After(time.Second):
				case <-r.Context().Done():
				}
			}
		},
	}
	for name, handler := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o, stop := within(handler)
				defer stop()
				o.Sleep = nil
				c := dialled(t, o)
				began := time.Now()
				_, err := c.Status(t.Context())
				e := wantCode(t, err, fault.TimedOut)
				if e.Args["url"] != "http://127.0.0.1" {
					t.Error(e)
				}
				if took := time.Since(began); took > 46*time.Second {
					t.Errorf("took %v", took)
				}
				c.Close()
			})
		})
	}
	t.Run("never lets in", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			o := options("http://127.0.0.1")
			o.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) { <-ctx.Done(); return nil, ctx.Err() }
			_, err := dialled(t, o).Status(t.Context())
			wantCode(t, err, fault.TimedOut)
		})
	})
	t.Run("the person gives up", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			o, stop := within(tests["never answers"])
			defer stop()
			ctx, cancel := context.WithCancel(t.Context())
			began := time.Now()
			time.AfterFunc(time.Second, cancel)
			_, err := dialled(t, o).Status(ctx)
			wantCode(t, err, fault.Canceled)
			if took := time.Since(began); took != time.Second {
				t.Errorf("took %v", took)
			}
		})
	})
}

// within serves a handler over pipes in memory.
func within(h http.Handler) (o client.Options, stop func()) {
	in := newInside()
	server := &http.Server{Handler: h}
	go func() { _ = server.Serve(in) }()
	o = options("http://127.0.0.1")
	o.Dial = in.Dial
	return o, func() { _ = server.Close() }
}
