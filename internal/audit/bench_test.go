package audit_test

import (
	"testing"

	"jandon/internal/audit"
	"jandon/internal/audit/audittest"
	"jandon/internal/history"
)

func labelled(b *testing.B) (inputs []audit.Input, lines int) {
	b.Helper()
	err := audittest.Read(unzip(b, "histories"), unzip(b, "truth"), func(in audit.Input, _ *audittest.Truth) error {
		in.Items = append([]audit.Item(nil), in.Items...)
		inputs, lines = append(inputs, in), lines+len(in.Items)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return inputs, lines
}

// BenchmarkRun is the engine alone, on the labelled histories.
func BenchmarkRun(b *testing.B) {
	inputs, lines := labelled(b)
	b.ReportAllocs()
	for b.Loop() {
		for i := range inputs {
			run(inputs[i])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*lines), "ns/line")
}

// BenchmarkWallet is one wallet of 5,000 lines.
func BenchmarkWallet(b *testing.B) {
	in := dense(b, 5000)
	for b.Loop() {
		run(in)
	}
}

// BenchmarkDense is one history of 100,000 lines in the same years.
func BenchmarkDense(b *testing.B) {
	in := dense(b, 100_000)
	for b.Loop() {
		run(in)
	}
}

// dense is one history out of many, as if one person had lived them all.
func dense(b *testing.B, lines int) audit.Input {
	b.Helper()
	inputs, _ := labelled(b)
	one := audit.Input{AsOf: inputs[0].AsOf, Country: "KR"}
	for round := 0; ; round++ {
		for _, in := range inputs {
			for _, it := range in.Items {
				if len(one.Items) == lines {
					return one
				}
				it.ID = string(rune('a'+round)) + in.AsOf.String() + it.ID
				it.Day += history.Day(round)
				one.Items = append(one.Items, it)
			}
		}
	}
}
