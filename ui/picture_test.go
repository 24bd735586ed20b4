package ui_test

import (
	"fmt"
	"os"
	"testing"

	"jandon/internal/picture"
)

func TestPeek(t *testing.T) {
	w := load(t, "everyday", sunday)
	for _, lang := range []string{"en", "ko"} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			o, c := w.options(lang)
			s := open(t, o, c, size[0], size[1])
			name := fmt.Sprintf("/tmp/ui/home-%s-%d", lang, size[0])
			os.WriteFile(name+".svg", s.Picture(picture.Dark), 0o644)
			if err := s.Check(); err != nil {
				t.Error(err)
			}
			s.Press(":")
			os.WriteFile(name+"-palette.svg", s.Picture(picture.Dark), 0o644)
			s.Press("esc", "?")
			os.WriteFile(name+"-help.svg", s.Picture(picture.Dark), 0o644)
		}
	}
}
