package client_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/fault"
)

func TestCheckURL(t *testing.T) {
	t.Parallel()
	for address, code := range map[string]fault.Code{
		"https://wallet.example": "", "https://wallet.example:8443/api": "", "http://127.0.0.1:8750": "", "http://[::1]:8750/": "", "http://127.9.9.9": "",
		" https://wallet.example ": "",
		"http://wallet.example":    fault.InsecureURL, "http://localhost:8750": fault.InsecureURL, "http://192.168.0.1": fault.InsecureURL,
		"http://127.0.0.1.evil.example": fault.InsecureURL, "http://0.0.0.0": fault.InsecureURL,
		"": fault.BadURL, "wallet.example": fault.BadURL, "ftp://wallet.example": fault.BadURL, "https://": fault.BadURL, "https://:443": fault.BadURL,
		"https://u:hunter2@wallet.example": fault.BadURL, "https://wallet.example/?token=hunter2": fault.BadURL, "https://w.example/#x": fault.BadURL,
		"https:wallet": fault.BadURL, "file:///etc/passwd": fault.BadURL, "https://bad host": fault.BadURL, "http://127.0.0.1:8750\x00": fault.BadURL,
	} {
		_, err := client.New(client.Options{URL: address})
		if code == "" {
			must(t, err)
			continue
		}
		if e := wantCode(t, err, code); strings.Contains(e.Error(), "hunter2") {
			t.Error("shows a password:", e)
		}
	}
}

// What is refused is named, so that the sentence has its subject; a password is not.
func TestAnAddressThatIsNoneIsNamed(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"nonsense": "nonsense", "wallet.example": "wallet.example", "ftp://wallet.example": "ftp://wallet.example", "https:wallet": "https:wallet",
		"https://bad host": "https://bad host", "https://u:hunter2@wallet.example": "wallet.example", "https://u:hunter2@": "…", "": "…", "  ": "…",
		"/x?token=hunter2": "…",
	} {
		_, err := client.New(client.Options{URL: address})
		if e := wantCode(t, err, fault.BadURL); e.Args["url"] != want {
			t.Errorf("%q is called %q, not %q", address, e.Args["url"], want)
		}
	}
}

// failing answers its first n calls with a refusal.
func failing(n int32, status int, headers ...string) (http.Handler, *atomic.Int32) {
	var calls atomic.Int32
	good := newSite(0)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) > n {
			good.ServeHTTP(w, r)
			return
		}
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
	}), &calls
}

func TestRetries(t *testing.T) {
	t.Parallel()
	const date, later = "Sun, 22 Nov 2026 12:00:00 GMT", "Sun, 22 Nov 2026 12:00:07 GMT"
	ms := func(list ...int) (d []time.Duration) {
		for _, n := range list {
			d = append(d, time.Duration(n)*time.Millisecond)
		}
		return d
	}
	tests := map[string]struct {
		times   int32
		status  int
		headers []string
		slept   []time.Duration
		code    fault.Code
	}{
		"once":                      {times: 1, status: 503, slept: ms(125)},
		"thrice":                    {times: 3, status: 502, slept: ms(125, 250, 500)},
		"too often":                 {times: 4, status: 504, slept: ms(125, 250, 500), code: fault.ServerError},
		"500 is final":              {times: 1, status: 500, code: fault.ServerError},
		"404 is final":              {times: 1, status: 404, code: fault.BadAnswer},
		"told when":                 {times: 1, status: 429, headers: []string{"Retry-After", "3"}, slept: ms(3000)},
		"told a date":               {times: 1, status: 503, headers: []string{"Retry-After", later, "Date", date}, slept: ms(7000)},
		"a date, clock a day ahead": {times: 1, status: 503, headers: []string{"Retry-After", "Mon, 23 Nov 2026 12:00:07 GMT", "Date", "Mon, 23 Nov 2026 12:00:00 GMT"}, slept: ms(7000)},
		"a date in the past":        {times: 1, status: 503, headers: []string{"Retry-After", date, "Date", later}, slept: ms(125)},
		"told too long":             {times: 1, status: 429, headers: []string{"Retry-After", "3600"}, code: fault.RateLimited},
		"told nonsense":             {times: 1, status: 503, headers: []string{"Retry-After", "soon"}, slept: ms(125)},
		"told for ever":             {times: 1, status: 503, headers: []string{"Retry-After", "9223372036854775807"}, code: fault.ServerError},
		"in the end too long":       {times: 4, status: 503, headers: []string{"Retry-After", "20"}, slept: ms(20000, 20000), code: fault.ServerError},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, _ := failing(test.times, test.status, test.headers...)
			o := over(t, h)
			var slept []time.Duration
			o.Sleep = func(_ context.Context, d time.Duration) error { slept = append(slept, d); return nil }
			_, err := dialled(t, o).Status(t.Context())
			if test.code == "" {
				must(t, err)
			} else if e := wantCode(t, err, test.code); e.Code == fault.RateLimited && e.Args["seconds"] != "3600" {
				t.Error(e)
			}
			if !slices.Equal(slept, test.slept) {
				t.Errorf("slept %v, want %v", slept, test.slept)
			}
		})
	}
}

func TestJitterStaysWithinThePause(t *testing.T) {
	t.Parallel()
	h, _ := failing(1, 503)
	o := over(t, h)
	o.Jitter = func() float64 { return 0.999999 }
	o.Sleep = func(_ context.Context, d time.Duration) error {
		if d < 125*time.Millisecond || d > 250*time.Millisecond {
			t.Error(d)
		}
		return nil
	}
	_, err := dialled(t, o).Status(t.Context())
	must(t, err)
}

func TestGivingUpBetweenTries(t *testing.T) {
	t.Parallel()
	h, calls := failing(9, 503)
	o := over(t, h)
	ctx, cancel := context.WithCancel(t.Context())
	o.Sleep = func(ctx context.Context, _ time.Duration) error { cancel(); return ctx.Err() }
	_, err := dialled(t, o).Status(ctx)
	wantCode(t, err, fault.Canceled)
	if calls.Load() != 1 {
		t.Error(calls.Load(), "calls")
	}
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(newSite(0))
	url := server.URL
	server.Close()
	_, err := dialled(t, options(url)).Status(t.Context())
	if e := wantCode(t, err, fault.Unreachable); e.Args["url"] != url {
		t.Error(e)
	}
}

// A redirect does not carry the token anywhere.
func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	var stolen atomic.Int32
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { stolen.Add(1) }))
	defer thief.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		c := dialled(t, over(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, thief.URL, status) })))
		_, err := c.Trail(t.Context(), "t-1")
		wantCode(t, err, fault.BadAnswer)
	}
	if stolen.Load() != 0 {
		t.Error("followed")
	}
}
