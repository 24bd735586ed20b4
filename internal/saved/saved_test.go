package saved_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/notes"
	"jandon/internal/safe"
	"jandon/internal/saved"
)

// shelf is an empty one whose clock goes a second with every look.
func shelf() saved.Shelf {
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	return saved.Shelf{Book: &notes.Memory{}, Now: func() time.Time {
		now = now.Add(time.Second)
		return now
	}}
}

func names(t *testing.T, s saved.Shelf) string {
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

func save(t *testing.T, s saved.Shelf, name, query string) saved.Search {
	t.Helper()
	x, err := s.SaveSearch(context.Background(), saved.Search{Name: name, Query: query})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// The order is that of saving, whatever a search is called or made into later.
func TestTheOrderStays(t *testing.T) {
	t.Parallel()
	s, ctx := shelf(), context.Background()
	save(t, s, "Zebra", "a")
	save(t, s, "Coffee", "커피")
	save(t, s, "aloe", "c")
	save(t, s, "coffee", "커피 >3000")
	if err := s.RenameSearch(ctx, "Zebra", "Books"); err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, s), "Books=a, coffee=커피 >3000, aloe=c"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := s.RemoveSearch(ctx, "COFFEE"); err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, s), "Books=a, aloe=c"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := s.RenameSearch(ctx, "aloe", "BOOKS"); err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, s), "BOOKS=c"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := s.RenameSearch(ctx, "BOOKS", "Books"); err != nil || names(t, s) != "Books=c" {
		t.Errorf("other letters of the same name: %s, %v", names(t, s), err)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	s, ctx := shelf(), context.Background()
	_, found := s.Search(ctx, "x")
	_, nameless := s.SaveSearch(ctx, saved.Search{Name: " \t", Query: "x"})
	_, empty := s.SaveSearch(ctx, saved.Search{Name: "x", Query: " "})
	save(t, s, "y", "q")
	for err, code := range map[error]fault.Code{
		found: fault.NotFound, nameless: fault.MissingArg, empty: fault.MissingArg, s.RemoveSearch(ctx, "x"): fault.NotFound,
		s.RenameSearch(ctx, "x", "y"): fault.NotFound, s.RenameSearch(ctx, "y", ""): fault.MissingArg,
	} {
		if err == nil || fault.From(err).Code != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
	if got := names(t, s); got != "y=q" {
		t.Error(got)
	}
}

// Whatever somebody calls a search, what is kept can be drawn, found by what
// was typed, and its name is the only one.
func TestHostileNamesAreKeptClean(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	rapid.Check(t, func(r *rapid.T) {
		s := shelf()
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"\x1b[2Jx", "a\u202eb", "가\u200b나", "  a   b ", strings.Repeat("긴", 99), strings.Repeat("긴", saved.Longest-1) + " 이름"}))
		for range rapid.IntRange(1, 5).Draw(r, "n") {
			name, query := text.Draw(r, "name"), text.Draw(r, "query")
			kept, err := s.SaveSearch(ctx, saved.Search{Name: name, Query: query})
			if err != nil {
				continue
			}
			if safe.Changed(kept.Name) || safe.Changed(kept.Query) || len([]rune(kept.Name)) > saved.Longest {
				r.Fatalf("%q is kept as %q", name, kept)
			}
			if found, err := s.Search(ctx, name); err != nil || found != kept {
				r.Fatalf("%q is kept as %q and found as %q: %v", name, kept, found, err)
			}
		}
		list, _ := s.Searches(ctx)
		for i, a := range list {
			if slices.ContainsFunc(list[i+1:], func(b saved.Search) bool { return saved.Same(a.Name, b.Name) }) {
				r.Fatalf("twice: %q", list)
			}
		}
	})
}

// What is kept finds what was searched for, or is not kept.
func TestAQueryIsKeptWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	s := shelf()
	longest := strings.Repeat("긴", safe.MaxLen)
	for typed, want := range map[string]string{" cof\tfee\n>3000 ": "cof fee >3000", longest: longest, "가": "가"} {
		if got := save(t, s, "x", typed).Query; got != want {
			t.Errorf("%q is kept as %q", typed, got)
		}
	}
	before := names(t, s)
	_, err := s.SaveSearch(context.Background(), saved.Search{Name: "x", Query: longest + "x"})
	if f := fault.From(err); f == nil || f.Code != fault.TooLarge || names(t, s) != before {
		t.Errorf("%v, and there is %s", err, names(t, s))
	}
}
