// Package config makes one validated value of the configuration file, the
// environment and the command line.
//
// Flags win over JANDON_* variables, those over the file, the file over the
// defaults. Every setting is known by its key in the file (platform.url); its
// variable is JANDON_PLATFORM_URL. Nothing secret is a setting: tokens and
// passphrases live in the keyring. JANDON_HOME isolates everything that Jandon
// writes. An error names the key, where it stands and what would be right.
package config

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"jandon/internal/fault"
)

// Config is what a person has set, valid throughout.
type Config struct {
	Lang          string         // "en" or "ko"; auto is resolved
	Zone          *time.Location // of days and weeks
	Theme         string         // "auto", "dark" or "light"
	Color         string         // "auto" or "never"
	Money         string         // "symbol", "word" or "code"
	URL           string         // of the platform; "" while there is none
	Account       string         // at the platform; names the keyring entry and the store
	Enrolling     string         // the account whose enrolment is under way; "": none
	Keystore      string         // "keyring", or "file" once a person agreed to it
	Presence      string         // "ask" for a touch of the fingerprint reader before the PIN, or "off"
	Idle          time.Duration  // without keys until the screen locks; 0 is never
	Concentration int            // percent held by one issuer from which Home warns
	PhoneBill     int64          // won a month that may go on the phone bill; 0 is no limit
	Mouse         bool
	Plain         bool // linear output for screen readers
	Paths         Paths
	Values        []Value  // every setting as it is and where it came from, in the order of the sample
	Strangers     []string // JANDON_ variables that mean nothing
}

// Value is one setting as it is in force.
type Value struct {
	Key    string
	Text   string
	Source string // default, the file and line, the variable or the flag
}

// Sources is where Load looks.
type Sources struct {
	File    string                       // instead of the file in Paths.Config; must exist if named
	Environ []string                     // as os.Environ has it
	Flags   map[string]string            // key to text, for flags that were given
	Read    func(string) ([]byte, error) // the file itself if nil
}

// Load reads all sources. Its errors are *fault.Error of the families config and usage.
func Load(s Sources) (*Config, error) {
	env := environ(s.Environ)
	paths := pathsFor(env)
	if s.File != "" {
		paths.File = s.File
	}
	if s.Read == nil {
		s.Read = readWhole
	}
	data, err := s.Read(paths.File)
	switch {
	case errors.Is(err, fs.ErrNotExist) && s.File == "":
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.Wrap(err, fault.NoFile, "file", s.File)
	case err != nil:
		return nil, fault.Wrap(err, fault.BadFile, "file", paths.File, "detail", plainCause(err))
	}
	file, err := readFile(paths.File, data)
	if err != nil {
		return nil, err
	}
	c := &Config{Paths: paths, Strangers: strangers(env)}
	for _, one := range settings {
		if err := c.settle(one, s.Flags, env, file); err != nil {
			return nil, err
		}
	}
	if c.Lang == "auto" {
		c.Lang = language(env)
	}
	return c, nil
}

// settle gives one setting the value of its strongest source.
func (c *Config) settle(one setting, flags, env map[string]string, file *file) error {
	if text, ok := flags[one.key]; ok {
		if !one.set(c, text) {
			return fault.New(fault.BadFlag, "name", "--"+one.flag(), "value", text, "want", one.want)
		}
		c.note(one, text, "--"+one.flag())
		return nil
	}
	for _, name := range append([]string{one.variable()}, one.also...) {
		text, ok := env[name]
		if !ok || text == "" {
			continue
		}
		if name != one.variable() {
			text = one.means // NO_COLOR and ACCESSIBLE count by being there
		}
		if !one.set(c, text) {
			return fault.New(fault.BadEnv, "name", name, "value", text, "want", one.want)
		}
		c.note(one, text, name)
		return nil
	}
	if text, ok := file.text(one.key); ok {
		line := file.line(one.key)
		if !one.set(c, text) {
			return fault.New(fault.BadConfig, "file", file.name, "line", line, "key", one.key, "value", text, "want", one.want)
		}
		c.note(one, text, file.name+":"+line)
		return nil
	}
	one.set(c, one.normal)
	c.note(one, one.normal, "")
	return nil
}

func (c *Config) note(one setting, text, source string) {
	c.Values = append(c.Values, Value{one.key, text, source})
}

func environ(list []string) map[string]string {
	env := make(map[string]string, len(list))
	for _, pair := range list {
		if name, value, ok := strings.Cut(pair, "="); ok {
			env[name] = value
		}
	}
	return env
}

// strangers lists JANDON_ variables that no setting knows, so that doctor can
// name a misspelt one. They are no error: other programs may use the prefix.
func strangers(env map[string]string) []string {
	known := map[string]bool{"JANDON_HOME": true, "JANDON_CONFIG": true}
	for _, one := range settings {
		known[one.variable()] = true
	}
	var list []string
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if strings.HasPrefix(name, "JANDON_") && !known[name] {
			list = append(list, name)
		}
	}
	return list
}

// language follows POSIX: the first of LC_ALL, LC_MESSAGES and LANG that is set.
func language(env map[string]string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env[name]; v != "" {
			if v == "ko" || strings.HasPrefix(v, "ko_") || strings.HasPrefix(v, "ko.") {
				return "ko"
			}
			return "en"
		}
	}
	return "en"
}

// plainCause is the operating system's word without the path, which the
// sentence names already.
func plainCause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

func number(text string, least, most int64) (int64, bool) {
	n, err := strconv.ParseInt(strings.ReplaceAll(text, "_", ""), 10, 64)
	return n, err == nil && n >= least && n <= most
}
