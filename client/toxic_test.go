package client_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"jandon/client"
	"jandon/internal/fault"
)

// A real proxy spoils the connection itself: what goes through arrives whole,
// what does not is the right fault, and once the air is clear all of it comes.
func TestToxicConnections(t *testing.T) {
	t.Parallel()
	control := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	tests := map[string]struct {
		toxic string
		codes []fault.Code // any of them; none: it goes through
	}{
		"latency":      {`{"type":"latency","attributes":{"latency":5,"jitter":5}}`, nil},
		"slices":       {`{"type":"slicer","attributes":{"average_size":64,"size_variation":32,"delay":10}}`, nil},
		"slow":         {`{"type":"bandwidth","attributes":{"rate":500}}`, nil},
		"slow close":   {`{"type":"slow_close","attributes":{"delay":10}}`, nil},
		"reset":        {`{"type":"reset_peer","attributes":{"timeout":0}}`, []fault.Code{fault.Unreachable}},
		"late reset":   {`{"type":"reset_peer","attributes":{"timeout":20}}`, []fault.Code{fault.Unreachable, fault.BadAnswer}},
		"cut":          {`{"type":"limit_data","attributes":{"bytes":300}}`, []fault.Code{fault.BadAnswer, fault.Unreachable}},
		"cut in pages": {`{"type":"limit_data","attributes":{"bytes":6000}}`, nil}, // each try gets a page or so further
		"closed":       {`{"type":"timeout","attributes":{"timeout":10}}`, []fault.Code{fault.Unreachable}},
		"black hole":   {`{"type":"timeout","attributes":{"timeout":0}}`, []fault.Code{fault.TimedOut}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(60)
			upstream := httptest.NewServer(s)
			t.Cleanup(upstream.Close)
			proxy := toxiproxy.NewProxy(control, name, "127.0.0.1:0", strings.TrimPrefix(upstream.URL, "http://"))
			must(t, proxy.Start())
			t.Cleanup(proxy.Stop)
			t.Cleanup(upstream.CloseClientConnections)
			toxic, err := proxy.Toxics.AddToxicJson(strings.NewReader(test.toxic))
			must(t, err)
			o := options("http://" + proxy.Listen)
			o.Limits = client.Limits{Try: 2 * time.Second}
			if name == "black hole" {
				o.Limits.Try = 50 * time.Millisecond
			}
			c := dialled(t, o)
			to := memory(t)
			_, err = client.NewSyncer(c, to).Sync(t.Context(), nil)
			if test.codes == nil {
				must(t, err)
				holds(t, to, 60)
				return
			}
			code := fault.From(err).Code
			known := false
			for _, want := range test.codes {
				known = known || code == want
			}
			if err == nil || !known {
				t.Errorf("got %v, want one of %v", err, test.codes)
			}
			must(t, proxy.Toxics.RemoveToxic(t.Context(), toxic.Name))
			c.Close()
			_, err = client.NewSyncer(c, to).Sync(t.Context(), nil)
			must(t, err)
			holds(t, to, 60)
		})
	}
}
