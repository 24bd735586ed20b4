package keystore

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/fault"
)

func sample() Item {
	return Item{Server: "https://wallet.example", StoreKey: NewSecret([]byte(canary + "012345"))}
}

func TestItemComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := Item{
			Server:   rapid.StringN(0, 60, 100).Draw(t, "server"),
			StoreKey: NewSecret(rapid.SliceOfN(rapid.Byte(), StoreKeyLen, StoreKeyLen).Draw(t, "key")),
		}
		want.Server = strings.ToValidUTF8(want.Server, "")
		if rapid.Bool().Draw(t, "enrolled") {
			want.SPKI = rapid.SliceOfN(rapid.Byte(), spkiLen, spkiLen).Draw(t, "spki")
			want.Enrol = Enrolment{
				Account: rapid.StringMatching(`[a-z0-9-]{1,30}`).Draw(t, "account"), Device: rapid.StringMatching(`[a-z0-9-]{1,30}`).Draw(t, "device"),
				Key: RandomSecret(deviceKeyLen), Blob: NewSecret(rapid.SliceOfN(rapid.Byte(), 66, 66).Draw(t, "blob")),
			}
		}
		encoded, err := want.encode()
		if err != nil {
			t.Fatal(err)
		}
		if encoded.Len() > MaxItem {
			t.Fatal("too large:", encoded.Len())
		}
		got, err := decode(encoded.Copy())
		if err != nil || got.Server != want.Server || !got.StoreKey.Equal(want.StoreKey) {
			t.Fatalf("%v %+v", err, got)
		}
		a, b := got.Enrol, want.Enrol
		if a.Account != b.Account || a.Device != b.Device || !a.Key.Equal(b.Key) || !a.Blob.Equal(b.Blob) || !bytes.Equal(got.SPKI, want.SPKI) ||
			got.Enrolled() != (b.Device != "") || len(got.more) != 0 {
			t.Fatalf("%+v", got)
		}
	})
}

// Half an enrolment opens nothing; it is neither written nor read.
func TestEnrolmentIsWholeOrNotThere(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Item){
		"no account": func(i *Item) { i.Enrol.Account = "" }, "no device": func(i *Item) { i.Enrol.Device = "" }, "no key": func(i *Item) { i.Enrol.Key = Secret{} },
		"short key": func(i *Item) { i.Enrol.Key = RandomSecret(deviceKeyLen - 1) }, "no blob": func(i *Item) { i.Enrol.Blob = Secret{} },
		"long blob": func(i *Item) { i.Enrol.Blob = RandomSecret(maxBlob + 1) }, "short pin of the server": func(i *Item) { i.SPKI = []byte{1} },
	} {
		item := sample()
		item.Enrol = Enrolment{Account: "acc", Device: "d-1", Key: RandomSecret(deviceKeyLen), Blob: RandomSecret(66)}
		if _, err := item.encode(); err != nil {
			t.Fatal(err)
		}
		change(&item)
		if _, err := item.encode(); !errors.Is(err, fault.New(fault.Internal)) {
			t.Errorf("%s is written: %v", name, err)
		}
	}
	good, err := sample().encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, fields := range []string{`"device":"d-1"`, `"device":1`, `"device_key":"AA=="`, `"otp_blob":"QUJD"`, `"otp_blob":{}`, `"spki":"QUJD"`, `"account":"a"`} {
		text := strings.TrimSuffix(string(good.Copy()), "}") + "," + fields + "}"
		if _, err := decode([]byte(text)); !errors.Is(err, fault.New(fault.KeyringDamaged)) {
			t.Errorf("%s: %v", fields, err)
		}
	}
}

func TestItemHidesTheDeviceKey(t *testing.T) {
	t.Parallel()
	item := sample()
	item.Enrol = Enrolment{Account: "acc", Device: "d-1", Key: NewSecret([]byte(canary + "012345")), Blob: RandomSecret(66)}
	encoded, err := item.encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []any{item, &item, item.Enrol, encoded} {
		if form := leaks(fmt.Sprintf("%v %+v %#v %s %d %x", v, v, v, v, v, v)); form != "" {
			t.Errorf("%T shows %s", v, form)
		}
	}
}

// An older program that writes the item of a newer one must not lose its keys.
func TestItemKeepsUnknownFields(t *testing.T) {
	item := sample()
	encoded, err := item.encode()
	if err != nil {
		t.Fatal(err)
	}
	newer := strings.TrimSuffix(string(encoded.Copy()), "}") + `,"later_key":"QUJD","other":{"b":[1,2]}}`
	read, err := decode([]byte(newer))
	if err != nil {
		t.Fatal(err)
	}
	read.Server = "https://other.example"
	again, err := read.encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{`"later_key":"QUJD"`, `"other":{"b":[1,2]}`, "other.example"} {
		if !strings.Contains(string(again.Copy()), field) {
			t.Errorf("%s is gone", field)
		}
	}
}

func TestItemRefusals(t *testing.T) {
	good, err := sample().encode()
	if err != nil {
		t.Fatal(err)
	}
	text := string(good.Copy())
	tests := map[string]struct {
		text string
		code fault.Code
	}{
		"newer":       {strings.Replace(text, `"v":1`, `"v":2`, 1), fault.StoreNewer},
		"no version":  {strings.Replace(text, `"v":1,`, "", 1), fault.KeyringDamaged},
		"version 0":   {strings.Replace(text, `"v":1`, `"v":0`, 1), fault.KeyringDamaged},
		"short key":   {`{"v":1,"store_key":"QUJD"}`, fault.KeyringDamaged},
		"no key":      {`{"v":1}`, fault.KeyringDamaged},
		"bad key":     {strings.Replace(text, `"store_key":"`, `"store_key":"!`, 1), fault.KeyringDamaged},
		"bad server":  {strings.Replace(text, `"server":"`, `"server":1,"x":"`, 1), fault.KeyringDamaged},
		"cut":         {text[:len(text)-5], fault.KeyringDamaged},
		"empty":       {"", fault.KeyringDamaged},
		"null":        {"null", fault.KeyringDamaged},
		"a password":  {"hunter2", fault.KeyringDamaged},
		"far too big": {text + strings.Repeat(" ", MaxItem), fault.KeyringDamaged},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := decode([]byte(test.text))
			if !errors.Is(err, fault.New(test.code)) {
				t.Errorf("got %v, want %s", err, test.code)
			}
			if err != nil && leaks(err.Error()) != "" {
				t.Error("the error shows the secret:", err)
			}
		})
	}
	long := sample()
	long.Server = strings.Repeat("s", MaxItem)
	if _, err := long.encode(); !errors.Is(err, fault.New(fault.TooLarge)) {
		t.Error(err)
	}
	if _, err := (Item{}).encode(); !errors.Is(err, fault.New(fault.Internal)) {
		t.Error(err)
	}
}

func TestAccountIDs(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		id := NewAccount()
		if CheckAccount(id) != nil || seen[id] {
			t.Fatal(id)
		}
		seen[id] = true
	}
	for _, id := range []string{"", "someone@example.com", "A-1", "-a", "a b", "ü", strings.Repeat("a", 65), "a\n"} {
		if CheckAccount(id) == nil {
			t.Errorf("%q passes", id)
		}
	}
}

func TestStates(t *testing.T) {
	want := map[State]fault.Code{
		StateUnknown: fault.KeyringNone, NoBus: fault.KeyringNone, NoService: fault.KeyringNone, NoCollection: fault.KeyringNone,
		Stuck: fault.KeyringStuck, Locked: fault.KeyringLocked,
	}
	words := map[string]bool{}
	for s, code := range want {
		if fault.From(s.Fault()).Code != code {
			t.Errorf("%v is %v", s, s.Fault())
		}
		words[s.String()] = true
	}
	if Ready.Fault() != nil || len(words) != len(want) || State(99).String() != "unknown" {
		t.Error("ready, or words", words)
	}
}

// Anything may stand in a keyring; it is an item or an error.
func FuzzItem(f *testing.F) {
	f.Add([]byte(`{"v":1,"server":"s","store_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","token":"dA==","x":1}`))
	f.Add([]byte(`{"v":1e2,"store_key":[1,2]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		item, err := decode(b)
		if err != nil {
			return
		}
		encoded, err := item.encode()
		if err != nil {
			return // the long way of writing may not fit
		}
		again, err := decode(encoded.Copy())
		if err != nil || !again.StoreKey.Equal(item.StoreKey) || len(again.more) != len(item.more) ||
			!again.Enrol.Key.Equal(item.Enrol.Key) || !again.Enrol.Blob.Equal(item.Enrol.Blob) || again.Enrol.Device != item.Enrol.Device {
			t.Errorf("%v %+v", err, again)
		}
	})
}
