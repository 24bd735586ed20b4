//go:build outside

package house_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// planted are violations, one for each rule of .golangci.yml that guards the house.
var planted = []struct{ file, body, want string }{
	{"internal/money/bad.go", `import _ "jandon/internal/wallet/stub"`, "money is at the bottom"},
	{"internal/fault/bad.go", `import _ "jandon/internal/money/stub"`, "fault is at the bottom"},
	{"internal/wallet/bad.go", `import _ "jandon/internal/history/stub"`, "wallet knows money alone"},
	{"internal/history/bad.go", `import _ "jandon/client/stub"`, "imports run one way"},
	{"internal/statement/bad.go", `import _ "net/http"`, "the domain does no I/O"},
	{"internal/wire/bad.go", `import _ "jandon/internal/platform/stub"`, "both sides use wire"},
	{"internal/platform/bad.go", `import _ "jandon/client/stub"`, "not the client"},
	{"internal/platform/risk/bad.go", `import _ "net/http"`, "weighing an act does no I/O"},
	{"client/bad.go", `import _ "jandon/internal/platform/stub"`, "not the server"},
	{"client/store/bad.go", `import _ "jandon/keystore/stub"`, "a key is lent"},
	{"client/platformtest/bad.go", `import _ "jandon/ui/stub"`, "imports run one way"},
	{"keystore/bad.go", `import _ "jandon/internal/money/stub"`, "keystore is a leaf"},
	{"config/bad.go", `import _ "jandon/internal/money/stub"`, "config is a leaf"},
	{"ui/bad.go", `import _ "jandon/client/stub"`, "cmd wires it"},
	{"ui/home/bad.go", `import _ "net/http"`, "screens know no network"},
	{"ui/home/sideways.go", `import _ "jandon/ui/history/stub"`, "sideways never"},
	{"ui/history/bad.go", `import _ "jandon/ui/stub"`, "sideways never"},
	{"ui/kit/bad.go", `import _ "jandon/ui/home/stub"`, "kit is below the pages"},
	{"internal/scenario/charm.go", `import _ "charm.land/lipgloss/v2"`, "only ui and cmd draw"},
	{"client/clock.go", "import \"time\"\n\nvar now = time.Now()", "take a clock"},
	{"ui/print.go", "import \"fmt\"\n\nfunc init() { fmt.Println() }", "write to a writer"},
	{"cmd/jandon/exit.go", "import \"os\"\n\nfunc init() { os.Exit(1) }", "only main exits"},
	{"config/log.go", "import \"log\"\n\nfunc init() { log.Println() }", "return the error"},
}

func TestLintRefusesWhatTheHouseForbids(t *testing.T) {
	t.Parallel()
	linter, err := filepath.Abs(filepath.Join(root, "bin", "golangci-lint"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{".golangci.yml", "go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), string(data))
	}
	for _, p := range planted {
		name := filepath.Base(filepath.Dir(p.file))
		if _, path, ok := strings.Cut(p.body, `"jandon/`); ok { // a package without imports, so that nothing turns in a circle
			write(t, filepath.Join(dir, strings.TrimSuffix(path, `"`), "stub.go"), "package stub\n")
		}
		write(t, filepath.Join(dir, p.file), "package "+name+"\n\n"+p.body+"\n")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, linter, "run", "--enable-only=depguard,forbidigo", "--output.text.colors=false", "--show-stats=false", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOLANGCI_LINT_CACHE="+t.TempDir(), "GOFLAGS=-mod=mod")
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Fatal("the linter found nothing")
	}
	for _, p := range planted {
		found := false
		for _, line := range strings.Split(string(out), "\n") {
			found = found || strings.HasPrefix(line, p.file+":") && strings.Contains(line, p.want)
		}
		if !found {
			t.Errorf("%s with %q passes; want %q", p.file, p.body, p.want)
		}
	}
	if t.Failed() {
		t.Logf("%s", out)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
