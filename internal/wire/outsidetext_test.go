package wire_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"jandon/internal/wire"
)

// bare are the texts in answers that have no filter: they are decoded once more
// or sent back as they are, and never drawn.
var bare = []string{
	"Challenge.Bytes", "Activated.SealedSecret", "SealedSecret.SealedSecret", "Session.Token", "LogPage.Head", "LogPage.Key", "LogLine.Digest",
	"ActPage.NextCursor", "AlertPage.NextCursor", "SettlementPage.NextCursor", "TransactionPage.NextCursor",
}

// Text of a platform passes the filter by its type, so that nobody who reads an
// answer has to think of it. Words of a list have types of their own, which
// say whether a word is known.
func TestEveryTextOfAnAnswerIsFilteredByItsType(t *testing.T) {
	t.Parallel()
	answers := reflect.TypeFor[wire.ClientWithResponsesInterface]()
	seen, found := map[reflect.Type]bool{}, map[string]bool{}
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		if seen[of] || reflect.PointerTo(of).Implements(reflect.TypeFor[json.Unmarshaler]()) {
			return
		}
		seen[of] = true
		switch of.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			walk(of.Elem())
		case reflect.Struct:
			for f := range of.NumField() {
				field := of.Field(f)
				within := field.Type
				for slices.Contains([]reflect.Kind{reflect.Pointer, reflect.Slice, reflect.Map}, within.Kind()) {
					within = within.Elem()
				}
				if within == reflect.TypeFor[string]() {
					found[of.Name()+"."+field.Name] = true
				}
				walk(field.Type)
			}
		}
	}
	for m := range answers.NumMethod() {
		answer := answers.Method(m).Type.Out(0).Elem()
		for f := range answer.NumField() {
			if field := answer.Field(f); strings.Contains(field.Name, "JSON") {
				walk(field.Type)
			}
		}
	}
	if len(seen) < 100 {
		t.Fatalf("only %d types were looked at", len(seen))
	}
	for name := range found {
		if !slices.Contains(bare, name) {
			t.Errorf("%s takes what a platform says as it is", name)
		}
	}
	for _, name := range bare {
		if !found[name] {
			t.Errorf("%s is no text of an answer any more", name)
		}
	}
}
