package main

import (
	"jandon/internal/safe"
	"jandon/ui/replay"
)

type sessionJSON struct {
	Version     int           `json:"version"`
	Build       string        `json:"build"`
	Recorded    *string       `json:"recorded"`
	LengthMS    int64         `json:"length_ms"`
	Steps       int           `json:"steps"`
	Sealed      bool          `json:"sealed"`
	Missing     string        `json:"missing"`
	AmountsKept bool          `json:"amounts_kept"`
	Kept        []countJSON   `json:"kept"`
	Replaced    []countJSON   `json:"replaced"`
	LeftOut     []countJSON   `json:"left_out"`
	Errors      []erroredJSON `json:"errors"`
	Gaps        int           `json:"gaps"`
}

type countJSON struct {
	What  string `json:"what"`
	Times int    `json:"times"`
}

type erroredJSON struct {
	Step        int     `json:"step"`
	At          *string `json:"at"`
	AfterMS     int64   `json:"after_ms"`
	Code        string  `json:"code"`
	Correlation string  `json:"correlation"`
	Page        string  `json:"page"`
}

func (a *app) sessionOf(rec *recorded, p *replay.Player) sessionJSON {
	m := rec.Tail.Manifest
	out := sessionJSON{
		Version: version, Build: rec.Build, Recorded: stamp(rec.Began, a.cfg.Zone), Steps: len(rec.Steps), Sealed: rec.sealed,
		Missing: whyOf(rec.Partial), AmountsKept: rec.Kept,
		Kept: countsOf(m.Kept), Replaced: countsOf(m.Replaced), LeftOut: countsOf(m.LeftOut), Errors: []erroredJSON{},
	}
	if n := len(rec.Steps); n > 0 {
		out.LengthMS = rec.Steps[n-1].At.Milliseconds()
	}
	if p != nil {
		out.Gaps = p.Gaps()
	}
	for _, e := range errorsOf(p) {
		out.Errors = append(out.Errors, erroredJSON{
			Step: e.step, At: stamp(e.Time, a.cfg.Zone), AfterMS: e.At.Milliseconds(), Code: string(e.Err.Code),
			Correlation: e.Err.Correlation, Page: e.Page,
		})
	}
	return out
}

func countsOf(counts map[string]int) []countJSON {
	list := make([]countJSON, 0, len(counts))
	for _, what := range sorted(counts) {
		list = append(list, countJSON{short(safe.Text(what), 40), counts[what]})
	}
	return list
}
