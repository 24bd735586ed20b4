package auditjson_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"jandon/internal/audit"
	"jandon/internal/audit/auditjson"
	"jandon/internal/history"
	"jandon/internal/i18n"
)

// monthly is a history with a charge at the end of each UTC day, which in Seoul
// is the next one.
func monthly(id string, extra string) string {
	var lines []string
	for m := 1; m <= 6; m++ {
		lines = append(lines, fmt.Sprintf(`{"id":"a%d","ts":"2025-%02d-14T23:30:00Z","amount":-9900,"merchant":"Cloud \u004eews","kind":"payment","orig":null,"x":[{"y":[1e3,true]}]}`, m, m))
	}
	return fmt.Sprintf(`{"schema":"s","history_id":%q,"as_of":"2025-06-20","utc_offset":"+09:00","currency":"KRW",%s"transactions":[%s]}`,
		id, extra, strings.Join(lines, ","))
}

func TestBulkAnswersEveryHistory(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	in := monthly("one", "") + "\n\n" + monthly("two", `"date_only":true,`)
	if err := auditjson.Bulk(t.Context(), strings.NewReader(in), &out, i18n.Must("en")); err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(&out)
	for _, id := range []string{"one", "two"} {
		var a auditjson.Answer
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		if a.HistoryID != id || len(a.Series) != 1 || a.Version != 1 {
			t.Fatalf("%+v", a)
		}
		s := a.Series[0]
		if s.Merchant != "Cloud News" || s.Cadence != "monthly" || s.Since != "2025-01-15" || s.Next == nil || *s.Next != "2025-07-15" ||
			s.AnnualCost != 118800 || s.PaidLastYear != 59400 || s.Transactions[0] != "a1" {
			t.Errorf("%s: %+v", id, s)
		}
		if want := "6 charges on day 15 of the month"; s.Evidence[0] != want {
			t.Errorf("%q, want %q", s.Evidence[0], want)
		}
	}
}

func TestEachTellsWhichLineIsWrong(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		`{`, `[]`, `{"as_of":"2025-02-30"}`, `{"transactions":[{"ts":"yesterday"}]}`, `{"transactions":[{"amount":"1"}]}`, `{"a":nul}`,
		`{"history_id":"\q"}`, `{"x":` + strings.Repeat("[", 1000), `{"as_of":"2025-01-01"}}`, `{"utc_offset":"east"}`, "{\"history_id\":\"a\x00b\"}",
	} {
		seen := 0
		err := auditjson.Each(strings.NewReader(monthly("one", "")+"\n"+bad+"\n"), func(string, audit.Input) error { seen++; return nil })
		var line *auditjson.ErrLine
		if !errors.As(err, &line) || line.Number != 2 || seen != 1 {
			t.Errorf("%.40q: %v after %d", bad, err, seen)
		}
	}
}

func TestInstantsFallOnThePersonsDay(t *testing.T) {
	t.Parallel()
	for ts, want := range map[string]string{
		"2025-01-14T14:59:59Z": "2025-01-14", "2025-01-14T15:00:00Z": "2025-01-15", "2025-01-15T00:00:00+09:00": "2025-01-15",
		"1969-12-31T20:00:00Z": "1970-01-01", "2025-01-14": "2025-01-14",
	} {
		in := fmt.Sprintf(`{"as_of":"2025-06-20","utc_offset":"+09:00","transactions":[{"id":"a","ts":%q,"amount":-1,"kind":"payment"}]}`, ts)
		err := auditjson.Each(strings.NewReader(in), func(_ string, in audit.Input) error {
			day, _ := history.ParseDay(want)
			if it := in.Items[0]; it.Day != day || (it.Second < 0) != (len(ts) == 10) {
				t.Errorf("%s: %s, second %d", ts, it.Day, it.Second)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// FuzzEach holds the reader to come to an end, and the engine to bear what it reads.
func FuzzEach(f *testing.F) {
	f.Add(monthly("one", ""))
	f.Add(`{"transactions":[{"orig":{"amount":1.5,"currency":"USD"}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		_ = auditjson.Each(strings.NewReader(text), func(_ string, in audit.Input) error {
			_, err := audit.Run(t.Context(), in)
			return err
		})
	})
}
