package valuepath

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"testing"
)

// A number changes with a new version, as the files say: both sides plan by the
// catalogue that a version names, and a quote is good for that alone.
func TestANumberChangesOnlyWithANewVersion(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]map[string]string{
		"data/rules.toml": {"2026-11-22": "7657a0d3d8b25c2c"},
		"data/rails.toml": {"2026-11-01": "d3532a3a684744f2"},
	} {
		content, err := shipped.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		version := string(regexp.MustCompile(`(?m)^version = "(.*)"`).FindSubmatch(content)[1])
		sum := sha256.Sum256(regexp.MustCompile(`(?m)\s*#.*$|[ \t]+|^(version|source|link).*$`).ReplaceAll(content, nil))
		if got := hex.EncodeToString(sum[:8]); known[version] != got {
			t.Errorf("%s of %s is %s, not %s: a new number is a new version, with its sum here", name, version, got, known[version])
		}
	}
}
