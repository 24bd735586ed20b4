//go:build outside

package main

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"jandon/keystore"
)

// TestQRCodeIsReadByOthers paints what the terminal shows and lets zbarimg read it.
func TestQRCodeIsReadByOthers(t *testing.T) {
	t.Parallel()
	const uri = "otpauth://totp/Jandon:acc-7F3A99C0D1E2?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Jandon&algorithm=SHA1&digits=6&period=30"
	drawn, err := qrCode(keystore.NewSecret([]byte(uri)))
	if err != nil {
		t.Fatal(err)
	}
	const scale, white, black = 5, "\x1b[97;40m", "\x1b[0m"
	lines := strings.Split(strings.TrimRight(string(drawn), "\n"), "\n")
	width := ansi.StringWidth(lines[0])
	if width > 80 {
		t.Errorf("it is %d cells wide", width)
	}
	img := image.NewGray(image.Rect(0, 0, width*scale, 2*len(lines)*scale))
	for row, line := range lines {
		// On a light terminal only its own colours make it readable.
		line, own := strings.CutPrefix(line, white)
		line, over := strings.CutSuffix(line, black)
		if !own || !over || ansi.StringWidth(line) != width || strings.Contains(line, "\x1b") {
			t.Fatalf("line %d brings other colours: %q", row, line)
		}
		for col, r := range []rune(line) {
			for half := range 2 {
				if r == '█' || half == 0 && r == '▀' || half == 1 && r == '▄' {
					for y := range scale {
						for x := range scale {
							img.SetGray(col*scale+x, (2*row+half)*scale+y, color.Gray{255})
						}
					}
				}
			}
		}
	}
	name := filepath.Join(t.TempDir(), "qr.png")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	out, err := exec.Command("zbarimg", "-q", "--raw", name).Output()
	if got := strings.TrimSpace(string(out)); err != nil || got != uri {
		t.Errorf("zbarimg reads %q (%v)", got, err)
	}
}
