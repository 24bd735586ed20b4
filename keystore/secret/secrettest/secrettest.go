// Package secrettest looks for secrets where none may be.
package secrettest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// Leak is the form in which out shows raw, or "" if it does not. raw should be
// long enough that chance does not hold it.
func Leak(out string, raw []byte) string {
	decimal := strings.Trim(fmt.Sprint(raw), "[]")
	for _, form := range []string{
		string(raw), hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)), decimal,
		strings.ReplaceAll(decimal, " ", ", "), strings.ReplaceAll(decimal, " ", ","), fmt.Sprintf("%#v", raw),
		base64.RawStdEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw),
	} {
		if strings.Contains(out, form) {
			return form
		}
	}
	return ""
}

var verbs = []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%b", "%c", "%U", "%p", "% x"}

// Hides fails the test if any printer, logger or encoder shows raw when it is
// given one of the values.
func Hides(t testing.TB, raw []byte, values ...any) {
	t.Helper()
	for _, v := range values {
		var out bytes.Buffer
		for _, verb := range verbs {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			slog.New(handler).Info("message", "value", v)
		}
		if encoded, err := json.Marshal(v); err == nil {
			out.Write(encoded)
		} else {
			out.WriteString(err.Error())
		}
		if form := Leak(out.String(), raw); form != "" {
			t.Errorf("%T shows %s", v, form)
		}
	}
}
