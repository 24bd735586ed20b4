package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"jandon/internal/i18n"
)

// Who is asked for a file and has none is not told that nothing
// is no file, but asked again what they would like.
func TestNoAnswerLeadsBackToTheChoices(t *testing.T) {
	t.Parallel()
	var told bytes.Buffer
	a := &app{in: strings.NewReader("3\n\nq\n"), out: &bytes.Buffer{}, err: &told, words: i18n.Must("en")}
	s, err := a.first(context.Background())
	if s != nil || err != nil {
		t.Fatalf("%v, %v", s, err)
	}
	if got := told.String(); strings.Count(got, "Choice:") != 2 || strings.Contains(got, "is no ") || strings.Contains(got, "no file") {
		t.Errorf("told:\n%s", got)
	}
}
