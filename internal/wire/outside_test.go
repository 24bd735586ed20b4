//go:build outside

package wire_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// These tests ask programs that are not ours. They run with -tags outside and
// need the directory JANDON_NODE, where npm has put @redocly/cli, and the Go
// module proxy. Without them they fail: a check that can be missed is none.

func TestContractLints(t *testing.T) {
	t.Parallel()
	node := os.Getenv("JANDON_NODE")
	if node == "" {
		t.Fatal("JANDON_NODE does not name the directory with node_modules; make test sets it")
	}
	cmd := exec.CommandContext(t.Context(), filepath.Join(node, "node_modules", ".bin", "redocly"), "lint", "--max-problems", "50", "openapi.yaml")
	cmd.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("redocly lint: %v\n%s", err, out)
	}
	if text := string(out); !strings.Contains(text, "Your API description is valid") || strings.Contains(text, "warning") && strings.Contains(text, "You have") {
		t.Fatalf("the contract has warnings:\n%s", out)
	}
}

// What the contract generates is what is committed.
func TestGeneratedCodeIsFresh(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("wire.go")
	if err != nil {
		t.Fatal(err)
	}
	_, command, ok := strings.Cut(string(source), "//go:generate go run ")
	if !ok {
		t.Fatal("wire.go says nothing of how it is generated")
	}
	command, _, _ = strings.Cut(command, "\n")
	tool, _, _ := strings.Cut(command, " ")
	config, err := os.ReadFile("oapi-codegen.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	fresh, own := filepath.Join(dir, "wire.gen.go"), filepath.Join(dir, "oapi-codegen.yaml")
	if err := os.WriteFile(own, bytes.ReplaceAll(config, []byte("wire.gen.go"), []byte(fresh)), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "run", tool, "-config", own, "openapi.yaml")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("generating: %v\n%s", err, out)
	}
	want, err := os.ReadFile(fresh)
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile("wire.gen.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, have) {
		t.Error("wire.gen.go is not what openapi.yaml generates: go generate ./internal/wire")
	}
}
