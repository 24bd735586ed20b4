package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"jandon/config"
	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// answer runs a command inside this process and returns its standard output.
func answer(t *testing.T, home string, args ...string) []byte {
	t.Helper()
	var out, told bytes.Buffer
	a := &app{
		in: strings.NewReader(""), out: &out, err: &told, environ: []string{"JANDON_HOME=" + home, "LANG=C.UTF-8"},
		now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) },
	}
	if status := a.run(context.Background(), args); status != 0 {
		t.Fatalf("%v: exit status %d\n%s", args, status, told.String())
	}
	return out.Bytes()
}

// TestAnswersAreDocumented holds every name in every JSON answer to the text
// that `jandon json` shows for that command, and every answer to its version.
func TestAnswersAreDocumented(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	sections := strings.Split(answers, "\n## ")
	section := func(title string) string {
		for _, s := range sections {
			if strings.HasPrefix(s, title) {
				return s
			}
		}
		t.Fatalf("nothing is written about %s", title)
		return ""
	}
	for title, args := range map[string][]string{
		"jandon balance":              {"balance", "--json"},
		"jandon preview":              {"preview", "--amount", "14000", "--json"},
		"jandon limits":               {"limits", "--json"},
		"jandon acts":                 {"acts", "--json"},
		"jandon auto":                 {"auto", "--json"},
		"jandon destinations":         {"destinations", "--json"},
		"jandon devices":              {"devices", "--json"},
		"jandon disputes":             {"disputes", "--json"},
		"jandon history":              {"history", "--json"},
		"jandon audit":                {"audit", "--json"},
		"jandon search":               {"search", "--json"},
		"jandon search --list":        {"search", "--list", "--json"},
		"jandon export --format json": {"export", "--format", "json"},
		"jandon sync":                 {"sync", "--json"},
		"jandon doctor":               {"doctor", "--json"},
		"jandon config":               {"config", "--json"},
		"jandon version":              {"version", "--json"},
	} {
		if args[0] != "doctor" && args[0] != "config" && args[0] != "version" {
			args = append(args, "--demo", "student")
		}
		var got map[string]any
		if err := json.Unmarshal(answer(t, home, args...), &got); err != nil {
			t.Errorf("%s is no JSON: %v", title, err)
			continue
		}
		if got["version"] != 1.0 {
			t.Errorf("%s has version %v", title, got["version"])
		}
		text := section(title)
		if title == "jandon export --format json" {
			text += section("jandon search") // its transactions are as there
		}
		each(got, func(name string) {
			if !strings.Contains(text, `"`+name+`"`) {
				t.Errorf("%s has %q, which is written nowhere", title, name)
			}
		})
	}
}

// TestActsAreDocumented does the same for an act with everything in it, which no
// demo has done yet.
func TestActsAreDocumented(t *testing.T) {
	t.Parallel()
	when, won := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), money.Won(1300)
	a := &app{cfg: &config.Config{Zone: time.UTC}}
	b, err := json.Marshal(actsJSON{Version: version, Acts: []actJSON{a.actOf(act.Act{
		ID: "act-1", Reasons: []act.Reason{{Code: "device_young", Points: 20}}, Made: when, Until: when, Ended: when, Amount: won,
		Subject: act.Payee{Name: "x", ID: "y"},
		Legs:    []act.Leg{{ID: "leg-1", From: []wallet.Draw{{Lot: "l", Amount: won}}, Amount: won, Net: won, Due: when, Ended: when}},
	})}})
	if err != nil {
		t.Fatal(err)
	}
	var got any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(answers, "## jandon acts --json")
	text, _, _ = strings.Cut(text, "## ")
	each(got, func(name string) {
		if !strings.Contains(text, `"`+name+`"`) {
			t.Errorf("%q is written nowhere", name)
		}
	})
}

// each visits the names of all fields, however deep.
func each(v any, visit func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			visit(name)
			each(inner, visit)
		}
	case []any:
		for _, inner := range v {
			each(inner, visit)
		}
	}
}

// TestLotsSumToBalances adds the answer up again: lots to balances to the total.
func TestLotsSumToBalances(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	for _, name := range []string{"everyday", "student", "creator", "empty"} {
		var b balanceJSON
		if err := json.Unmarshal(answer(t, home, "balance", "--demo", name, "--json"), &b); err != nil {
			t.Fatal(err)
		}
		var total int64
		for _, held := range b.Balances {
			var lots int64
			for _, l := range held.Lots {
				lots += l.AmountMinor
			}
			if lots != held.AmountMinor {
				t.Errorf("%s: %s %s is %d, its lots %d", name, held.Name, held.Kind, held.AmountMinor, lots)
			}
			if held.Currency == b.Currency {
				total += held.AmountMinor
			}
		}
		if total != b.TotalMinor {
			t.Errorf("%s: the total is %d, the balances sum to %d", name, b.TotalMinor, total)
		}
	}
}

// TestDaysSumToTheWhole cuts a stretch of days anywhere and compares it with
// its days: weeks that are cut count what was asked for and nothing else.
func TestDaysSumToTheWhole(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	spent := func(args ...string) (sum int64) {
		var h historyJSON
		if err := json.Unmarshal(answer(t, home, append([]string{"history", "--demo", "student", "--json"}, args...)...), &h); err != nil {
			t.Fatal(err)
		}
		for _, w := range h.Weeks {
			var by int64
			for _, g := range w.By {
				by += g.SpentMinor
			}
			if by != w.SpentMinor {
				t.Errorf("%v: week %s is %d, its parts %d", args, w.Week, w.SpentMinor, by)
			}
			sum += w.SpentMinor
		}
		return sum
	}
	var days int64
	for _, day := range []string{"2026-11-04", "2026-11-05", "2026-11-06", "2026-11-07", "2026-11-08", "2026-11-09", "2026-11-10"} {
		days += spent("--since", day, "--until", day, "--by", "merchant")
	}
	if whole := spent("--since", "2026-11-04", "--until", "2026-11-10", "--by", "kind"); whole != days || whole == 0 {
		t.Errorf("the stretch is %d, its days %d", whole, days)
	}
}
