package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"jandon/config"
)

type settingJSON struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Source string `json:"source"`
}

type configJSON struct {
	Version  int               `json:"version"`
	Paths    map[string]string `json:"paths"`
	Settings []settingJSON     `json:"settings"`
}

// config shows every setting as it is in force, and where it came from.
func (a *app) config() *cobra.Command {
	var sample, asJSON bool
	c := a.command("config", "cli.config", 0, 0, func(*cobra.Command, []string) error {
		if sample {
			return all(a.out, []byte(config.Sample()))
		}
		p := a.cfg.Paths
		paths := [][2]string{{"file", p.File}, {"data", p.Data}, {"cache", p.Cache}, {"state", p.State}}
		if asJSON {
			answer := configJSON{Version: version, Paths: make(map[string]string), Settings: []settingJSON{}}
			for _, one := range paths {
				answer.Paths[one[0]] = one[1]
			}
			for _, v := range a.cfg.Values {
				answer.Settings = append(answer.Settings, settingJSON{v.Key, v.Text, v.Source})
			}
			return a.printJSON(answer)
		}
		var out sheet
		for _, v := range a.cfg.Values {
			source := v.Source
			if source == "" {
				source = a.text().T("cli.config.default")
			}
			out.row(left(v.Key).in(headInk), left(fmt.Sprintf("%q", v.Text)), left(source).in(quietInk))
		}
		out.blank()
		for _, one := range paths {
			out.row(left(a.text().T("cli.config."+one[0])), left(one[1]).in(quietInk))
		}
		return a.print(&out)
	})
	c.Flags().BoolVar(&sample, "sample", false, "cli.flag.sample")
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return c
}
