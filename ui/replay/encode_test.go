package replay

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"jandon/internal/session"
)

// TestWhatIsWrittenIsReadBack writes every kind of message and reads it back:
// it has to be what encoding/json makes of the same.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	reg := session.NewRegistry()
	messages(reg)
	classes(reg)
	reg.Reclass(func(c session.Class) session.Class {
		if c == session.Drop {
			return c
		}
		return session.Keep
	})
	d := session.NewRedactor(reg, true)
	b := &bank{chance: rand.New(rand.NewPCG(1, 1)), now: func() time.Time { return sunday }}
	n := 0
	for _, kind := range reg.Kinds() {
		if kind == "settled" { // holds another one as it was written
			continue
		}
		for range 8 {
			v := reflect.New(reg.Type(kind)).Elem()
			b.fill(v, 0)
			_, body, err := d.Encode(v.Interface())
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			got, err := reg.Decode(kind, body)
			if err != nil {
				t.Fatalf("%s: %v\n%s", kind, err, body)
			}
			plain, err := json.Marshal(v.Interface())
			if err != nil {
				t.Fatal(kind, err)
			}
			want, err := reg.Decode(kind, plain)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %v\n%s\n%s", kind, err, body, plain)
			}
			if len(body) > len(plain) {
				t.Errorf("%s is longer: %s", kind, body)
			}
			n++
		}
	}
	if n < 300 {
		t.Errorf("only %d messages", n)
	}
}

// TestSpoiltBodiesAreReadAsJSONReadsThem changes what was written at any place.
// A blank before it has encoding/json read it.
func TestSpoiltBodiesAreReadAsJSONReadsThem(t *testing.T) {
	t.Parallel()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	d := session.NewRedactor(reg, true)
	chance := rand.New(rand.NewPCG(7, 7))
	b := &bank{chance: chance, now: func() time.Time { return sunday }}
	letters := []byte(`{}[],:"\0 -1eanull` + "\x00\xff\x1b")
	for _, kind := range reg.Kinds() {
		v := reflect.New(reg.Type(kind)).Elem()
		b.fill(v, 0)
		if kind == "settled" {
			v.Set(reflect.ValueOf(settled{Kind: "exit", Body: json.RawMessage(`{}`)}))
		}
		_, body, err := d.Encode(v.Interface())
		if err != nil {
			t.Fatal(kind, err)
		}
		for range 64 {
			got, gotErr := reg.Decode(kind, body)
			want, wantErr := reg.Decode(kind, append([]byte(" "), body...))
			if (gotErr == nil) != (wantErr == nil) || gotErr == nil && !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %v, %v\n%q", kind, gotErr, wantErr, body)
			}
			at := chance.IntN(len(body))
			switch chance.IntN(3) {
			case 0:
				body = append(body[:at:at], body[at+1:]...)
			case 1:
				body[at] = letters[chance.IntN(len(letters))]
			default:
				body = append(append(body[:at:at], letters[chance.IntN(len(letters))]), body[at:]...)
			}
			if gotErr != nil || len(body) == 0 { // anew: what is spoilt further says nothing
				_, body, _ = d.Encode(v.Interface())
			}
		}
	}
}
