package searches_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/notes"
	"jandon/internal/saved"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/searches"
)

// broken is a shelf that fails when told to.
type broken struct {
	saved.Shelf
	err error
}

func (b *broken) SaveSearch(ctx context.Context, x saved.Search) (saved.Search, error) {
	if b.err != nil {
		return x, b.err
	}
	return b.Shelf.SaveSearch(ctx, x)
}

func (b *broken) Searches(ctx context.Context) ([]saved.Search, error) {
	if b.err != nil {
		return nil, b.err
	}
	return b.Shelf.Searches(ctx)
}

func shelf(t testing.TB, pairs ...string) *broken {
	t.Helper()
	b := &broken{Shelf: saved.Shelf{Book: &notes.Memory{}, Now: kittest.Now}}
	for i := 0; i < len(pairs); i += 2 {
		if _, err := b.SaveSearch(context.Background(), saved.Search{Name: pairs[i], Query: pairs[i+1]}); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func open(s searches.Source, lang, query string, w, h int) *kittest.Drive {
	arg := ""
	if query != "" {
		arg = url.Values{"find": {query}}.Encode()
	}
	return kittest.Start(searches.New(kittest.Env(lang), s, arg), w, h)
}

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

func misses(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, not := range list {
		if strings.Contains(d.Frame(), not) {
			t.Errorf("there is %q in\n%s", not, d.Frame())
		}
	}
}

// typist is a page that says what it asks its window for.
type typist struct {
	kit.Page
	left  int
	notes []kit.Notice
}

func (p *typist) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Leave:
		p.left++
		return nil
	case kit.Notice:
		p.notes = append(p.notes, msg)
		return nil
	}
	return p.Page.Update(ctx, msg)
}

func watched(s searches.Source, query string) (*kittest.Drive, *typist) {
	p := &typist{Page: searches.New(kittest.Env("en"), s, url.Values{"find": {query}}.Encode())}
	return kittest.Start(p, 80, 24), p
}

func kept(t *testing.T, s *broken) string {
	t.Helper()
	list, err := s.Searches(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, x := range list {
		out = append(out, x.Name+"="+x.Query)
	}
	return strings.Join(out, ", ")
}

func TestTheList(t *testing.T) {
	t.Parallel()
	has(t, open(shelf(t), "en", "", 80, 24), "No search is saved yet.", "Ctrl+S")
	has(t, open(shelf(t), "ko", "", 40, 16), "아직 저장한 검색이 없어요.")
	d := open(shelf(t, "a 카페", "merchant:cafe >3000", "bills", "settlement:x"), "en", "", 40, 16)
	has(t, d, "카페", "merchant:cafe >3000", "bills")
	d.Do(kit.Down, kit.Open)
	if want := (kit.Visit{Page: "history", Arg: "find=settlement%3Ax"}); len(d.Visits) != 1 || d.Visits[0] != want {
		t.Errorf("visits %v", d.Visits)
	}
}

func TestASearchIsSavedUnderTheNameThatIsSuggested(t *testing.T) {
	t.Parallel()
	s := shelf(t)
	d := open(s, "en", `merchant:"Acorn Hill" >3000`, 40, 16)
	has(t, d, "Save this search as", "Acorn Hill >3000")
	d.Type("\n")
	if got := kept(t, s); got != `Acorn Hill >3000=merchant:"Acorn Hill" >3000` {
		t.Error(got)
	}
}

func TestANameThatIsInUseIsSaidBeforeItIsReplaced(t *testing.T) {
	t.Parallel()
	s := shelf(t, "Coffee", "커피")
	d := open(s, "en", "cafe", 80, 24)
	d.Type("coffee")
	has(t, d, "This name is in use; its search is replaced: 커피")
	d.Type("\n")
	if got := kept(t, s); got != "coffee=cafe" {
		t.Error(got)
	}
}

func TestWhatCouldNotBeSavedStays(t *testing.T) {
	t.Parallel()
	s := shelf(t)
	d := open(s, "en", "cafe", 80, 24)
	s.err = fault.New(fault.StoreBusy, "file", "x")
	d.Type("mine\n")
	has(t, d, "mine")
	s.err = nil
	d.Type("\n")
	if got := kept(t, s); got != "mine=cafe" {
		t.Error(got)
	}
}

// Esc leads back to the search, with nothing saved.
func TestEscLeavesTheSearchAsItWas(t *testing.T) {
	t.Parallel()
	s := shelf(t)
	d, p := watched(s, "cafe")
	d.Type("mine\x1b")
	if got := kept(t, s); got != "" || p.left != 1 {
		t.Errorf("%q is saved, and the page was left %d times", got, p.left)
	}
}

// The same search under its own name replaces nothing.
func TestSavingTheSameAgainReplacesNothing(t *testing.T) {
	t.Parallel()
	misses(t, open(shelf(t, "cafe", "cafe"), "en", "cafe", 80, 24), "replaced")
}

// A shelf that can't be read takes nothing away: the name is still asked for.
func TestASearchIsNamedWhereTheOthersCanNotBeRead(t *testing.T) {
	t.Parallel()
	s := shelf(t)
	s.err = fault.New(fault.StoreBusy, "file", "x")
	d := open(s, "en", "cafe", 80, 24)
	has(t, d, "Save this search as", "Name  cafe")
	at(t, d, "cafe", "Name  ") // the trouble stands above
}

// A name that stayed is no news.
func TestANameThatStaysIsNotChanged(t *testing.T) {
	t.Parallel()
	d, p := watched(shelf(t, "a", "1"), "")
	d.Do("searches_rename")
	d.Type("\n")
	if len(p.notes) != 0 {
		t.Errorf("said %v", p.notes)
	}
	has(t, d, "a")
	misses(t, d, "Rename")
}

// The caret stands in the field, and not beside it.
func TestTheCaretStandsInTheField(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {40, 16}, {80, 4}} {
		for _, lang := range []string{"en", "ko"} {
			d := open(shelf(t), lang, "cafe", size[0], size[1])
			d.Type("긴 x")
			at(t, d, "긴 x", "")
		}
	}
}

// The field is in sight, however far down the list one was and however long
// the search is that gets a name.
func TestTheFieldIsInSight(t *testing.T) {
	t.Parallel()
	var pairs []string
	for i := range 30 {
		pairs = append(pairs, fmt.Sprint("name ", i), "q")
	}
	for _, size := range [][2]int{{80, 20}, {40, 12}, {40, 5}} {
		d := open(shelf(t, pairs...), "en", "", size[0], size[1])
		d.Do(kit.Bottom, "searches_rename")
		d.Type("긴 x")
		at(t, d, "긴 x", "")
		d = open(shelf(t), "ko", strings.Repeat("검색 ", 66), size[0], size[1])
		d.Type("긴 x")
		at(t, d, "긴 x", "")
	}
}

// at checks that the caret stands behind what was typed, or before what is suggested.
func at(t *testing.T, d *kittest.Drive, word, behind string) {
	t.Helper()
	x, y := d.Page.(interface{ Caret() (x, y int) }).Caret()
	lines := strings.Split(ansi.Strip(d.Page.View()), "\n")
	if y < 0 || y >= len(lines) {
		t.Fatalf("the caret is in line %d of\n%s", y, d.Frame())
	}
	before := ansi.Truncate(lines[y], x, "")
	if want := behind + map[bool]string{true: word}[behind == ""]; !strings.HasSuffix(before, want) || !strings.Contains(lines[y], word) {
		t.Errorf("the caret is behind %q of\n%s", before, d.Frame())
	}
}

// While a name is kept nothing more is typed, and a click chooses no line.
func TestNothingIsTypedWhileANameIsKept(t *testing.T) {
	t.Parallel()
	s := shelf(t)
	d := open(s, "en", "cafe", 80, 24)
	d.Type("mine")
	d.Held = true
	d.Type("\nyours\n")
	d.Held = false
	d.Release(false)
	if got := kept(t, s); got != "mine=cafe" {
		t.Error(got)
	}
}

func TestRenaming(t *testing.T) {
	t.Parallel()
	s := shelf(t, "a", "1", "b", "2")
	d := open(s, "en", "", 80, 24)
	d.Do("searches_rename")
	has(t, d, "Rename a", "/ 1")
	misses(t, d, "in use")
	d.Send(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	d.Type("B")
	has(t, d, "This name is in use.")
	d.Type("\n")
	if got := kept(t, s); got != "a=1, b=2" {
		t.Errorf("a name that is in use was taken: %s", got)
	}
	d.Type("ooks\n")
	if got := kept(t, s); got != "Books=1, b=2" {
		t.Error(got)
	}
	has(t, d, "Books")
	d.Do("searches_rename")
	d.Type("x\x1b")
	if got := kept(t, s); got != "Books=1, b=2" {
		t.Error(got)
	}
}

// Whoever names one of many is back at its line afterwards.
func TestWhatWasRenamedStaysChosen(t *testing.T) {
	t.Parallel()
	d := open(shelf(t, "a", "1", "b", "2", "c", "3"), "en", "", 80, 24)
	d.Do(kit.Down, "searches_rename")
	d.Type("\x1b")
	d.Do("searches_remove")
	has(t, d, "Delete the saved search b?")
	d.Do("searches_no", "searches_rename")
	d.Type("ee\n")
	d.Do("searches_remove")
	has(t, d, "Delete the saved search bee?")
}

func TestDeletingIsAskedAndArms(t *testing.T) {
	t.Parallel()
	s := shelf(t, "a", "1", "b", "2")
	d := open(s, "en", "", 80, 24)
	d.Do("searches_remove", "searches_yes")
	if got := kept(t, s); got != "a=1, b=2" {
		t.Fatal("a key typed ahead deletes")
	}
	if frame := d.Frame(); strings.Count(frame, "1\n") != 2 {
		t.Errorf("the question does not say what it looks for:\n%s", frame)
	}
	has(t, d, "Delete the saved search a?")
	d.Late()
	d.Do("searches_yes")
	if got := kept(t, s); got != "b=2" {
		t.Error(got)
	}
}

func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	intents := []kit.Intent{"searches_rename", "searches_remove", "searches_yes", "searches_no", kit.Open, kit.Retry, kit.Up, kit.Down, kit.PageDown, kit.Bottom}
	rapid.Check(t, func(r *rapid.T) {
		s := shelf(t, "a", "1", strings.Repeat("긴이름", 20), strings.Repeat("검색 ", rapid.IntRange(1, 60).Draw(r, "long")))
		d := open(s, rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang"), rapid.SampledFrom([]string{"", "kind:earned 골목"}).Draw(r, "find"), 80, 20)
		for range rapid.IntRange(1, 20).Draw(r, "keys") {
			switch typing := d.Page.(kit.Typist).Typing(); {
			case rapid.IntRange(0, 3).Draw(r, "what") == 0:
				d.Resize(rapid.IntRange(0, 200).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h"))
			case typing:
				d.Type(rapid.SampledFrom([]string{"a", "가", "\n", "\x1b"}).Draw(r, "key"))
			default:
				d.Late()
				d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
			d.Page.(kit.Typist).Caret()
		}
	})
}
