package session_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"filippo.io/age"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"jandon/internal/money"
	"jandon/internal/session"
)

// shown is a message as screens have them.
type shown struct {
	Merchant string
	ID       string
	Kind     string
	Say      string
	Price    money.Amount
	Sum      int64
	Parts    []int64
	At       time.Time
	Lines    []line
	Used     map[string]int64
	Cause    error
}

type line struct {
	Name   string
	Amount money.Amount
	Next   *line
}

func registry() *session.Registry {
	r := session.NewRegistry()
	r.Message("shown", shown{})
	session.Struct[shown](r, session.Fields{
		"Merchant": session.Name, "ID": session.ID, "Kind": session.Word, "Say": session.Text, "Sum": session.Amount, "Parts": session.Amount,
		"Used": session.Amount, "Used[key]": session.Word, "Cause": session.Drop,
	})
	session.Struct[line](r, session.Fields{"Name": session.Name})
	r.Words(func(s string) bool { return s == "carrier_credit" || s == "bank_transfer" || s == "double" })
	return r
}

func TestWhatIsNotListedIsRefused(t *testing.T) {
	t.Parallel()
	if err := registry().Check(); err != nil {
		t.Fatal(err)
	}
	type hidden struct{ secret string }
	type open struct{ Any any }
	for name, add := range map[string]func(*session.Registry){
		"a text without a class":   func(r *session.Registry) { r.Message("x", struct{ A string }{}) },
		"a number without a class": func(r *session.Registry) { r.Message("x", struct{ A int64 }{}) },
		"a map's keys":             func(r *session.Registry) { r.Message("x", struct{ A map[string]bool }{}) },
		"a field nobody can see":   func(r *session.Registry) { r.Message("x", hidden{}) },
		"anything at all":          func(r *session.Registry) { r.Message("x", open{}) },
		"a field that is gone": func(r *session.Registry) {
			r.Message("x", line{})
			session.Struct[line](r, session.Fields{"Name": session.Name, "Nmae": session.Name})
		},
	} {
		r := registry()
		add(r)
		if err := r.Check(); err == nil {
			t.Errorf("%s is let through", name)
		}
	}
	if _, _, err := session.NewRedactor(registry(), false).Encode(line{}); err == nil {
		t.Error("a message that is not listed was written")
	}
}

func TestRedactedAndReadBack(t *testing.T) {
	t.Parallel()
	r := registry()
	d := session.NewRedactor(r, false)
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	in := shown{
		Merchant: "스타커피 강남2호점", ID: "t261122-abcdef", Kind: "carrier_credit", Say: "Latte, 2 cups", Price: money.Won(4_500), Sum: 9_000,
		Parts: []int64{4_000, 5_000}, At: at, Lines: []line{{Name: "스타커피 강남2호점", Amount: money.Won(-4_500), Next: &line{Name: "Other"}}},
		Used: map[string]int64{"bank_transfer": 1_000}, Cause: errors.New("canary"),
	}
	kind, body, err := d.Encode(in)
	if err != nil || kind != "shown" {
		t.Fatal(kind, err)
	}
	msg, err := r.Decode(kind, body)
	if err != nil {
		t.Fatal(err)
	}
	out := msg.(shown)
	k := out.Sum / in.Sum
	if k < 2 || k > 9 || out.Sum != k*in.Sum || out.Price.Minor != k*4_500 || out.Parts[0]+out.Parts[1] != out.Sum || out.Lines[0].Amount.Minor != -k*4_500 || out.Used["bank_transfer"] != k*1_000 {
		t.Errorf("amounts: %+v", out)
	}
	if out.Merchant == in.Merchant || out.Merchant != out.Lines[0].Name || out.Lines[0].Next.Name == "Other" || out.ID == in.ID || out.Say == in.Say {
		t.Errorf("names: %+v", out)
	}
	if out.Kind != in.Kind || !out.At.Equal(at) || out.Cause != nil {
		t.Errorf("what is kept: %+v", out)
	}
	if !strings.HasPrefix(out.ID, out.ID[:1]) || out.ID[7] != '-' || out.Say[5] != ',' {
		t.Errorf("shapes: %+v", out)
	}
	m := d.Manifest()
	if m.Replaced["name"] != 3 || m.Replaced["amount"] == 0 || m.Kept["word"] != 2 || m.LeftOut["drop"] != 1 || m.AmountsKept {
		t.Errorf("manifest: %+v", m)
	}
	kept := session.NewRedactor(r, true)
	_, body, _ = kept.Encode(in)
	msg, _ = r.Decode("shown", body)
	if got := msg.(shown); got.Sum != in.Sum || got.Merchant == in.Merchant {
		t.Errorf("with amounts kept: %+v", got)
	}
}

// A word of the program that does not look like one is somebody's text.
func TestAWordThatIsNone(t *testing.T) {
	t.Parallel()
	d := session.NewRedactor(registry(), false)
	_, body, err := d.Encode(shown{Kind: "Kim Haneul, 02-123-4567"})
	if err != nil || bytes.Contains(body, []byte("Haneul")) || bytes.Contains(body, []byte("4567")) {
		t.Errorf("%s, %v", body, err)
	}
}

// The parts of an id that is made of several stay equal to themselves.
func TestIDsOfSeveralParts(t *testing.T) {
	t.Parallel()
	d := session.NewRedactor(registry(), false)
	mask := func(id string) string {
		_, body, _ := d.Encode(shown{ID: id})
		var out shown
		if err := json.Unmarshal(body, &out); err != nil {
			t.Fatal(err)
		}
		return out.ID
	}
	a, b := mask("t1-abc"), mask("t2-def")
	if got := mask("double:t1-abc+t2-def"); got != "double:"+a+"+"+b {
		t.Errorf("%s of %s and %s", got, a, b)
	}
}

func TestPseudonymsKeepTheirShape(t *testing.T) {
	t.Parallel()
	r := registry()
	rapid.Check(t, func(t *rapid.T) {
		d := session.NewRedactor(r, false)
		name := rapid.StringOfN(rapid.RuneFrom([]rune("abzAZ019 -*가힣각ㄱㅣ漢字かカéДя·₩원("), unicode.Hangul, unicode.Han, unicode.Latin), 0, 40, -1).Draw(t, "name")
		mask := func(s string) string {
			_, body, err := d.Encode(shown{Merchant: s})
			if err != nil {
				t.Fatal(err)
			}
			var out shown
			if err := json.Unmarshal(body, &out); err != nil {
				t.Fatal(err)
			}
			return out.Merchant
		}
		other := mask(name)
		if other != mask(name) {
			t.Fatalf("%q is %q and %q", name, other, mask(name))
		}
		if utf8.RuneCountInString(other) != utf8.RuneCountInString(name) {
			t.Fatalf("%q of %d runes became %q", name, utf8.RuneCountInString(name), other)
		}
		for _, r := range name {
			if unicode.Is(unicode.Hangul, r) && r < 0xac00 || unicode.Is(unicode.Han, r) && (r < 0x4e00 || r > 0x9fff) || unicode.Is(unicode.Latin, r) && r > 0x24f {
				return // letters that no screen of ours shows alone
			}
		}
		if uniseg.StringWidth(other) != uniseg.StringWidth(name) {
			t.Fatalf("%q of %d cells became %q of %d", name, uniseg.StringWidth(name), other, uniseg.StringWidth(other))
		}
	})
}

func TestTwoRecordingsHaveNothingInCommon(t *testing.T) {
	t.Parallel()
	r := registry()
	_, one, _ := session.NewRedactor(r, true).Encode(shown{Merchant: "Golmok Coffee Roasters"})
	_, two, _ := session.NewRedactor(r, true).Encode(shown{Merchant: "Golmok Coffee Roasters"})
	if bytes.Equal(one, two) {
		t.Error("the same name has the same pseudonym in two recordings")
	}
}

// file is a recording of n steps.
func file(tb testing.TB, n int, end bool) []byte {
	tb.Helper()
	var b bytes.Buffer
	w, err := session.NewWriter(&b, session.Header{Build: "test", Began: time.Unix(0, 0).UTC(), Width: 80, Height: 24})
	if err != nil {
		tb.Fatal(err)
	}
	for i := range n {
		if err := w.Step(session.Step{At: time.Duration(i) * time.Millisecond, Kind: "shown", Body: fmt.Appendf(nil, `{"Sum":%d}`, i)}); err != nil {
			tb.Fatal(err)
		}
	}
	if end {
		if err := w.End(session.Tail{Frames: make([]byte, session.FrameLen*n)}); err != nil {
			tb.Fatal(err)
		}
	}
	return b.Bytes()
}

func TestAFileIsReadAsFarAsItIsGood(t *testing.T) {
	t.Parallel()
	whole := file(t, 20, true)
	r, err := session.Read(bytes.NewReader(whole))
	if err != nil || r.Partial != nil || len(r.Steps) != 20 || r.Tail.Steps != 20 || r.Width != 80 {
		t.Fatalf("%v, %+v", err, r)
	}
	best := 0
	for n := range whole {
		r, err := session.Read(bytes.NewReader(whole[:n]))
		if err != nil {
			if !errors.Is(err, session.ErrNoRecording) || best > 0 {
				t.Fatalf("%d bytes: %v", n, err)
			}
			continue
		}
		if !errors.Is(r.Partial, session.ErrCutOff) || len(r.Steps) < best {
			t.Fatalf("%d bytes: %d steps, %v", n, len(r.Steps), r.Partial)
		}
		best = len(r.Steps)
	}
	if best != 20 {
		t.Errorf("at most %d steps were read", best)
	}
	for n := range whole {
		bad := bytes.Clone(whole)
		bad[n] ^= 0x20
		if r, err := session.Read(bytes.NewReader(bad)); err == nil && r.Partial == nil {
			t.Fatalf("byte %d was altered and nobody sees it", n)
		}
	}
	if r, err := session.Read(bytes.NewReader(file(t, 3, false))); err != nil || !errors.Is(r.Partial, session.ErrCutOff) || len(r.Steps) != 3 {
		t.Errorf("a program that died: %v, %+v", err, r)
	}
}

func TestFilesThatAreNone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{
		"": session.ErrNoRecording, "PK\x03\x04 something else entirely": session.ErrNoRecording,
		"jandon session 2\nH": session.ErrNewer, "jandon session 1\nS\x00": session.ErrNoRecording,
	} {
		if _, err := session.Read(strings.NewReader(text)); !errors.Is(err, want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	newer := bytes.Replace(file(t, 1, true), []byte(`"version":1`), []byte(`"version":2`), 1)
	if _, err := session.Read(bytes.NewReader(newer)); err == nil {
		t.Error("an altered header is read")
	}
	_, records, _ := bytes.Cut(newer, []byte("\n"))
	size, n := binary.Uvarint(records[1:])
	sum, body := records[1+n:5+n], records[5+n:]
	binary.LittleEndian.PutUint32(sum, crc32.ChecksumIEEE(body[:size]))
	if _, err := session.Read(bytes.NewReader(newer)); !errors.Is(err, session.ErrNewer) {
		t.Errorf("a newer header: %v", err)
	}
	huge := append(bytes.Clone(file(t, 2, false)), 'S', 0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0)
	if r, err := session.Read(bytes.NewReader(huge)); err != nil || !errors.Is(r.Partial, session.ErrTooLong) {
		t.Errorf("a record of 32 GiB: %v, %+v", err, r)
	}
}

func TestSealedFiles(t *testing.T) {
	t.Parallel()
	mine, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, _ := age.GenerateX25519Identity()
	var b bytes.Buffer
	w, err := session.Seal(&b, mine.Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(file(t, 5, true)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	sealed := b.Bytes()
	if bytes.Contains(sealed, []byte("jandon session")) {
		t.Error("it can be read by all")
	}
	open := func(identity string) error {
		r, err := session.Open(bytes.NewReader(sealed), []byte(identity))
		if err == nil && len(r.Steps) != 5 {
			t.Errorf("%d steps", len(r.Steps))
		}
		return err
	}
	if err := open(mine.String()); err != nil {
		t.Error(err)
	}
	for identity, want := range map[string]error{"": session.ErrSealed, "not a key": session.ErrBadKey, other.String(): session.ErrWrongKey} {
		if err := open(identity); !errors.Is(err, want) {
			t.Errorf("with %.10q: %v", identity, err)
		}
	}
	if _, err := session.Seal(&b, "age1nothing"); !errors.Is(err, session.ErrBadKey) {
		t.Errorf("for nobody: %v", err)
	}
	if r, err := session.Open(bytes.NewReader(file(t, 4, true)), nil); err != nil || len(r.Steps) != 4 {
		t.Errorf("one that is not sealed: %v", err)
	}
}

// A sealed file that was cut ends in the middle, wherever that was: it is not
// taken for something else, nor its key for another's.
func TestASealedFileThatWasCut(t *testing.T) {
	t.Parallel()
	mine, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, err := session.Seal(&b, mine.Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(file(t, 5, true)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	sealed := b.Bytes()
	for n := 30; n < len(sealed); n++ {
		if _, err := session.Open(bytes.NewReader(sealed[:n]), []byte(mine.String())); !errors.Is(err, session.ErrCutOff) {
			t.Errorf("cut at %d of %d: %v", n, len(sealed), err)
		}
	}
}

// Texts of a file are from outside, whatever wrote it.
func TestDecodedTextsAreFiltered(t *testing.T) {
	t.Parallel()
	msg, err := registry().Decode("shown", []byte(`{"Merchant":"\u001b]0;owned\u0007","Lines":[{"Name":"a\u202eb"}],"Used":{"\u001b[31m":1}}`))
	if err != nil {
		t.Fatal(err)
	}
	if s := fmt.Sprintf("%q", msg); strings.Contains(s, `\x1b`) || strings.Contains(s, `\u202e`) || strings.Contains(s, `\a`) {
		t.Error(s)
	}
	for kind, body := range map[string]string{"shown": `{"Sum":"x"}`, "none": `{}`, "\x1b[31m": `{}`} {
		if _, err := registry().Decode(kind, []byte(body)); err == nil || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%q: %v", kind, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(file(f, 3, true))
	f.Add(file(f, 3, false))
	f.Add([]byte("jandon session 1\nH\x02\x00\x00\x00\x00{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := session.Read(bytes.NewReader(b))
		if err != nil {
			return
		}
		reg := registry()
		for _, s := range r.Steps {
			_, _ = reg.Decode(s.Kind, s.Body)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data := file(b, 10_000, true)
	for b.Loop() {
		if _, err := session.Read(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}
