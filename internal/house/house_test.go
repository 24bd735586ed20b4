// Package house holds no code: its tests keep the house in order. They check
// which package may import which, what the top level holds, and that files
// stay short. .golangci.yml says the layers a second time, for editors; the
// test with the tag outside sees that it bites.
package house_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root is the module's directory, seen from this package.
const root = "../.."

func TestTopLevel(t *testing.T) {
	t.Parallel()
	dirs := []string{"client", "cmd", "config", "internal", "keystore", "testdata", "ui"}
	files := []string{
		"ARCHITECTURE.md", "CONTRIBUTING.md", "DECISIONS.md", "LICENSE", "Makefile", "README.md", "go.mod", "go.sum",
	}
	for _, name := range tracked(t) {
		top, _, inside := strings.Cut(name, "/")
		switch {
		case strings.HasPrefix(top, "."):
		case inside && !slices.Contains(dirs, top):
			t.Errorf("%s: the top level holds %v and no other directory", name, dirs)
		case !inside && !slices.Contains(files, top):
			t.Errorf("%s: the top level holds %v and no other file", name, files)
		}
	}
}

// most is the length from which a file surely holds more than one idea.
const most = 500

func TestFilesAreShort(t *testing.T) {
	t.Parallel()
	for _, name := range tracked(t) {
		if filepath.Ext(name) != ".go" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // removed, not yet committed
		}
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(data, []byte("\n")); lines > most && !generated(data) {
			t.Errorf("%s has %d lines; split it (at most %d)", name, lines, most)
		}
	}
}

func TestNamesSayWhat(t *testing.T) {
	t.Parallel()
	empty := []string{"util", "utils", "common", "helper", "helpers", "manager", "misc", "base", "shared"}
	for _, name := range tracked(t) {
		for _, part := range strings.Split(filepath.Dir(name), "/") {
			if slices.Contains(empty, part) {
				t.Errorf("%s: a package called %s says nothing", name, part)
			}
		}
		stem := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(name), ".go"), "_test")
		if filepath.Ext(name) == ".go" && slices.Contains(empty, stem) {
			t.Errorf("%s: a file called %s says nothing", name, stem)
		}
	}
}

// generated finds the line that go generate's convention asks for, before the package clause.
func generated(data []byte) bool {
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "// Code generated ") && strings.HasSuffix(line, " DO NOT EDIT.") {
			return true
		}
		if strings.HasPrefix(line, "package ") {
			return false
		}
	}
	return false
}

// tracked lists the project's files as git has them, or, in a copy without
// git, as they lie there less what .gitignore names.
func tracked(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("git", "-C", root, "ls-files", "-z").Output()
	if err == nil && len(out) > 0 {
		return strings.Split(strings.TrimRight(string(out), "\x00"), "\x00")
	}
	var list []string
	err = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(name, ".") || name == "bin" || name == "dist") {
			return filepath.SkipDir
		}
		if !d.IsDir() {
			list = append(list, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
}

// packages lists the module's packages, with paths relative to it.
func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports,Deps", "./...")
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var list []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p pkg
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}
