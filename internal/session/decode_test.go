package session

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// everything has a member of each form that messages have.
type everything struct {
	Text   string
	Short  int8
	Sum    int64
	Yes    bool
	Share  float64
	Kind   wallet.Kind
	At     time.Time
	Price  money.Amount
	Next   *everything
	Alias  *string
	List   []everything
	Names  []string
	Bytes  []byte
	Raw    json.RawMessage
	Counts map[string]int
	Pair   [2]string
	Inner
}

// Inner stands within another one without a name.
type Inner struct{ Within string }

// read reads a body in the own way, if that can.
func read(body string) (got everything, ok bool) {
	ok = decode([]byte(body), reflect.ValueOf(&got).Elem())
	return got, ok
}

// plainly reads it as encoding/json does.
func plainly(body string) (want everything, err error) {
	err = json.Unmarshal([]byte(body), &want)
	clean(reflect.ValueOf(&want).Elem())
	return want, err
}

func TestWhatEncodeWritesIsReadInTheOwnWay(t *testing.T) {
	t.Parallel()
	one := everything{
		Text: "한결 \"kim\" <x> \\ “…” \u2028", Short: -128, Sum: -1 << 63, Yes: true, Share: 0.25, Kind: wallet.Earned, At: time.Unix(1, 5).UTC(), Price: money.Won(-5),
		Names: []string{"", "a"}, Bytes: []byte{1, 2}, Raw: json.RawMessage(`{"a":[1,"]"]}`), Counts: map[string]int{"b": 1}, Pair: [2]string{"x", "y"}, Inner: Inner{"z"},
	}
	all := one
	all.Next, all.List = &one, []everything{one, {}, {Text: "\x1b[2J"}}
	body, err := encode(reflect.ValueOf(all))
	if err != nil {
		t.Fatal(err)
	}
	got, ok := read(string(body))
	want, err := plainly(string(body))
	if !ok || err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %v\n%+v\n%+v\n%s", ok, err, got, want, body)
	}
	if got.List[2].Text == "\x1b[2J" {
		t.Error("a text was not filtered")
	}
}

// odd are bodies that encode never writes. What the own way makes of one has to
// be what encoding/json makes of it; most it leaves to that.
var odd = []string{
	``, `{`, `{}`, `{}}`, ` {}`, `{"Text":"a",}`, `{"text":"a"}`, `{"Text":"a","Text":"b"}`, `{"Sum":1,"Text":"b"}`, `{"Text":null}`, `{"Next":null}`, `{"List":null}`,
	`{"List":[]}`, `{"List":[{}]}`, `{"List":[{},]}`, `{"List":[null]}`, `{"Names":[1]}`, `{"Short":128}`, `{"Short":-129}`, `{"Sum":9223372036854775808}`,
	`{"Sum":-9223372036854775808}`, `{"Sum":01}`, `{"Sum":-0}`, `{"Sum":+1}`, `{"Sum":1.0}`, `{"Sum":1e3}`, `{"Sum":-}`, `{"Sum":"1"}`, `{"Yes":truely}`, `{"Yes":false}`,
	`{"Kind":"earned"}`, `{"Kind":"gone"}`, `{"Kind":7}`, `{"Kind":null}`, `{"At":"yesterday"}`, `{"At":null}`, "{\"Text\":\"a\xff\"}", "{\"Text\":\"a\nb\"}", `{"Text":"a\`,
	`{"Text":"\u0061\ud800"}`, `{"Unknown":1,"Text":"a"}`, `{"Counts":{"a":1,"a":2}}`, `{"Raw":]}`, `{"Bytes":"!"}`, `{"Within":"x"}`, `{"Inner":{"Within":"x"}}`, `[]`, `null`, `"a"`,
	`{"Text":" a  b"}`, "{\"Text\":\"a\u202eb\"}", "{\"Names\":[\"\u200b\"]}", `{"Alias":null}`, `{"Alias":"a"}`, "{\"Alias\":\" a\"}",
}

func TestWhatIsReadInTheOwnWayIsWhatJSONReads(t *testing.T) {
	t.Parallel()
	for _, body := range odd {
		sameAsJSON(t, body)
	}
}

func sameAsJSON(t *testing.T, body string) {
	t.Helper()
	got, ok := read(body)
	if !ok {
		return
	}
	if want, err := plainly(body); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %v\n%+v\n%+v", body, err, got, want)
	}
}

// TestFourMegabytesOfEmptyLinesAreRefused: read, they took a gigabyte.
func TestFourMegabytesOfEmptyLinesAreRefused(t *testing.T) {
	t.Parallel()
	r := NewRegistry()
	r.Message("everything", everything{})
	for _, part := range []string{"{}", "null"} {
		body := func(n int) []byte { return []byte(`{"List":[` + strings.Repeat(part+",", n) + part + `]}`) }
		if _, err := r.Decode("everything", body(mostParts+1)); err == nil {
			t.Errorf("%d of %s are read", mostParts+2, part)
		}
		if msg, err := r.Decode("everything", body(1000)); err != nil || len(msg.(everything).List) != 1001 {
			t.Errorf("%s: %v", part, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, body := range odd {
		f.Add(body)
	}
	f.Add(`{"Text":"한","Short":-3,"Sum":12,"Yes":true,"Share":0.5,"Kind":"earned","At":"2026-11-22T09:00:00Z","Price":{"Minor":5,"Currency":"KRW"},"Next":{"List":[{"Pair":["a","b"]}]},"Names":["x"],"Raw":{"a":[]},"Counts":{"b":1}}`)
	f.Fuzz(sameAsJSON)
}
