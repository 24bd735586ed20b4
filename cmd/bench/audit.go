package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"jandon/internal/audit"
	"jandon/internal/audit/auditjson"
	"jandon/internal/audit/audittest"
)

// labelledDir names a directory with histories.jsonl.gz and truth.jsonl.gz, or
// files whose names end so, to score the audit on. Without it a part of them is
// taken, and what is asked of the whole may be missed by partSlack.
const (
	labelledDir = "JANDON_AUDIT_BENCH"
	partSlack   = 0.015
)

// audits measures what the audit finds, and how long it takes.
func (b *bench) audits(ctx context.Context) error {
	score, lines, spent, err := b.labelled(ctx)
	if err != nil {
		return err
	}
	slack := partSlack
	if os.Getenv(labelledDir) != "" {
		slack = 0
	}
	for _, f := range []struct {
		what     string
		got, bar float64
	}{
		{"series precision", score.Precision(), 0.95}, {"series recall", score.Recall(), 0.94}, {"series F1", score.F1(), 0.95},
		{"active series recall", audittest.Ratio(score.ActiveHit, score.Active), 0.93},
		{"cadences right", audittest.Ratio(score.Cadence, score.Matched), 0.99},
		{"statuses right", audittest.Ratio(score.Status, score.Matched), 0.99},
		{"rises recall", audittest.Ratio(score.RisesHit, score.Rises), 0.91},
		{"price changes precision", audittest.Ratio(score.ChangesHit, score.ChangesHit+score.ChangesFalse), 0.94},
		{"next dates within 2 days", audittest.Ratio(score.Next2, score.NextAll), 0.98},
		{"next dates exact", audittest.Ratio(score.Next0, score.NextAll), 0.90},
		{"all fields right", audittest.Ratio(score.All, score.Core), 0.91},
		{"double charges precision", score.PairPrecision(), 0.93}, {"double charges recall", score.PairRecall(), 0.89},
		{"trials found", audittest.Ratio(score.TrialsHit, score.Trials), 0.95},
	} {
		b.table.atLeast("audit: "+f.what, count{f.got, ""}, count{1, ""}, f.got, f.bar-slack)
	}
	each := spent / time.Duration(lines)
	b.table.atMost(fmt.Sprintf("audit: CPU for a line, %d lines", lines), took(each), took(10*time.Microsecond), ratio(took(each), took(10*time.Microsecond)), 1)
	if err := b.growth(ctx); err != nil {
		return err
	}
	return b.bulk(ctx)
}

// openLabelled reads a labelled file.
func openLabelled(name string) ([]byte, error) {
	dir := os.Getenv(labelledDir)
	if dir == "" {
		root, err := moduleRoot()
		if err != nil {
			return nil, err
		}
		dir = filepath.Join(root, "internal/audit/testdata")
	}
	found, err := filepath.Glob(filepath.Join(dir, "*"+name+".jsonl.gz"))
	if err != nil || len(found) != 1 {
		return nil, fmt.Errorf("%s: want one *%s.jsonl.gz, found %v", dir, name, found)
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// labelled scores the audit; spent is the median CPU time of the engine alone.
func (b *bench) labelled(ctx context.Context) (score audittest.Score, lines int, spent time.Duration, err error) {
	histories, err := openLabelled("histories")
	if err != nil {
		return score, 0, 0, err
	}
	truth, err := openLabelled("truth")
	if err != nil {
		return score, 0, 0, err
	}
	err = audittest.Read(bytes.NewReader(histories), bytes.NewReader(truth), func(in audit.Input, t *audittest.Truth) error {
		r, err := audit.Run(ctx, in)
		if err != nil {
			return err
		}
		score.Add(in.Items, t, &r)
		return nil
	})
	if err != nil {
		return score, 0, 0, err
	}
	medians, err := takeTurns(b.rounds, func() (sum time.Duration, err error) {
		lines = 0
		err = auditjson.Each(bytes.NewReader(histories), func(_ string, in audit.Input) error {
			lines += len(in.Items)
			sum += cpu(func() { _, _ = audit.Run(ctx, in) })
			return nil
		})
		return sum, err
	})
	if err != nil {
		return score, 0, 0, err
	}
	return score, lines, time.Duration(medians[0]), nil
}

// cpu is the processor time that something takes, whoever else is at work;
// collecting garbage beside it counts too.
func cpu(do func()) time.Duration {
	used := func() time.Duration {
		var u syscall.Rusage
		if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
			return 0
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	from := used()
	do()
	return used() - from
}

// growth measures wallets of 5,000 lines, few and many, and one dense history.
func (b *bench) growth(ctx context.Context) error {
	const wallet = 5000
	var few, many time.Duration
	users := b.large / wallet
	for user := range users {
		in := crowded(uint64(user)*7, wallet)
		d := cpu(func() { _, _ = audit.Run(ctx, in) })
		if many += d; user < users/10 {
			few += d
		}
	}
	b.table.atMost(fmt.Sprintf("audit: %d lines in wallets of %d, against a tenth", b.large, wallet), took(many), took(few), ratio(took(many), took(few)), 12)
	one := many / time.Duration(users)
	b.table.atMost(fmt.Sprintf("audit: a wallet of %d lines", wallet), took(one), took(150*time.Millisecond), ratio(took(one), took(150*time.Millisecond)), 1)
	in := crowded(1, 100_000)
	dense := cpu(func() { _, _ = audit.Run(ctx, in) })
	b.table.atMost("audit: one history of 100000 lines", took(dense), took(5*time.Second), ratio(took(dense), took(5*time.Second)), 1)
	return nil
}

// crowded is a history of so many lines: what several made-up people bought,
// as if one had.
func crowded(seed uint64, lines int) audit.Input {
	one := audit.Input{Country: "KR", Currency: "KRW"}
	for ; ; seed++ {
		h := audittest.Make(seed, nil)
		one.AsOf = max(one.AsOf, h.Input.AsOf)
		for _, it := range h.Input.Items {
			if len(one.Items) == lines {
				return one
			}
			it.ID = fmt.Sprintf("%d-%s", seed, it.ID)
			one.Items = append(one.Items, it)
		}
	}
}

// bulk measures the memory of the bulk mode.
func (b *bench) bulk(ctx context.Context) error {
	histories, err := openLabelled("histories")
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, b.jandon, "audit", "--bench")
	c.Env, c.Stderr = append(os.Environ(), "JANDON_HOME="+filepath.Join(b.dir, "bulk")), os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		return err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	wrote := make(chan error, 1)
	go func() { _, err := in.Write(histories); wrote <- err }()
	answers := bufio.NewReader(out)
	for range bytes.Count(histories, []byte("\n")) {
		if err := skipLine(answers); err != nil {
			return fmt.Errorf("audit --bench: %w", err)
		}
	}
	mib, err := highest(c.Process.Pid)
	if err := errors.Join(err, <-wrote, in.Close(), c.Wait()); err != nil {
		return fmt.Errorf("audit --bench: %w", err)
	}
	b.table.atMost("audit: memory while histories stream through", count{mib, "MiB"}, count{64, "MiB"}, mib/64, 1)
	return nil
}

func skipLine(r *bufio.Reader) error {
	for {
		if _, err := r.ReadSlice('\n'); !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// highest is the most memory that a running process ever had, in MiB. What it
// leaves in its account when it ends counts this program's, too.
func highest(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		var kib float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kib); n == 1 {
			return kib / 1024, nil
		}
	}
	return 0, errors.New("the system does not tell")
}
