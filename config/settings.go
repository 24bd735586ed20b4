package config

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// setting is one thing that can be set, the same from every source.
type setting struct {
	key    string // in the file
	normal string // the default
	want   string // what would be right, in no particular language
	about  string // the comment in the sample
	bare   bool   // no quotes in TOML: a number or a boolean
	also   []string
	means  string // the value that a variable of also stands for
	set    func(*Config, string) bool
}

// variable is the environment variable of the setting: JANDON_PLATFORM_URL.
func (s setting) variable() string {
	return "JANDON_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

// flag is the name of the flag: platform-url.
func (s setting) flag() string { return strings.NewReplacer(".", "-", "_", "-").Replace(s.key) }

var settings = []setting{
	{key: "lang", normal: "auto", want: "auto | en | ko", about: "Language of everything: auto follows LC_ALL and LANG.",
		set: choice(func(c *Config) *string { return &c.Lang }, "auto", "en", "ko")},
	{key: "zone", normal: "Asia/Seoul", want: "Asia/Seoul | Europe/Berlin | UTC", about: "Zone in which days and weeks begin, by its IANA name.",
		set: func(c *Config, s string) bool {
			zone, err := time.LoadLocation(s)
			if err != nil || s == "" || s == "Local" {
				return false
			}
			c.Zone = zone
			return true
		}},
	{key: "theme", normal: "auto", want: "auto | dark | light", about: "Colours for a dark or light terminal; auto asks the terminal.",
		set: choice(func(c *Config) *string { return &c.Theme }, "auto", "dark", "light")},
	{key: "color", normal: "auto", want: "auto | never", about: "never draws without colour, like NO_COLOR.",
		also: []string{"NO_COLOR"}, means: "never",
		set: choice(func(c *Config) *string { return &c.Color }, "auto", "never")},
	{key: "money.style", normal: "symbol", want: "symbol | word | code", about: "₩1,300, 1,300 won or KRW 1,300. Choose word if your font draws ₩ two cells wide.",
		set: choice(func(c *Config) *string { return &c.Money }, "symbol", "word", "code")},
	{key: "platform.url", normal: "", want: "https://wallet.example | http://127.0.0.1:8750", about: "Address of the wallet platform; plain http only to this machine.",
		set: func(c *Config, s string) bool { c.URL = strings.TrimRight(s, "/"); return s == "" || SafeURL(s) }},
	{key: "platform.account", normal: "", want: "a-z 0-9 -", about: "Id of the account on this device, as enrolment made it: one store and one keyring entry each.",
		set: func(c *Config, s string) bool { c.Account = s; return s == "" || plainName(s) }},
	{key: "platform.enrolling", normal: "", want: "a-z 0-9 -", about: "Id of an account whose enrolment is under way on this device, so that it can be gone on with; the secrets are where keystore.store says.",
		set: func(c *Config, s string) bool { c.Enrolling = s; return s == "" || plainName(s) }},
	{key: "keystore.store", normal: "keyring", want: "keyring | file", about: "Where this device keeps its keys: the system's keyring, or a file sealed with a passphrase. Enrolment pins it after asking; the one never stands in for the other.",
		set: choice(func(c *Config) *string { return &c.Keystore }, "keyring", "file")},
	{key: "lock.idle_minutes", normal: "5", want: "0 … 240", about: "Minutes without a key until the screen locks; 0 is never.", bare: true,
		set: func(c *Config, s string) bool {
			n, ok := number(s, 0, 240)
			c.Idle = time.Duration(n) * time.Minute
			return ok
		}},
	{key: "limits.concentration_percent", normal: "50", want: "1 … 100", about: "Warn when one issuer holds more than this share of everything.", bare: true,
		set: func(c *Config, s string) bool {
			n, ok := number(s, 1, 100)
			c.Concentration = int(n)
			return ok
		}},
	{key: "limits.phone_bill", normal: "100000", want: "0 … 10000000", about: "Won a month that you want to spend on the phone bill at most; 0 is no limit.", bare: true,
		set: func(c *Config, s string) bool {
			n, ok := number(s, 0, 10_000_000)
			c.PhoneBill = n
			return ok
		}},
	{key: "presence", normal: "off", want: "off | ask", about: "ask: screens want a touch of the fingerprint reader before the PIN, never instead of it. Whatever comes of it, the PIN is asked for next.",
		set: choice(func(c *Config) *string { return &c.Presence }, "off", "ask")},
	{key: "mouse", normal: "true", want: "true | false", about: "Whether clicks and the wheel work.", bare: true,
		set: truth(func(c *Config) *bool { return &c.Mouse })},
	{key: "plain", normal: "false", want: "true | false", about: "Lines instead of screens, for screen readers, like ACCESSIBLE.", bare: true,
		also: []string{"ACCESSIBLE"}, means: "true",
		set: truth(func(c *Config) *bool { return &c.Plain })},
}

// Keys lists the keys of all settings.
func Keys() []string {
	keys := make([]string, len(settings))
	for i, one := range settings {
		keys[i] = one.key
	}
	return keys
}

func choice(field func(*Config) *string, words ...string) func(*Config, string) bool {
	return func(c *Config, s string) bool {
		*field(c) = s
		return slices.Contains(words, s)
	}
}

func truth(field func(*Config) *bool) func(*Config, string) bool {
	return func(c *Config, s string) bool {
		v, err := strconv.ParseBool(s)
		*field(c) = v
		return err == nil
	}
}

// SafeURL reports whether s is a platform's address that may be used: https,
// or http to a literal loopback address, where nobody listens in between.
func SafeURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	if u.Scheme == "https" {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Scheme == "http" && err == nil && ip.IsLoopback()
}

// plainName keeps ids of accounts usable as file names and keyring entries everywhere.
func plainName(s string) bool {
	return len(s) <= 64 && s[0] != '-' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
