package picture_test

import (
	"encoding/xml"
	"errors"
	"image/color"
	"io"
	"strings"
	"testing"

	"jandon/internal/picture"
)

func row(text string) []picture.Cell {
	var cells []picture.Cell
	for _, r := range text {
		w := 1
		if r >= '가' && r <= '힣' {
			w = 2
		}
		cells = append(cells, picture.Cell{Text: string(r), Width: w})
		if w == 2 {
			cells = append(cells, picture.Cell{})
		}
	}
	return cells
}

func TestLettersStandAtTheirColumns(t *testing.T) {
	t.Parallel()
	svg := string(picture.SVG([][]picture.Cell{row("a가b<")}, picture.Dark))
	for _, want := range []string{`<text x="20" y="38">a</text>`, `<text x="29" y="38">가</text>`, `<text x="47" y="38">b</text>`, `<text x="56" y="38">&lt;</text>`} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in\n%s", want, svg)
		}
	}
}

func TestBlocksAreShapesOfTheirSize(t *testing.T) {
	t.Parallel()
	svg := string(picture.SVG([][]picture.Cell{row("▄▌───↓╭")}, picture.Light))
	for _, want := range []string{
		`<rect x="20" y="32" width="9" height="12"/>`,      // half a cell from below
		`<rect x="29" y="20" width="4.5" height="24"/>`,    // half a cell from the left
		`<rect x="38" y="31.45" width="27" height="1.1"/>`, // three cells of a rule in one piece
		`<path transform="translate(65 20)"`,
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in\n%s", want, svg)
		}
	}
	if strings.Contains(svg, "<text") {
		t.Error("a shape was left to the font")
	}
}

func TestPicturesAreWellFormed(t *testing.T) {
	t.Parallel()
	cells := row("<&>\"'가█▇ ")
	cells[0].Bold, cells[1].Faint, cells[2].Underline, cells[3].Reverse = true, true, true, true
	cells[4].Back, cells[4].Fore = color.Black, color.White
	d := xml.NewDecoder(strings.NewReader(string(picture.SVG([][]picture.Cell{cells, nil, cells}, picture.Dark))))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
