package platform_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"jandon/internal/platform"
	"jandon/internal/scenario"
	"jandon/internal/wire"
)

// busiest is the scenario with the most lines.
func busiest(b *testing.B) scenario.Plan {
	b.Helper()
	file, err := scenario.Load("creator")
	must(b, err)
	plan, err := file.Generate(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	must(b, err)
	return plan
}

// A whole first sync over HTTP inside the process, in pages of 500.
func BenchmarkSync(b *testing.B) {
	plan := busiest(b)
	var asked atomic.Int64 // who asks as fast as this is slowed down, unless time passes
	p, err := platform.Open(b.Context(), platform.Options{Path: filepath.Join(b.TempDir(), "p.db"), Now: func() time.Time {
		return plan.At.Add(time.Duration(asked.Add(1)) * time.Millisecond)
	}})
	must(b, err)
	defer func() { _ = p.Close() }()
	must(b, p.Seed(b.Context(), plan, nil))
	client := &http.Client{Transport: &http.Transport{DialContext: p.DialAs(plan.Person)}}
	pages, changes := 0, 0
	for b.Loop() {
		for after, more := int64(0), true; more; pages++ {
			r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, fmt.Sprintf("http://inside/v1/changes?limit=500&after=%d", after), nil)
			must(b, err)
			res, err := client.Do(r)
			must(b, err)
			body, err := io.ReadAll(res.Body)
			must(b, err)
			must(b, res.Body.Close())
			var page wire.ChangePage
			must(b, json.Unmarshal(body, &page))
			after, more = page.Seq, page.More
			changes += len(page.Changes)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(pages), "ms/page")
	b.ReportMetric(float64(changes)/b.Elapsed().Seconds(), "changes/s")
}

// A scenario's whole way into a file: open, seed, close.
func BenchmarkSeedScenario(b *testing.B) {
	plan := busiest(b)
	for b.Loop() {
		p, err := platform.Open(b.Context(), platform.Options{Path: filepath.Join(b.TempDir(), "p.db"), Now: func() time.Time { return plan.At }})
		must(b, err)
		must(b, p.Seed(b.Context(), plan, nil))
		must(b, p.Close())
	}
	b.ReportMetric(float64(b.N*len(plan.Steps))/b.Elapsed().Seconds(), "steps/s")
}
