package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release is set when a release is built; other builds say which commit they are of.
var release = ""

func build() (name, commit string) {
	name = release
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				commit = s.Value[:12]
			}
		}
		if name == "" && info.Main.Version != "(devel)" {
			name = info.Main.Version
		}
	}
	if name == "" {
		name = "0-dev"
	}
	return name, commit
}

type versionJSON struct {
	Version int    `json:"version"`
	Release string `json:"release"`
	Commit  string `json:"commit"`
	Go      string `json:"go"`
	System  string `json:"system"`
}

// version says which build this is.
func (a *app) version() *cobra.Command {
	var asJSON bool
	c := a.command("version", "cli.version", 0, 0, func(*cobra.Command, []string) error {
		name, commit := build()
		if asJSON {
			return a.printJSON(versionJSON{version, name, commit, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH})
		}
		line := "jandon " + name
		if commit != "" {
			line += " (" + commit + ")"
		}
		return all(a.out, fmt.Appendf(nil, "%s %s %s/%s\n", line, runtime.Version(), runtime.GOOS, runtime.GOARCH))
	})
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return c
}
