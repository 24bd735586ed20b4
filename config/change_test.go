package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"jandon/config"
)

func TestChangeKeepsTheRest(t *testing.T) {
	t.Parallel()
	values := map[string]string{"platform.url": "http://127.0.0.1:8750", "platform.account": "a-1"}
	for name, test := range map[string]struct{ before, after string }{
		"no file": {"", "[platform]\naccount = \"a-1\"\nurl = \"http://127.0.0.1:8750\"\n"},
		"other tables": {"# mine\nlang = 'ko' # yes\n[lock]\nidle_minutes = 3",
			"# mine\nlang = 'ko' # yes\n[lock]\nidle_minutes = 3\n\n[platform]\naccount = \"a-1\"\nurl = \"http://127.0.0.1:8750\"\n"},
		"the table": {"[platform]\n# where\nurl = 'https://old.example'\n\n[lock]\nidle_minutes = 3\n",
			"[platform]\naccount = \"a-1\"\n# where\nurl = \"http://127.0.0.1:8750\"\n\n[lock]\nidle_minutes = 3\n"},
	} {
		file := filepath.Join(t.TempDir(), "sub", "config.toml")
		if test.before != "" {
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(test.before), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := config.Change(file, values); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != test.after {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, test.after)
		}
		c, err := config.Load(config.Sources{File: file})
		if err != nil || c.URL != "http://127.0.0.1:8750" || c.Account != "a-1" {
			t.Errorf("%s: reads back as %+v, %v", name, c, err)
		}
	}
}

func TestChangeRefusesWhatLoadWould(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "config.toml")
	if err := config.Change(file, map[string]string{"platform.url": "http://wallet.example"}); err == nil {
		t.Error("plain http to another machine was written")
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("a file was made: %v", err)
	}
}
