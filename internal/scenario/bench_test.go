package scenario_test

import (
	"testing"

	"jandon/internal/scenario"
)

func BenchmarkGenerate(b *testing.B) {
	for _, c := range []struct {
		name  string
		years int
	}{{"everyday", 0}, {"everyday", 10}, {"creator", 0}, {"creator", 10}} {
		name := c.name
		if c.years > 0 {
			name += "-in-10-years"
		}
		b.Run(name, func(b *testing.B) {
			f, err := scenario.Load(c.name)
			if err != nil {
				b.Fatal(err)
			}
			steps := 0
			for b.Loop() {
				p, err := f.Generate(now.AddDate(c.years, 0, 0))
				if err != nil {
					b.Fatal(err)
				}
				steps = len(p.Steps)
			}
			b.ReportMetric(float64(steps), "steps")
		})
	}
}

func BenchmarkPlay(b *testing.B) {
	p := plan(b, "creator", now)
	for b.Loop() {
		if _, err := p.Play(); err != nil {
			b.Fatal(err)
		}
	}
}
