package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// table gathers the figures.
type table struct {
	rows   []row
	missed int
}

type row struct{ what, figure, against, ratio, bar, verdict string }

// atMost adds a ratio that must not be more than a bar.
func (t *table) atMost(what string, figure, against fmt.Stringer, ratio, bar float64) {
	t.add(what, figure, against, ratio, fmt.Sprintf("≤ %.4g", bar), ratio <= bar)
}

// atLeast adds a ratio that must not be less than a bar.
func (t *table) atLeast(what string, figure, against fmt.Stringer, ratio, bar float64) {
	t.add(what, figure, against, ratio, fmt.Sprintf("≥ %.4g", bar), ratio >= bar)
}

func (t *table) add(what string, figure, against fmt.Stringer, ratio float64, bar string, ok bool) {
	verdict := "ok"
	if !ok {
		verdict = "MISSED"
		t.missed++
	}
	t.rows = append(t.rows, row{what, figure.String(), against.String(), fmt.Sprintf("%.2f", ratio), bar, verdict})
}

func (t *table) print(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "what\tfigure\tagainst\tratio\tbar\t")
	for _, r := range t.rows {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.figure, r.against, r.ratio, r.bar, r.verdict)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if t.missed > 0 {
		return errors.New("a bar was missed")
	}
	return nil
}

// count is a figure with its unit.
type count struct {
	n    float64
	unit string
}

func (c count) String() string { return fmt.Sprintf("%.4g %s", c.n, c.unit) }

// took is a duration, rounded for reading.
type took time.Duration

func (d took) String() string {
	switch t := time.Duration(d); {
	case t >= time.Second:
		return fmt.Sprintf("%.2f s", t.Seconds())
	case t >= time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(t)/1e6)
	default:
		return fmt.Sprintf("%.0f µs", float64(t)/1e3)
	}
}

// takeTurns measures several things in turns and gives the median of each.
func takeTurns(rounds int, things ...func() (time.Duration, error)) ([]took, error) {
	all := make([][]time.Duration, len(things))
	for range rounds {
		for i, thing := range things {
			d, err := thing()
			if err != nil {
				return nil, err
			}
			all[i] = append(all[i], d)
		}
	}
	medians := make([]took, len(things))
	for i, list := range all {
		slices.Sort(list)
		medians[i] = took(list[len(list)/2])
	}
	return medians, nil
}

func ratio(a, b took) float64 { return float64(a) / float64(b) }
