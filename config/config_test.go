package config_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jandon/config"
	"jandon/internal/fault"
)

// load reads a made-up file with variables and flags, below a made-up home.
func load(text string, env []string, flags map[string]string) (*config.Config, error) {
	return config.Load(config.Sources{
		Environ: append([]string{"JANDON_HOME=/h"}, env...), Flags: flags,
		Read: func(name string) ([]byte, error) {
			if text == "" {
				return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
			}
			return []byte(text), nil
		},
	})
}

const path = "/h/config/config.toml"

func TestDefaults(t *testing.T) {
	t.Parallel()
	c, err := load("", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Lang != "en" || c.Zone.String() != "Asia/Seoul" || c.Theme != "auto" || c.Money != "symbol" || c.URL != "" ||
		c.Account != "" || c.Keystore != "keyring" || c.Idle != 5*time.Minute || c.Concentration != 50 || !c.Mouse || c.Plain {
		t.Errorf("unexpected defaults: %+v", c)
	}
	for _, v := range c.Values {
		if v.Source != "" {
			t.Errorf("%s comes from %q, want the default", v.Key, v.Source)
		}
	}
}

func TestPrecedence(t *testing.T) {
	t.Parallel()
	file := "theme = 'dark'\n\n[money]\nstyle = \"word\"\n"
	for _, test := range []struct {
		name, want, source string
		env                []string
		flags              map[string]string
	}{
		{"file over default", "word", path + ":4", nil, nil},
		{"variable over file", "code", "JANDON_MONEY_STYLE", []string{"JANDON_MONEY_STYLE=code"}, nil},
		{"empty variable counts as unset", "word", path + ":4", []string{"JANDON_MONEY_STYLE="}, nil},
		{"flag over variable", "symbol", "--money-style", []string{"JANDON_MONEY_STYLE=code"}, map[string]string{"money.style": "symbol"}},
	} {
		c, err := load(file, test.env, test.flags)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if c.Money != test.want {
			t.Errorf("%s: money.style is %q, want %q", test.name, c.Money, test.want)
		}
		for _, v := range c.Values {
			if v.Key == "money.style" && v.Source != test.source {
				t.Errorf("%s: it comes from %q, want %q", test.name, v.Source, test.source)
			}
		}
	}
}

func TestLanguageFollowsTheLocale(t *testing.T) {
	t.Parallel()
	for env, want := range map[string]string{
		"LANG=ko_KR.UTF-8": "ko", "LANG=ko": "ko", "LANG=en_US.UTF-8": "en", "LANG=C": "en", "LANG=kok_IN": "en",
		"LANG=ko_KR.UTF-8 LC_ALL=en_GB.UTF-8": "en", "LANG=en_US.UTF-8 LC_ALL=ko_KR": "ko", "LANG=C JANDON_LANG=ko": "ko",
	} {
		c, err := load("", strings.Fields(env), nil)
		if err != nil || c.Lang != want {
			t.Errorf("%s: %v, %v, want %s", env, c, err, want)
		}
	}
}

func TestCustomaryVariables(t *testing.T) {
	t.Parallel()
	c, err := load("color = 'auto'\nplain = false\n", []string{"NO_COLOR=1", "ACCESSIBLE=1"}, nil)
	if err != nil || c.Color != "never" || !c.Plain {
		t.Errorf("NO_COLOR and ACCESSIBLE gave %+v, %v", c, err)
	}
}

func TestFaultsNameThings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, file string
		env        []string
		flags      map[string]string
		want       *fault.Error
	}{
		{name: "misspelt key", file: "theme='dark'\nlnag = 'ko'\n",
			want: fault.New(fault.UnknownKey, "file", path, "line", "2", "key", "lnag", "near", "lang")},
		{name: "key in no table", file: "url = 'https://x.example'\n",
			want: fault.New(fault.UnknownKey, "file", path, "line", "1", "key", "url", "near", "platform.url")},
		{name: "key like no other", file: "\n\n[zebra]\nstripes = 4\n",
			want: fault.New(fault.StrangeKey, "file", path, "line", "3", "key", "zebra", "all", strings.Join(config.Keys(), ", "))},
		{name: "wrong type", file: "[lock]\nidle_minutes = 'five'\n",
			want: fault.New(fault.BadConfig, "file", path, "line", "2", "key", "lock.idle_minutes", "value", "'five'", "want", "0 … 240")},
		{name: "text for a boolean", file: "mouse = 'yes'",
			want: fault.New(fault.BadConfig, "file", path, "line", "1", "key", "mouse", "value", "'yes'", "want", "true | false")},
		{name: "a table for a word", file: "theme = {dark=true}",
			want: fault.New(fault.BadConfig, "file", path, "line", "1", "key", "theme", "value", "{dark=true}", "want", "auto | dark | light")},
		{name: "a number for a table", file: "mouse = true\nlock = 3",
			want: fault.New(fault.BadConfig, "file", path, "line", "2", "key", "lock", "value", "3", "want", "[lock]")},
		{name: "out of range", file: "# c\n[lock]\n\nidle_minutes = 9000",
			want: fault.New(fault.BadConfig, "file", path, "line", "4", "key", "lock.idle_minutes", "value", "9000", "want", "0 … 240")},
		{name: "inline table", file: "mouse = true\nmoney = { style = 'gold' }",
			want: fault.New(fault.BadConfig, "file", path, "line", "2", "key", "money.style", "value", "gold", "want", "symbol | word | code")},
		{name: "dotted key", file: "mouse = true\nmoney.style = 'gold'",
			want: fault.New(fault.BadConfig, "file", path, "line", "2", "key", "money.style", "value", "gold", "want", "symbol | word | code")},
		{name: "unknown zone", file: "zone = 'Asia/Soul'",
			want: fault.New(fault.BadConfig, "file", path, "line", "1", "key", "zone", "value", "Asia/Soul", "want", "Asia/Seoul | Europe/Berlin | UTC")},
		{name: "http beyond loopback", file: "[platform]\nurl = 'http://wallet.example'",
			want: fault.New(fault.BadConfig, "file", path, "line", "2", "key", "platform.url", "value", "http://wallet.example", "want", "https://wallet.example | http://127.0.0.1:8750")},
		{name: "no such store", file: "[keystore]\nstore = 'plain'",
			want: fault.New(fault.BadConfig, "file", path, "line", "2", "key", "keystore.store", "value", "plain", "want", "keyring | file")},
		{name: "variable", env: []string{"JANDON_THEME=blue"},
			want: fault.New(fault.BadEnv, "name", "JANDON_THEME", "value", "blue", "want", "auto | dark | light")},
		{name: "flag", flags: map[string]string{"lang": "fr"},
			want: fault.New(fault.BadFlag, "name", "--lang", "value", "fr", "want", "auto | en | ko")},
	} {
		_, err := load(test.file, test.env, test.flags)
		got := fault.From(err)
		if got == nil || got.Code != test.want.Code {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
			continue
		}
		for name, want := range test.want.Args {
			if got.Args[name] != want {
				t.Errorf("%s: %s is %q, want %q", test.name, name, got.Args[name], want)
			}
		}
	}
}

// A file that never ends, or is none of settings, is refused before it fills memory.
func TestAFileWithoutAnEnd(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(file, bytes.Repeat([]byte("#\n"), 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := config.Load(config.Sources{File: file})
	if f := fault.From(err); f == nil || f.Code != fault.BadFile || f.Args["detail"] != syscall.EFBIG.Error() {
		t.Errorf("got %v, want %s", err, fault.BadFile)
	}
	if err := config.Change(file, map[string]string{"lang": "ko"}); !errors.Is(err, fault.New(fault.BadFile)) {
		t.Errorf("changing it: %v, want %s", err, fault.BadFile)
	}
}

func TestBrokenTOMLNamesTheLine(t *testing.T) {
	t.Parallel()
	_, err := load("lang = 'ko'\ntheme = \n", nil, nil)
	if f := fault.From(err); f == nil || f.Code != fault.ConfigSyntax || f.Args["line"] != "2" || f.Args["file"] != path {
		t.Errorf("got %v, want %s of line 2", err, fault.ConfigSyntax)
	}
}

// A key that stands twice is not told to be a wrong value: either may be right.
func TestKeyThatStandsTwiceIsNamed(t *testing.T) {
	t.Parallel()
	_, err := load("lang = 'ko'\nlang = 'en'\n", nil, nil)
	f := fault.From(err)
	if f == nil || f.Code != fault.ConfigSyntax || f.Args["line"] != "2" || !strings.Contains(f.Args["detail"], "lang is already defined") {
		t.Errorf("got %v, want %s of line 2", err, fault.ConfigSyntax)
	}
}

func TestNamedFileMustExist(t *testing.T) {
	t.Parallel()
	_, err := config.Load(config.Sources{File: filepath.Join(t.TempDir(), "none.toml")})
	if !errors.Is(err, fault.New(fault.NoFile)) {
		t.Errorf("got %v, want %s", err, fault.NoFile)
	}
}

func TestSampleIsTheDefaults(t *testing.T) {
	t.Parallel()
	sampled, err := load(config.Sample(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := load("", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range sampled.Values {
		if v.Text != plain.Values[i].Text {
			t.Errorf("the sample sets %s to %q, the default is %q", v.Key, v.Text, plain.Values[i].Text)
		}
		if v.Source == "" {
			t.Errorf("the sample does not set %s", v.Key)
		}
	}
}

func TestHomeHoldsEverything(t *testing.T) {
	t.Parallel()
	c, err := load("", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{c.Paths.File, c.Paths.Config, c.Paths.Data, c.Paths.Cache, c.Paths.State} {
		if !strings.HasPrefix(dir, "/h/") {
			t.Errorf("%s is outside JANDON_HOME", dir)
		}
	}
}

func TestStrangersAreListed(t *testing.T) {
	t.Parallel()
	c, err := load("", []string{"JANDON_LNAG=ko", "JANDON_LANG=ko"}, nil)
	if err != nil || len(c.Strangers) != 1 || c.Strangers[0] != "JANDON_LNAG" {
		t.Errorf("got %v, %v, want JANDON_LNAG alone", c.Strangers, err)
	}
}

func TestSafeURL(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]bool{
		"https://wallet.example": true, "https://wallet.example:8443/base": true, "http://127.0.0.1:8750": true, "http://[::1]:8750": true,
		"http://localhost:8750": false, "http://127.0.0.1.example": false, "http://wallet.example": false, "ftp://127.0.0.1": false,
		"https://user:pw@wallet.example": false, "https://wallet.example/?token=x": false, "wallet.example": false, "": false, "https://": false,
	} {
		if got := config.SafeURL(url); got != want {
			t.Errorf("SafeURL(%q) = %v, want %v", url, got, want)
		}
	}
}

func FuzzLoadNeverPanics(f *testing.F) {
	f.Add(config.Sample())
	f.Add("money = { style = 'gold' }")
	f.Add("[[limits]]\nphone_bill = 1")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := load(text, nil, nil)
		if (c == nil) == (err == nil) {
			t.Errorf("got %v and %v", c, err)
		}
		if err != nil && !fault.From(err).Code.Known() {
			t.Errorf("%v has no published code", err)
		}
	})
}
