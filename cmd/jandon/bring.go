package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// bring leads a person's first file in: it shows what would come, asks, and
// opens what was taken in; without a yes the file is only looked at.
func (a *app) bring(ctx context.Context, ask func(id string) (string, error), typed string) (*source, error) {
	name := pasted(typed, a.env("HOME"))
	if err := a.present(name); err != nil {
		return nil, err
	}
	kept, shut, err := a.keptFiles(ctx, false)
	if err != nil {
		return nil, err
	}
	in, err := a.importFile(ctx, kept, name, importFlags{dry: true})
	_ = shut() // nothing was written
	if err == nil {
		err = a.printIntake(in, true)
	}
	if err != nil {
		return nil, err
	}
	answer, err := ask("cli.first.keep")
	if err != nil {
		return nil, err
	}
	if !strings.EqualFold(answer, "y") && answer != "ㅛ" {
		return a.open(ctx, origin{from: []string{name}})
	}
	if kept, shut, err = a.keptFiles(ctx, true); err != nil {
		return nil, err
	}
	_, err = a.importFile(ctx, kept, name, importFlags{})
	if closed := shut(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, err
	}
	return a.open(ctx, origin{})
}

// pasted is the path that a person typed or dropped on the terminal, which
// puts quotes or backslashes around spaces, and knows no ~ from a shell.
func pasted(typed, home string) string {
	s := strings.TrimSpace(typed)
	if _, err := os.Lstat(s); err == nil {
		return s
	}
	if n := len(s); n > 1 && (s[0] == '\'' || s[0] == '"') && s[n-1] == s[0] {
		s = s[1 : n-1]
	} else if os.PathSeparator == '/' {
		s = strings.NewReplacer(`\\`, `\`, `\`, "").Replace(s)
	}
	if rest, ok := strings.CutPrefix(s, "~/"); ok && home != "" {
		s = filepath.Join(home, rest)
	}
	return s
}
