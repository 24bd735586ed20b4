package config

import (
	"path/filepath"

	"github.com/adrg/xdg"
)

// Paths is where Jandon keeps things. Nothing is made until it is needed.
type Paths struct {
	File   string // the configuration file
	Config string // settings, by hand
	Data   string // the encrypted store of each account
	Cache  string // what can be made again: demo data
	State  string // logs
	Home   string // JANDON_HOME, if that is set
}

// pathsFor follows the XDG base directories, or keeps all below JANDON_HOME.
func pathsFor(env map[string]string) Paths {
	p := Paths{
		Config: filepath.Join(xdg.ConfigHome, "jandon"), Data: filepath.Join(xdg.DataHome, "jandon"),
		Cache: filepath.Join(xdg.CacheHome, "jandon"), State: filepath.Join(xdg.StateHome, "jandon"),
	}
	if home := env["JANDON_HOME"]; home != "" {
		if abs, err := filepath.Abs(home); err == nil {
			home = abs
		}
		p = Paths{
			Config: filepath.Join(home, "config"), Data: filepath.Join(home, "data"),
			Cache: filepath.Join(home, "cache"), State: filepath.Join(home, "state"), Home: home,
		}
	}
	p.File = filepath.Join(p.Config, "config.toml")
	if file := env["JANDON_CONFIG"]; file != "" {
		p.File = file
	}
	return p
}
