package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/keystore"
)

// owner is a person with a keyring, without a platform.
type owner struct {
	t    *testing.T
	home string
	keys keystore.Store
}

func newOwner(t *testing.T) owner {
	return owner{t, t.TempDir(), keystore.NewMemory()}
}

// run runs a command and wants an exit status.
func (o owner) run(want int, args ...string) (stdout, stderr string) {
	o.t.Helper()
	var out, told bytes.Buffer
	a := &app{
		in: strings.NewReader(""), out: &out, err: &told, environ: []string{"JANDON_HOME=" + o.home, "LANG=C.UTF-8"}, keys: o.keys,
		now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) },
	}
	if status := a.run(context.Background(), args); status != want {
		o.t.Fatalf("%v: exit status %d, want %d\n%s%s", args, status, want, out.String(), told.String())
	}
	return out.String(), told.String()
}

func (o owner) json(into any, args ...string) {
	o.t.Helper()
	out, _ := o.run(0, append(args, "--json")...)
	if err := json.Unmarshal([]byte(out), into); err != nil {
		o.t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

func (o owner) file(name, text string) string {
	o.t.Helper()
	path := filepath.Join(o.home, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return path
}

const october = "Date,Merchant,Amount\n2026-10-30,Coffee,-4500\n2026-10-30,Coffee,-4500\nyesterday,Bus,-1500\n2026-10-31,Bus,-1500\n"
const november = "Date,Merchant,Amount\n2026-10-31,Bus,-1500\n2026-11-02,Books,-12000\n"

func TestImport(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	first, second := o.file("card-2026-10.csv", october), o.file("card-2026-11 (1).csv", november)

	var dry importsJSON
	o.json(&dry, "import", "--dry-run", first)
	if got := dry.Imports[0]; !dry.DryRun || got.ID != nil || got.Added != 3 || got.Skipped != 1 || got.NotUnderstood[0] != (skippedJSON{4, "bad_date", "yesterday,Bus,-1500"}) {
		t.Fatalf("%+v", dry)
	}
	if _, told := o.run(3, "history"); !strings.Contains(told, "no_platform") {
		t.Fatalf("a dry run left something: %s", told)
	}

	var done importsJSON
	o.json(&done, "import", first, second)
	a, b := done.Imports[0], done.Imports[1]
	if a.Source != "card" || b.Source != "card" || a.Added != 3 || b.Added != 1 || b.Known != 1 || a.SpentMinor != 10_500 || a.StoredMinor != 10_500 || b.StoredMinor != 13_500 {
		t.Fatalf("%+v\n%+v", a, b)
	}
	var h historyJSON
	o.json(&h, "history", "--by", "issuer")
	sum := int64(0)
	for _, w := range h.Weeks {
		sum += w.SpentMinor
		for _, g := range w.By {
			if g.ID != "card" {
				t.Errorf("spent at %q", g.ID)
			}
		}
	}
	if sum != 22_500 {
		t.Errorf("%d won in all weeks", sum)
	}
	if out, _ := o.run(0, "search", "coffee"); !strings.Contains(out, "2 transactions") {
		t.Error(out)
	}
	if out, _ := o.run(0, "export"); strings.Count(out, "\n") != 5 {
		t.Error(out)
	}
	if out, _ := o.run(0, "audit"); out == "" {
		t.Error("audit says nothing")
	}
	if out, _ := o.run(0, "--plain"); !strings.Contains(out, "Your statements") {
		t.Error(out)
	}
	o.run(2, "balance")

	var again importsJSON
	o.json(&again, "import", first)
	if got := again.Imports[0]; !got.Again || got.Added != 0 || *got.ID != *a.ID {
		t.Errorf("%+v", got)
	}
	var list importsJSON
	o.json(&list, "import", "--list")
	if len(list.Imports) != 2 || *list.Imports[0].ID != *b.ID {
		t.Fatalf("%+v", list)
	}
	var undone undoneJSON
	o.json(&undone, "import", "--undo", fmt.Sprint(*a.ID))
	if undone.Removed != 2 || undone.Import.File != "card-2026-10.csv" {
		t.Errorf("%+v", undone)
	}
	o.run(5, "import", "--undo", fmt.Sprint(*a.ID))
	if out, _ := o.run(0, "export"); strings.Count(out, "\n") != 3 || !strings.Contains(out, "Bus") {
		t.Errorf("the line that both hold:\n%s", out)
	}
}

// TestImportRemembersRules reads the next file of an account by the rules of
// the one before, and other accounts' files without.
func TestImportRemembersRules(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	file := func(name, day string) string { return o.file(name, day+";Coffee;4500\n"+day+";Bus;1500\n") }
	rules := o.file("rules.toml", "header = false\ndelimiter = \";\"\ndates = \"dmy\"\nsign = \"positive_spent\"\n[columns]\ndate = 1\nmerchant = 2\namount = 3\n")
	o.run(0, "import", "--as", "card", "--rules", rules, file("a.csv", "03/04/2026"))
	if _, told := o.run(0, "import", "--as", "card", file("b.csv", "05/06/2026")); !strings.Contains(told, "remembered for card") {
		t.Error(told)
	}
	if out, _ := o.run(0, "export"); !strings.Contains(out, "2026-04-03") || !strings.Contains(out, "2026-06-05") {
		t.Error(out)
	}
	o.run(0, "import", "--as", "card", "--rules", o.file("none.toml", ""), o.file("c.csv", october))
	if _, told := o.run(0, "import", "--as", "card", o.file("d.csv", november)); strings.Contains(told, "remembered") {
		t.Error(told)
	}
	o.run(3, "import", "--rules", o.file("bad.toml", "date = 1\n"), file("e.csv", "26/06/2026"))
}

// TestImportForPeople holds the words to what happened.
func TestImportForPeople(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	out, told := o.run(0, "import", o.file("card.csv", october), "--as", "신한카드")
	for _, want := range []string{"card.csv · account 신한카드", "Transactions in the file", "₩10,500"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if !strings.Contains(told, "line 4 was not understood: no date") || !strings.Contains(told, "--undo 1") {
		t.Error(told)
	}
	if _, told := o.run(3, "sync"); !strings.Contains(told, "[no_platform]") { // there is nobody to ask
		t.Error(told)
	}
	if out, _ := o.run(0, "import", "--list"); !strings.Contains(out, "신한카드") {
		t.Error(out)
	}
	if out, _ := o.run(0, "import", "--undo", "1"); !strings.Contains(out, "3 transactions") {
		t.Error(out)
	}
	if out, _ := o.run(0, "import", "--list"); !strings.Contains(out, "No file") {
		t.Error(out)
	}
}

// TestImportRefusals: what can't be read leaves nothing, and what came before it stays.
func TestImportRefusals(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	page := o.file("page.csv", "<!DOCTYPE html><html><body>sign in</body></html>")
	o.run(2, "import")
	o.run(2, "import", "--list", "--undo", "1")
	o.run(2, "import", "--list", page)
	o.run(5, "import", "--undo", "1")
	o.run(5, "import", filepath.Join(o.home, "none.csv"))
	o.run(4, "import", page)
	out, _ := o.run(4, "import", "--json", o.file("card.csv", october), page)
	var done importsJSON
	if err := json.Unmarshal([]byte(out), &done); err != nil || len(done.Imports) != 1 || done.Imports[0].Added != 3 {
		t.Errorf("%v %s", err, out)
	}
}

// keyless is a machine without a keyring.
type keyless struct{ keystore.Store }

func (keyless) Get(context.Context, string) (keystore.Secret, error) {
	return keystore.Secret{}, fault.New(fault.KeyringNone)
}

func (keyless) Set(context.Context, string, keystore.Secret) error {
	return fault.New(fault.KeyringNone)
}

// A file that is not there is told of before anything that the machine lacks,
// whichever of several it is, and none of the others is taken in.
func TestImportLooksAtItsFilesFirst(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	good, none := o.file("card.csv", october), filepath.Join(o.home, "none.csv")
	bare := owner{t, o.home, keyless{keystore.NewMemory()}}
	bare.run(5, "import", none)
	bare.run(5, "import", good, none)
	bare.run(5, "import", good, "--rules", none)
	if _, told := bare.run(4, "import", o.home); !strings.Contains(told, "directory") {
		t.Error(told)
	}
	bare.run(9, "import", good)
	o.run(5, "import", good, none)
	if out, _ := o.run(0, "import", "--list"); !strings.Contains(out, "No file") {
		t.Error(out)
	}
}

// TestImportAnswersAreDocumented holds every name to what is written about it.
func TestImportAnswersAreDocumented(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	path := o.file("card.csv", october)
	_, text, _ := strings.Cut(answers, "## jandon import")
	text, _, _ = strings.Cut(text, "\n## ")
	for _, args := range [][]string{{"import", path}, {"import", "--list"}, {"import", "--undo", "1"}} {
		var got map[string]any
		o.json(&got, args...)
		if got["version"] != 1.0 {
			t.Errorf("%v has version %v", args, got["version"])
		}
		each(got, func(name string) {
			if !strings.Contains(text, `"`+name+`"`) {
				t.Errorf("%v has %q, which is written nowhere", args, name)
			}
		})
	}
}

func TestAccountName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"card.csv": "card", "card-2026-10.csv": "card", "card_20261101.csv": "card", "card 2026.10.31 (2).csv": "card", "신한카드 이용내역(3).xlsx": "신한카드 이용내역",
		"card-2026-10-01_2026-10-31.csv": "card", "2026-10.csv": "2026-10", "card-1234.csv": "card-1234", "/a/b/bank.2026.ofx": "bank", "-": "statement", "card (1).csv": "card",
	} {
		if got := accountName(name); got != want {
			t.Errorf("%s is of %q, want %q", name, got, want)
		}
	}
}

// TestFirstFile answers the questions of a first start: a look, and then a yes.
func TestFirstFile(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	path := o.file("my card 2026-10.csv", october)
	var out, told bytes.Buffer
	a := &app{
		in: strings.NewReader("3\n" + strings.ReplaceAll(path, " ", "\\ ") + "\nn\n"), out: &out, err: &told, keys: o.keys,
		environ: []string{"JANDON_HOME=" + o.home, "LANG=C.UTF-8"}, now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) },
	}
	a.global.set = a.tree().PersistentFlags()
	if err := a.load(); err != nil {
		t.Fatal(err)
	}
	s, err := a.first(t.Context())
	if err != nil || s == nil || s.said == nil || !strings.Contains(out.String(), "account my card") {
		t.Fatalf("%v\n%s%s", err, out.String(), told.String())
	}
	s.shut()
	o.run(3, "history")
	a.in = strings.NewReader("3\n'" + path + "'\ny\n")
	if s, err = a.first(t.Context()); err != nil {
		t.Fatal(err, told.String())
	}
	defer s.shut()
	span, err := s.Span(t.Context())
	if err != nil || span.Lines != 3 || s.name != "Your statements" {
		t.Fatal(span, s.name, err)
	}
}

func TestPasted(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"a.csv": "a.csv", " 'my card.csv' ": "my card.csv", `"my card.csv"`: "my card.csv", `my\ card.csv`: "my card.csv", "~/a.csv": "/home/p/a.csv", "'": "'", "": "",
	} {
		if got := pasted(typed, "/home/p"); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

// What a line came in without is told, and the line is no line less.
func TestImportTellsLostPrices(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	path := o.file("card.csv", "이용일자,가맹점명,이용금액,현지통화,현지금액\n2026-11-20,NETFLIX,6500,USD,4.75\n2026-11-21,NETFLIX,6500,USD,??\n")
	var answer importsJSON
	o.json(&answer, "import", path, "--dry-run")
	if x := answer.Imports[0]; x.Lines != 2 || x.Skipped != 0 || len(x.NotUnderstood) != 1 || x.NotUnderstood[0].Line != 3 || x.NotUnderstood[0].Reason != "lost_price" {
		t.Errorf("%+v", x)
	}
	out, told := o.run(0, "import", path)
	if !strings.Contains(told, "line 3: came in without its price") || strings.Contains(out, "not understood") {
		t.Errorf("%s\n%s", out, told)
	}
}
