package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/picture"
	"jandon/internal/safe"
	"jandon/ui/replay"
	"jandon/ui/still"
)

// reshowing is how a recording is shown again: on screen, or one of the others.
type reshowing struct {
	identity       string
	verify, frames bool
	step           int // -1: not given
	cast, svg, png string
}

// replay shows a recording. It opens that file and nothing else of this
// computer, and asks no network.
func (a *app) replay() *cobra.Command {
	var r reshowing
	c := a.watching("replay FILE", "cli.replay", func(cmd *cobra.Command, args []string) error {
		if err := r.one(cmd); err != nil {
			return err
		}
		return a.reshow(cmd.Context(), args[0], r)
	})
	identityFlag(c, &r.identity)
	f := c.Flags()
	f.BoolVar(&r.verify, "verify", false, "cli.flag.verify")
	f.BoolVar(&r.frames, "frames", false, "cli.flag.frames")
	f.IntVar(&r.step, "step", -1, "cli.flag.step")
	for name, out := range map[string]*string{"cast": &r.cast, "svg": &r.svg, "png": &r.png} {
		f.StringVar(out, name, "", "cli.flag."+name)
		must(c.MarkFlagFilename(name))
	}
	return c
}

// one sees to it that one thing is asked for.
func (r *reshowing) one(c *cobra.Command) error {
	first := ""
	for _, name := range []string{"verify", "frames", "cast", "svg", "png"} {
		if !c.Flags().Changed(name) {
			continue
		}
		if first != "" {
			return fault.New(fault.Together, "name", "--"+first, "value", "--"+name)
		}
		first = name
	}
	if c.Flags().Changed("step") && (first == "" || first == "verify" || first == "cast") {
		return fault.New(fault.MissingArg, "name", "--step", "want", "--frames | --svg FILE | --png FILE")
	}
	return nil
}

func (a *app) reshow(ctx context.Context, name string, r reshowing) error {
	onScreen := !r.verify && !r.frames && r.cast == "" && r.svg == "" && r.png == ""
	if onScreen && a.cfg.Plain {
		onScreen, r.frames = false, true
	}
	if onScreen {
		if err := a.needTerminal(); err != nil {
			return err
		}
	}
	rec, err := a.openRecording(ctx, name, r.identity)
	if err != nil {
		return err
	}
	p, err := replay.Open(rec.Recording)
	if err != nil {
		return fault.Wrap(err, fault.BadRecording, "file", name, "detail", a.text().T("cli.session.why.strange"))
	}
	if r.step >= p.Len() {
		return fault.New(fault.BadFlag, "name", "--step", "value", strconv.Itoa(r.step), "want", fmt.Sprintf("0 … %d", p.Len()-1))
	}
	switch {
	case r.verify:
		return a.verify(rec, p)
	case r.frames:
		return a.printFrames(ctx, p, r.step)
	case r.cast != "":
		var b bytes.Buffer
		if err := writeCast(&b, p); err != nil {
			return fault.Wrap(err, fault.Internal)
		}
		return a.give(r.cast, b.Bytes())
	case r.svg != "":
		return a.give(r.svg, a.picture(p, r.step))
	case r.png != "":
		image, err := rasterized(ctx, a.picture(p, r.step))
		if err != nil {
			return err
		}
		return a.give(r.png, image)
	}
	show, err := replay.NewShow(p, replay.ShowOptions{Lang: a.cfg.Lang, Light: a.cfg.Theme == "light", Mono: a.cfg.Color == "never"})
	if err != nil {
		return err
	}
	return a.draw(ctx, show, nil)
}

// verify compares every frame with what was drawn when the recording ended.
func (a *app) verify(rec *recorded, p *replay.Player) error {
	first, known, err := p.Verify()
	switch {
	case err != nil:
		return err
	case !known:
		return fault.New(fault.Unverifiable, "file", rec.name)
	case first == nil:
		a.note(a.text().N("cli.replay.same", p.Len()))
		return nil
	}
	own, _ := build()
	t := a.text()
	var s sheet
	s.free(t.F("cli.replay.builds", "Recorded", short(rec.Build, 60), "Own", own), plainInk)
	beside := "cli.replay.beside"
	if first.Recorded == nil {
		beside = "cli.replay.beside_before"
	}
	s.free(t.F(beside, "Step", first.Step), plainInk)
	s.blank()
	w, _, _ := terminal(a.out)
	for line := range strings.SplitSeq(strings.TrimSuffix(still.Text(first.Beside(w)), "\n"), "\n") {
		s.free(line, plainInk)
	}
	if err := a.print(&s); err != nil {
		return err
	}
	return fault.New(fault.ReplayDiffers, "step", strconv.Itoa(first.Step), "steps", strconv.Itoa(p.Len()))
}

// printFrames prints frames as text: one, or all that differ from the one before.
func (a *app) printFrames(ctx context.Context, p *replay.Player, step int) error {
	from, to := 0, p.Len()
	if step >= 0 {
		from, to = step, step+1
	}
	for n := from; n < to; n++ {
		if err := ctx.Err(); err != nil {
			return fault.Wrap(err, fault.Canceled)
		}
		i, f := p.Info(n), p.Frame(n)
		var b strings.Builder
		fmt.Fprintf(&b, "--- %d  %s  %s\n", n, elapsed(i.At), safe.Text(i.Say(a.text())))
		if n == from || f.Hash != p.Frame(n-1).Hash {
			b.WriteString(still.Text(f.Content))
		}
		if err := all(a.out, []byte(b.String())); err != nil {
			return err
		}
	}
	return nil
}

// picture is a frame as an SVG, the last one if no step was named.
func (a *app) picture(p *replay.Player, step int) []byte {
	if step < 0 {
		step = p.Len() - 1
	}
	f := p.Frame(step)
	scheme := picture.Dark
	if p.Light(step) {
		scheme = picture.Light
	}
	return still.Picture(still.Cells(f.Content, f.W, f.H), scheme)
}

// rasterized makes a PNG of an SVG, with librsvg's program: fonts and shapes are
// its trade.
func rasterized(ctx context.Context, svg []byte) ([]byte, error) {
	const tool = "rsvg-convert"
	path, err := exec.LookPath(tool)
	if err != nil {
		return nil, fault.Wrap(err, fault.NoTool, "name", tool, "package", "librsvg2-bin")
	}
	c := exec.CommandContext(ctx, path, "--zoom", "1.5", "--format", "png")
	var image, said bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(svg), &image, &said
	if err := c.Run(); err != nil {
		return nil, fault.Wrap(fmt.Errorf("%w: %s", err, said.String()), fault.Internal)
	}
	return image.Bytes(), nil
}

// give writes a file that a person named, or standard output for "-".
func (a *app) give(name string, data []byte) error {
	if name == "-" {
		return all(a.out, data)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return unwritten(name, err)
	}
	return nil
}
