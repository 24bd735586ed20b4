package ui_test

import (
	"strings"
	"testing"
)

// A letter that is being typed is no key, whatever the page says.
func TestFooterNamesNoLetterWhileSomethingIsTyped(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	foot := func() string {
		lines := strings.Split(strings.TrimRight(b.Text(), "\n"), "\n")
		return lines[len(lines)-1]
	}
	if !strings.Contains(foot(), "/ ") {
		t.Fatalf("the footer is %q", foot())
	}
	b.Press("/")
	if strings.Contains(foot(), "/ ") || strings.Contains(foot(), "q quit") || !strings.Contains(foot(), "Enter") {
		t.Errorf("while something is typed the footer is %q", foot())
	}
}
