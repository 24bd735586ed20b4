package challenge

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/fault"
)

func sample() Challenge {
	return Challenge{
		Account: "a-k3j4", Action: "cashout", Amount: 1300, Currency: "KRW", Device: "d-9", Expires: 1795348920, Fee: 0, ID: "c-1",
		Legs: []Leg{{1000, "휴대폰 충전 <T&C>", "p-topup"}, {300, "Donation \"hope\" \\ one", "p-give"}}, Nonce: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
		Quote: "q-7", Server: "https://wallet.example", V: 1,
	}
}

const sampleText = `{"account":"a-k3j4","action":"cashout","amount":1300,"currency":"KRW","device":"d-9","expires":1795348920,"fee":0,"id":"c-1",` +
	`"legs":[{"amount":1000,"payee":"휴대폰 충전 <T&C>","payee_id":"p-topup"},{"amount":300,"payee":"Donation \"hope\" \\ one","payee_id":"p-give"}],` +
	`"nonce":"ABCDEFGHIJKLMNOPQRSTUVWXYZ","quote":"q-7","server":"https://wallet.example","v":1}`

func asked() Request {
	c := sample()
	return Request{
		Account: c.Account, Device: c.Device, Server: c.Server, Action: c.Action, Quote: c.Quote, Currency: c.Currency,
		Amount: c.Amount, Fee: c.Fee, Legs: c.Legs, Changed: func(s string) bool { return strings.Contains(s, "\u202e") },
	}
}

func refused(t testing.TB, what string, err error, detail string) {
	t.Helper()
	if f := fault.From(err); f == nil || f.Code != fault.BadChallenge || detail != "" && f.Args["detail"] != detail {
		t.Errorf("%s: got %v, want bad_challenge %s", what, err, detail)
	}
}

func TestBytes(t *testing.T) {
	t.Parallel()
	b, err := sample().Encode()
	if err != nil || string(b) != sampleText {
		t.Fatalf("%s %v", b, err)
	}
	c, err := Decode(b)
	if err != nil || !reflect.DeepEqual(c, sample()) {
		t.Errorf("%+v %v", c, err)
	}
	act := Challenge{Account: "a", Action: "device.add", Device: "d", Expires: 1, ID: "c", Nonce: NewNonce(), Server: "http://127.0.0.1:8080", V: 1}
	if b, err = act.Encode(); err != nil || !bytes.Contains(b, []byte(`"legs":[],`)) {
		t.Fatalf("%s %v", b, err)
	}
	if _, err := Decode(b); err != nil {
		t.Error(err)
	}
	act.Legs = []Leg{{0, "민아의 노트북", "3F6F-CD6C"}, {0, "Account", "***-1234"}}
	if b, err = act.Encode(); err != nil {
		t.Fatal(err)
	}
	if c, err := Decode(b); err != nil || !reflect.DeepEqual(c, act) {
		t.Errorf("%+v %v", c, err)
	}
	act.Legs[1].Amount = 1
	_, err = act.Encode()
	refused(t, "value without a currency", err, "legs[1].amount")
	worth := sample()
	worth.Legs = append(worth.Legs, Leg{0, "nobody", "p-0"})
	_, err = worth.Encode()
	refused(t, "a payee of nothing", err, "legs[2].amount")
	if Receipt([]byte(sampleText)) == Receipt(b) || len(Receipt(b)) != 9 || Receipt(b)[4] != '-' || Receipt(nil) != "E3B0-C442" {
		t.Error(Receipt(b), Receipt(nil))
	}
	if got := sample().Left(time.Unix(1795348920-120, 0)); got != 2*time.Minute {
		t.Error(got)
	}
}

func TestOnlyOneForm(t *testing.T) {
	t.Parallel()
	swap := func(from, to string) string {
		if !strings.Contains(sampleText, from) {
			t.Fatal("nothing to replace:", from)
		}
		return strings.Replace(sampleText, from, to, 1)
	}
	for name, text := range map[string]string{
		"extra key":                 swap(`{"account"`, `{"aaa":1,"account"`),
		"extra key in a leg":        swap(`{"amount":1000`, `{"about":1,"amount":1000`),
		"duplicate key":             swap(`"amount":1300`, `"amount":1,"amount":1300`),
		"duplicate, other spelling": swap(`"amount":1300`, `"amount":1300,"Amount":1300`),
		"other spelling":            swap(`"amount":1300`, `"Amount":1300`),
		"escaped key":               swap(`"fee"`, `"f\u0065e"`),
		"reordered":                 swap(`"account":"a-k3j4","action":"cashout"`, `"action":"cashout","account":"a-k3j4"`),
		"reordered leg":             swap(`"amount":1000,"payee":"휴대폰 충전 <T&C>"`, `"payee":"휴대폰 충전 <T&C>","amount":1000`),
		"missing key":               swap(`"fee":0,`, ``),
		"float":                     swap(`1300`, `1300.0`),
		"exponent":                  swap(`1300`, `13e2`),
		"minus zero":                swap(`"fee":0`, `"fee":-0`),
		"leading zero":              swap(`1300`, `01300`),
		"amount as text":            swap(`1300`, `"1300"`),
		"null legs":                 strings.Replace(swap(`[{"amount":1000,"payee":"휴대폰 충전 <T&C>","payee_id":"p-topup"},{"amount":300,"payee":"Donation \"hope\" \\ one","payee_id":"p-give"}]`, `null`), "1300", "0", 1),
		"space":                     swap(`:1300`, `: 1300`),
		"space before":              " " + sampleText,
		"newline after":             sampleText + "\n",
		"two":                       sampleText + sampleText,
		"rubbish after":             sampleText + "x",
		"cut":                       sampleText[:len(sampleText)-1],
		"escaped letter":            swap(`<T&C>`, `\u003cT&C>`),
		"escaped Hangul":            swap(`휴`, `\ud734`),
		"escaped slash":             swap(`https://`, `https:\/\/`),
		"broken UTF-8":              swap(`휴`, "\xed\x9c"),
		"replaced UTF-8":            swap(`휴`, "\ufffd"),
		"lone surrogate":            swap(`휴`, `\ud800`),
		"control":                   swap(`휴`, `\u0007`),
		"escape of a terminal":      swap(`휴`, `\u001b[31m`),
		"line separator":            swap(`휴`, "\u2028"),
		"line separator esc.":       swap(`휴`, `\u2028`),
		"byte order mark":           "\ufeff" + sampleText,
		"array":                     "[" + sampleText + "]",
		"empty":                     "",
		"null":                      "null",
		"too long":                  swap(`q-7`, strings.Repeat("q", MaxLen)),
		"version 2":                 swap(`"v":1`, `"v":2`),
		"huge amount":               swap(`1300`, `9223372036854775808`),
	} {
		c, err := Decode([]byte(text))
		refused(t, name, err, "")
		if !reflect.DeepEqual(c, Challenge{}) {
			t.Errorf("%s: half a challenge came back", name)
		}
	}
}

func TestFieldsThatCannotBe(t *testing.T) {
	t.Parallel()
	for detail, change := range map[string]func(*Challenge){
		"account": func(c *Challenge) { c.Account = "a b" }, "device": func(c *Challenge) { c.Device = "" }, "id": func(c *Challenge) { c.ID = strings.Repeat("c", 65) },
		"action": func(c *Challenge) { c.Action = "Cashout" }, "currency": func(c *Challenge) { c.Currency = "krw" }, "nonce": func(c *Challenge) { c.Nonce = "short" },
		"quote": func(c *Challenge) { c.Quote = "q\u200b7" }, "server": func(c *Challenge) { c.Server = "ftp://wallet.example" }, "expires": func(c *Challenge) { c.Expires = 0 },
		"fee": func(c *Challenge) { c.Fee = 1301 }, "v": func(c *Challenge) { c.V = 0 },
		"legs[1].amount": func(c *Challenge) { c.Legs[1].Amount = 301 }, "legs[0].amount": func(c *Challenge) { c.Legs[0].Amount = -1 },
		"legs[1].payee": func(c *Challenge) { c.Legs[1].Payee = "" }, "legs[0].payee": func(c *Challenge) { c.Legs[0].Payee = strings.Repeat("가", maxText+1) },
		"legs[0].payee_id": func(c *Challenge) { c.Legs[0].PayeeID = "" }, "legs": func(c *Challenge) { c.Legs = make([]Leg, MaxLegs+1) },
		"amount": func(c *Challenge) { c.Amount = 1301 },
	} {
		c := sample()
		change(&c)
		_, err := c.Encode()
		refused(t, detail, err, detail)
		b, err := c.write()
		if err != nil {
			t.Fatal(err)
		}
		_, err = Decode(b)
		refused(t, "decoding "+detail, err, detail)
	}
	most := sample() // where JSON numbers stop being exact
	most.Amount, most.Fee, most.Legs = maxInt, 0, []Leg{{maxInt, "a", "a"}}
	if _, err := most.Encode(); err != nil {
		t.Error(err)
	}
	most.Amount, most.Legs[0].Amount = maxInt+1, maxInt+1
	_, err := most.Encode()
	refused(t, "more than JSON's whole numbers", err, "amount")
	overflow := sample()
	overflow.Amount = 1
	overflow.Legs = []Leg{{math.MaxInt64, "a", "a"}, {math.MaxInt64, "b", "b"}, {3, "c", "c"}}
	_, err = overflow.Encode()
	refused(t, "a sum that wraps round", err, "legs[0].amount")
}

// Amount, payee, fee, quote, currency: whatever differs is named.
func TestChallengeThatDiffersFromTheRequest(t *testing.T) {
	t.Parallel()
	if err := sample().Match(asked()); err != nil {
		t.Fatal(err)
	}
	for field, change := range map[string]func(*Challenge){
		"server": func(c *Challenge) { c.Server = "https://wa11et.example" }, "account": func(c *Challenge) { c.Account = "a-2" },
		"device": func(c *Challenge) { c.Device = "d-1" }, "action": func(c *Challenge) { c.Action = "payee.add" },
		"quote": func(c *Challenge) { c.Quote = "q-8" }, "currency": func(c *Challenge) { c.Currency = "USD" },
		"amount": func(c *Challenge) { c.Amount = 13000 }, "fee": func(c *Challenge) { c.Fee = 100 },
		"legs": func(c *Challenge) { c.Legs = c.Legs[:1] }, "legs[0].payee": func(c *Challenge) { c.Legs[0].Payee = "휴대폰 충전" },
		"legs[1].payee_id": func(c *Challenge) { c.Legs[1].PayeeID = "p-other" }, "legs[0].amount": func(c *Challenge) { c.Legs[0].Amount = 999 },
	} {
		c := sample()
		change(&c)
		if f := fault.From(c.Match(asked())); f == nil || f.Code != fault.ChallengeDiffers || f.Args["field"] != field {
			t.Errorf("%s: %v", field, f)
		}
	}
	swapped := sample()
	swapped.Legs[0], swapped.Legs[1] = swapped.Legs[1], swapped.Legs[0]
	if fault.From(swapped.Match(asked())) == nil {
		t.Error("legs in another order pass")
	}
}

// Every field of a challenge takes part in Match, or is one of those that the
// platform chooses and the bytes bind.
func TestMatchForgetsNoField(t *testing.T) {
	t.Parallel()
	chosen := map[string]bool{"Expires": true, "ID": true, "Nonce": true, "V": true}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Challenge]()) {
		_, there := reflect.TypeFor[Request]().FieldByName(field.Name)
		if there == chosen[field.Name] {
			t.Errorf("%s is compared: %v", field.Name, there)
		}
	}
}

func TestPayeeNameThatTheFilterWouldChange(t *testing.T) {
	t.Parallel()
	c, r := sample(), asked()
	c.Legs[1].Payee = "evil\u202eknab"
	r.Legs = c.Legs
	b, err := c.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if c, err = Decode(b); err != nil {
		t.Fatal(err)
	}
	if f := fault.From(c.Match(r)); f == nil || f.Code != fault.UnsafeText || f.Args["field"] != "legs[1].payee" {
		t.Error(f)
	}
	r.Changed = nil
	if f := fault.From(c.Match(r)); f == nil || f.Code != fault.Internal {
		t.Error("without a filter:", f)
	}
}

func drawn(t *rapid.T) Challenge {
	id := rapid.StringMatching(`[a-zA-Z0-9._:-]{1,20}`)
	c := Challenge{
		Account: id.Draw(t, "account"), Action: "cashout", Currency: "KRW", Device: id.Draw(t, "device"), Expires: rapid.Int64Range(1, maxInt).Draw(t, "expires"),
		Fee: rapid.Int64Range(0, 1000).Draw(t, "fee"), ID: id.Draw(t, "id"), Nonce: NewNonce(), Quote: id.Draw(t, "quote"), Server: "https://w.example", V: 1,
	}
	c.Amount = c.Fee
	for range rapid.IntRange(0, 4).Draw(t, "legs") {
		leg := Leg{rapid.Int64Range(1, 1_000_000).Draw(t, "amount"), rapid.StringN(1, 20, 60).Filter(isName).Draw(t, "payee"), id.Draw(t, "payee_id")}
		c.Legs, c.Amount = append(c.Legs, leg), c.Amount+leg.Amount
	}
	return c
}

// The bytes are RFC 8785's: sorting keys and writing again by other means
// changes nothing.
func TestBytesAreCanonical(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b, err := drawn(t).Encode()
		if err != nil {
			t.Fatal(err)
		}
		var any map[string]any
		d := json.NewDecoder(bytes.NewReader(b))
		d.UseNumber()
		if err := d.Decode(&any); err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		e := json.NewEncoder(&again) // maps are written in order of their keys
		e.SetEscapeHTML(false)
		if err := e.Encode(any); err != nil || strings.TrimSuffix(again.String(), "\n") != string(b) {
			t.Fatalf("%s\n%s %v", b, again.String(), err)
		}
		if bytes.ContainsAny(b, "\b\f\n\r\t") || bytes.Contains(b, []byte(`\u`)) {
			t.Fatalf("an escape that RFC 8785 has not: %s", b)
		}
	})
}

// One changed byte is refused or is another challenge that no longer matches.
func TestNoByteIsIdle(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := []byte(sampleText)
		b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "by")
		c, err := Decode(b)
		if err == nil && string(b) != sampleText && reflect.DeepEqual(c, sample()) {
			t.Fatalf("two forms of one challenge: %s", b)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(sampleText))
	f.Add([]byte(`{"v":1}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Decode(b)
		if err != nil {
			return
		}
		again, err := c.Encode()
		if err != nil || !bytes.Equal(again, b) {
			t.Errorf("%s %v", again, err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	for b.Loop() {
		if _, err := Decode([]byte(sampleText)); err != nil {
			b.Fatal(err)
		}
	}
}
