package history

import "testing"

func TestBriefIsWhatSomebodyMightCallIt(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"커피":                           "커피",
		`merchant:"Café 7" >3000`:      "Café 7 >3000",
		"분류=food  status:pending":      "food pending",
		`"a b" issuer= since:2026-11`:  "a b issuer= 2026-11",
		`merchant:"never closed`:       `merchant:"never closed`,
		"https://x.example 1000..5000": "https://x.example 1000..5000",
		"":                             "",
	} {
		if got := Brief(query); got != want {
			t.Errorf("Brief(%q) = %q, want %q", query, got, want)
		}
	}
}
