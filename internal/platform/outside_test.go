//go:build outside

package platform_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"jandon/internal/platform"
)

// TestProxyFindsNothing puts Prism, a validating proxy that is not ours,
// between a wallet's whole walk and the platform. It runs with -tags outside
// and needs JANDON_NODE, the directory where npm has put @stoplight/prism-cli.
func TestProxyFindsNothing(t *testing.T) {
	t.Parallel()
	node := os.Getenv("JANDON_NODE")
	if node == "" {
		t.Fatal("JANDON_NODE does not name the directory with node_modules; make test sets it")
	}
	s := newSite(t, platform.Memory)
	here := httptest.NewServer(s.HandlerAs("mina"))
	t.Cleanup(here.Close)

	port := freePort(t)
	prism := exec.CommandContext(t.Context(), filepath.Join(node, "node_modules", ".bin", "prism"), "proxy",
		"--host", "127.0.0.1", "--port", port, "--validate-request", "false", filepath.Join("..", "wire", "openapi.yaml"), here.URL)
	out, err := prism.StdoutPipe()
	must(t, err)
	prism.Stderr = prism.Stdout
	must(t, prism.Start())
	t.Cleanup(func() { _ = prism.Process.Kill(); _ = prism.Wait() })
	said := bufio.NewScanner(out)
	for listening := false; !listening; listening = strings.Contains(said.Text(), "Prism is listening") {
		if !said.Scan() {
			t.Fatal("prism ended before it listened")
		}
	}
	go func() { // it stops when nobody reads what it says
		for said.Scan() {
		}
	}()

	judged := &judge{t: t, proxy: "127.0.0.1:" + port}
	s.client.Transport = judged
	s.walk()
	s.get("/v1/wallet", "If-None-Match", s.get("/v1/wallet").header.Get("ETag"))
	for _, wrong := range []string{"/v1/transactions?limit=0", "/v1/transactions?cursor=garbage", "/v1/transactions/none", "/v1/settlements/none", "/v1/changes?after=999999"} {
		s.get(wrong)
	}
	s.get("/v1/wallet", "Authorization", "Bearer garbage")
	if n := judged.answers.Load(); n < 40 {
		t.Errorf("only %d answers went through the proxy", n)
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer func() { must(t, ln.Close()) }()
	return fmt.Sprint(ln.Addr().(*net.TCPAddr).Port)
}

// judge sends everything through the proxy and reads its verdict.
type judge struct {
	t       *testing.T
	proxy   string
	answers atomic.Int64
}

func (j *judge) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Host = j.proxy
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	j.answers.Add(1)
	if v := violations(res.Header.Get("Sl-Violations")); v != "" {
		j.t.Errorf("%s: %s", r.URL, v)
	}
	return res, nil
}

// violations are what the proxy found, but for what it can't judge: it knows
// no scheme of HTTP but Basic, Bearer and Digest, and ours is registered too.
func violations(header string) string {
	var list, kept []json.RawMessage
	if header == "" || json.Unmarshal([]byte(header), &list) != nil {
		return header
	}
	for _, v := range list {
		if !bytes.Contains(v, []byte("We currently do not support this type of security scheme: http/dpop")) {
			kept = append(kept, v)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return fmt.Sprintf("%s", kept)
}
