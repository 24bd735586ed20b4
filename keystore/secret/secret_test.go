package secret

import (
	"bytes"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
)

// canary is long enough that no chance output holds it.
const canary = "canary-7f3a9c-do-not-print"

// leaks are the forms in which a printer might show the canary.
func leaks(out string) string {
	raw := []byte(canary)
	decimal := strings.Trim(fmt.Sprint(raw), "[]")
	for _, form := range []string{
		canary, hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)), decimal,
		strings.ReplaceAll(decimal, " ", ", "), strings.ReplaceAll(decimal, " ", ","), fmt.Sprintf("%#v", raw),
		"Y2FuYXJ5LTdm", // the start of its base64
	} {
		if strings.Contains(out, form) {
			return form
		}
	}
	return ""
}

type holder struct {
	Name   string
	Open   Secret
	closed Secret
	deep   *inner
	list   []Secret
	any    any
}

type inner struct{ secret Secret }

func TestSecretHides(t *testing.T) {
	s := New([]byte(canary))
	held := holder{"n", s, s, &inner{s}, []Secret{s}, s}
	values := map[string]any{
		"secret": s, "pointer": &s, "struct": held, "struct pointer": &held, "slice": []Secret{s},
		"map": map[string]Secret{"k": s}, "error": fmt.Errorf("wrapped: %v", s), "inner": inner{s},
	}
	for name, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%b", "%o", "%c", "%U", "%t", "%p", "%T", "% x", "%#x", "%10.3v", "%w"} {
			if form := leaks(fmt.Sprintf(verb, v)); form != "" {
				t.Errorf("%s of %s shows %s", verb, name, form)
			}
		}
		if out, err := json.Marshal(v); err == nil && leaks(string(out)) != "" {
			t.Errorf("JSON of %s: %s", name, out)
		}
		if out, err := xml.Marshal(v); err == nil && leaks(string(out)) != "" {
			t.Errorf("XML of %s: %s", name, out)
		}
		var out bytes.Buffer
		if _ = gob.NewEncoder(&out).Encode(v); leaks(out.String()) != "" {
			t.Errorf("gob of %s", name)
		}
		for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			log := slog.New(handler).With("with", v)
			log.Info("message", "value", v, slog.Any("any", v), slog.Group("group", "value", v))
		}
		if form := leaks(out.String()); form != "" {
			t.Errorf("slog of %s shows %s", name, form)
		}
	}
	if got := fmt.Sprint(s); got != hidden {
		t.Errorf("prints as %q", got)
	}
	if out, err := json.Marshal(held); err != nil || !strings.Contains(string(out), hidden) {
		t.Error(string(out), err)
	}
	if _, err := s.GobEncode(); !errors.Is(err, errHidden) {
		t.Error(err)
	}
	if _, err := s.MarshalBinary(); !errors.Is(err, errHidden) {
		t.Error(err)
	}
}

// Reflection walks fields, pointers and interfaces; none of them leads to the bytes.
func TestReflectionFindsNoBytes(t *testing.T) {
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Slice, reflect.String, reflect.Array:
			t.Errorf("reflection reaches a %v", v.Type())
		case reflect.Struct:
			for _, field := range v.Fields() {
				walk(field)
			}
		case reflect.Pointer, reflect.Interface:
			walk(v.Elem())
		}
	}
	walk(reflect.ValueOf(New([]byte(canary))))
}

func TestSecretLifecycle(t *testing.T) {
	source := []byte(canary)
	s := New(source)
	if !bytes.Equal(source, make([]byte, len(canary))) {
		t.Error("the source still holds the bytes")
	}
	twin := s
	var kept []byte
	s.Expose(func(b []byte) {
		if string(b) != canary {
			t.Errorf("exposes %q", b)
		}
		kept = b // against the rule, to see the memory afterwards
	})
	if !s.Equal(New([]byte(canary))) || s.Equal(New([]byte("other"))) || s.Len() != len(canary) || !s.Equal(s) {
		t.Error("Equal or Len")
	}
	s.Wipe()
	if !bytes.Equal(kept, make([]byte, len(canary))) || twin.Len() != 0 {
		t.Error("Wipe left bytes behind")
	}
	var zero Secret
	zero.Wipe()
	if zero.Len() != 0 || !zero.Equal(twin) || fmt.Sprintf("%v %d %#v", zero, zero, zero) != hidden+" "+hidden+" "+hidden {
		t.Error("the zero Secret")
	}
	if a, b := Random(32), Random(32); a.Len() != 32 || a.Equal(b) {
		t.Error("Random")
	}
}
