package digits

import (
	"strings"
	"testing"

	"jandon/keystore/secret"
)

func plain(text string) (string, bool) {
	s, ok := Plain(secret.New([]byte(text)))
	return string(s.Copy()), ok
}

func TestFullWidthDigitsAreDigits(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"284751": "284751", "２８４７５１": "284751", "28４７51": "284751", " 1234 5678\n": "12345678", "1234　5678": "12345678",
		"②⑧④": "284", "²⁸⁴": "284",
	} {
		if got, ok := plain(text); !ok || got != want {
			t.Errorf("%q is %q %v, want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"", " ", "28475a", "٢٨٤٧٥١", "२८४७५१", "28-47", "1\x002", "1\n2", "１.２", "\xff1", strings.Repeat("1", longest+1)} {
		if got, ok := plain(text); ok {
			t.Errorf("%q passes as %q", text, got)
		}
	}
}

// What was typed belongs to the caller: it is read, not wiped.
func TestTypedStaysAsItIs(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"284751", "２８４７５１", "no"} {
		typed := secret.New([]byte(text))
		first, _ := Plain(typed)
		second, _ := Plain(typed)
		if string(typed.Copy()) != text || !first.Equal(second) {
			t.Errorf("%q became %q", text, typed.Copy())
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("２８４７５１")
	f.Add("1 2")
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := plain(text)
		if ok != (got != "") || strings.Trim(got, "0123456789") != "" {
			t.Errorf("%q is %q %v", text, got, ok)
		}
		if again, _ := plain(got); again != got {
			t.Errorf("%q changes to %q when read again", got, again)
		}
	})
}
