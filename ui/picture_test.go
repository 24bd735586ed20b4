package ui_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"jandon/internal/picture"
)

// TestPicturesShowTheScreenAsItIs compares the pictures of README and docs with
// what the screen shows; "make frames" draws them anew.
func TestPicturesShowTheScreenAsItIs(t *testing.T) {
	t.Parallel()
	w := load(t, "everyday", sunday)
	for _, p := range []struct {
		name, lang, theme string
		width, height     int
		keys              []string
	}{
		{"home", "en", "dark", 120, 40, nil},
		{"history", "en", "dark", 120, 40, []string{"2", "[", "down", "down", "down"}},
		{"home-ko", "ko", "light", 120, 40, nil},
		{"history-ko", "ko", "light", 80, 24, []string{"2", "[", "down", "down", "down"}},
		{"search", "en", "light", 80, 24, []string{"2", "/", "c", "o", "f", "f", "e", "e", "enter"}},
		{"subscriptions", "en", "dark", 120, 40, []string{"3", "down", "down"}},
		{"review-ko", "ko", "light", 80, 24, []string{"4"}},
		{"commands-ko", "ko", "dark", 80, 24, []string{":"}},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			o, c := w.options(p.lang)
			o.Theme = p.theme
			s := open(t, o, c, p.width, p.height)
			s.Press(p.keys...)
			scheme := picture.Dark
			if p.theme == "light" {
				scheme = picture.Light
			}
			file, got := filepath.Join("..", "testdata", "frames", p.name+".svg"), s.Picture(scheme)
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not what the screen shows (%v); run: make frames", file, err)
			}
		})
	}
}
