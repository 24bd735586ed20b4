package house_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestReplayReachesNothing: what plays a recording is linked with nothing that
// asks a network, opens a keyring or a data base, or moves anything. A program
// can be started by two packages of the terminal's alone: colorprofile asks
// tmux for its colours, Bubble Tea can run an editor.
func TestReplayReachesNothing(t *testing.T) {
	t.Parallel()
	never := []string{"net", "net/http", "crypto/tls", "database/sql", "os/exec", "jandon/client", "jandon/keystore", "jandon/config", "jandon/internal/platform", "jandon/internal/wire"}
	starts := []string{"charm.land/bubbletea/v2", "github.com/charmbracelet/colorprofile"}
	seen := 0
	for _, p := range packages(t) {
		var but []string
		switch p.ImportPath {
		case "jandon/ui/replay":
			but = []string{"os/exec"}
		case "jandon/internal/session":
		default:
			continue
		}
		seen++
		for _, dep := range p.Deps {
			for _, bad := range never {
				if (dep == bad || strings.HasPrefix(dep, bad+"/") && strings.HasPrefix(bad, "jandon/")) && !slices.Contains(but, bad) {
					t.Errorf("%s reaches %s", p.ImportPath, dep)
				}
			}
		}
		if but == nil {
			continue
		}
		for _, who := range importers(t, p.ImportPath, "os/exec") {
			if !slices.Contains(starts, who) {
				t.Errorf("%s reaches %s, which can start programs", p.ImportPath, who)
			}
		}
	}
	if seen != 2 {
		t.Errorf("%d packages of 2 are there", seen)
	}
}

// importers are the packages that one reaches and that import another.
func importers(t *testing.T, of, what string) (list []string) {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", `{{.ImportPath}} {{join .Imports " "}}`, of)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if words := strings.Fields(line); len(words) > 1 && slices.Contains(words[1:], what) {
			list = append(list, words[0])
		}
	}
	return list
}
