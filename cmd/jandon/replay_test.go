package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"

	"jandon/internal/session"
	"jandon/ui/replay"
	"jandon/ui/still"
)

func TestReplayVerifies(t *testing.T) {
	t.Parallel()
	rec := student(t)
	if got := try(t, "", "replay", written(t, rec), "--verify"); got.status != 0 || !strings.Contains(got.told, "All ") || got.out != "" {
		t.Errorf("%+v", got)
	}
	rec.Tail.Frames[session.FrameLen*20] ^= 1
	got := try(t, "", "replay", written(t, rec), "--verify")
	if got.status != 1 || !strings.Contains(got.told, "Frame 20 of") || !strings.Contains(got.told, "replay_differs") || !strings.Contains(got.out, " │ ") {
		t.Errorf("%+v", got)
	}
	rec.Partial, rec.Tail = session.ErrCutOff, session.Tail{}
	if got := try(t, "", "replay", written(t, rec), "--verify"); got.status != 4 || !strings.Contains(got.told, "unverifiable") {
		t.Errorf("%+v", got)
	}
}

func TestReplayPrintsFrames(t *testing.T) {
	t.Parallel()
	name := written(t, student(t))
	got := try(t, "", "replay", name, "--frames")
	if got.status != 0 || !strings.Contains(got.out, "--- 0  0:00.000") || !strings.Contains(got.out, "총 보유 금액                  ") {
		t.Errorf("%+v", got)
	}
	if one := try(t, "", "replay", name, "--frames", "--step", "16"); one.status != 0 || strings.Count(one.out, "\n--- ") != 0 || !strings.HasPrefix(one.out, "--- 16 ") {
		t.Errorf("%+v", one)
	}
	if lines := try(t, "", "replay", name, "--plain"); lines.out != got.out {
		t.Error("--plain prints something else than --frames")
	}
	for want, args := range map[string][]string{
		"bad_flag": {"--frames", "--step", "9999"}, "not_together": {"--frames", "--verify"}, "missing_argument": {"--step", "1"}, "no_terminal": nil,
	} {
		if got := try(t, "", append([]string{"replay", name}, args...)...); got.status != 2 || !strings.Contains(got.told, want) {
			t.Errorf("%v: %+v", args, got)
		}
	}
}

// TestACastShowsEveryFrame feeds an asciicast to a terminal, change by change,
// and compares its screen with the frames of the replay.
func TestACastShowsEveryFrame(t *testing.T) {
	t.Parallel()
	rec := student(t)
	file := filepath.Join(t.TempDir(), "seen.cast")
	if got := try(t, "", "replay", written(t, rec), "--cast", file); got.status != 0 || got.told != "" {
		t.Fatalf("%+v", got)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(data, "\x1b\x07\x9b") {
		t.Error("there is a bare control character in the file")
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	lines.Scan()
	var head castHeader
	if err := json.Unmarshal(lines.Bytes(), &head); err != nil || head.Version != 2 || head.Width != 80 || head.Height != 24 {
		t.Fatalf("%+v %v", head, err)
	}
	p, err := replay.Open(rec)
	if err != nil {
		t.Fatal(err)
	}
	term := vt.NewEmulator(head.Width, head.Height)
	defer func() { _ = term.Close() }()
	n, last, compared := 0, 0.0, 0
	for lines.Scan() {
		var event [3]any
		if err := json.Unmarshal(lines.Bytes(), &event); err != nil {
			t.Fatal(err)
		}
		at := event[0].(float64)
		if at < last {
			t.Fatal("time goes back")
		}
		last = at
		if event[1] != "o" {
			t.Fatalf("%v", event)
		}
		if _, err := term.Write([]byte(event[2].(string))); err != nil {
			t.Fatal(err)
		}
		got := strings.TrimRight(still.Text(term.String()), "\n ")
		for ; ; n++ { // the frame that it is; frames that change nothing are left out
			if n == p.Len() {
				t.Fatalf("no frame is like the cast at %v:\n%s", at, got)
			}
			if f := p.Frame(n); f.W > 0 && strings.TrimRight(still.Text(f.Content), "\n ") == got {
				compared++
				break
			}
		}
	}
	if last := strings.TrimRight(still.Text(p.Frame(p.Len()-1).Content), "\n "); compared < 15 || last != strings.TrimRight(still.Text(term.String()), "\n ") {
		t.Errorf("%d frames compared; the last one is\n%s", compared, term.String())
	}
}

func TestReplayDraws(t *testing.T) {
	t.Parallel()
	name := written(t, student(t))
	got := try(t, "", "replay", name, "--svg", "-", "--step", "16")
	if got.status != 0 || !strings.HasPrefix(got.out, "<svg") || !strings.Contains(got.out, ">잔</text>") {
		t.Errorf("%d %s %.300s", got.status, got.told, got.out)
	}
	_, err := exec.LookPath("rsvg-convert")
	got = try(t, "", "replay", name, "--png", "-")
	if err != nil {
		if got.status != 3 || !strings.Contains(got.told, "librsvg2-bin") {
			t.Errorf("%d %s", got.status, got.told)
		}
		return
	}
	image, err := png.Decode(strings.NewReader(got.out))
	if err != nil || image.Bounds().Dx() != (80*9+40)*3/2 {
		t.Errorf("%v %s", err, got.told)
	}
}
