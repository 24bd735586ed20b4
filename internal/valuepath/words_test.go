package valuepath

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jandon/internal/i18n"
)

func TestEveryWordIsSaidAndUsed(t *testing.T) {
	t.Parallel()
	b := book(t)
	var want []string
	for _, r := range b.Rules {
		want = append(want, "rule."+r.ID+".name", "rule."+r.ID+".say", "rule."+r.ID+".remedy")
		if r.UsedBP > 0 {
			want = append(want, "rule."+r.ID+".no_rest")
		}
	}
	for _, r := range b.Rails {
		want = append(want, railName+r.ID)
		if r.Fee.Name != "" {
			want = append(want, feeName+r.Fee.Name)
		}
	}
	for _, c := range append(slices.Clone(telling), NotEligible, Held, TooMuch) {
		want = append(want, whyName+string(c), wayName+string(c))
	}
	for _, w := range tierWords {
		want = append(want, "rail.tier."+w)
	}
	for _, w := range goalWords {
		want = append(want, "rail.goal."+w)
	}
	for _, w := range []string{"path", "leg", "fee_part", "rest_part", "nothing", "way.tier", "spend", "spend_by", "wait", "broker", "broker_rate"} {
		want = append(want, "rail."+w)
	}
	slices.Sort(want)
	want = slices.Compact(want)
	for _, lang := range i18n.Langs() {
		var have []string
		for _, area := range []string{"rule", "rail"} {
			data, err := os.ReadFile("../i18n/" + lang + "/" + area + ".toml")
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range regexp.MustCompile(`(?m)^\[(.+)\]$`).FindAllSubmatch(data, -1) {
				have = append(have, string(found[1]))
			}
		}
		for _, id := range want {
			if !slices.Contains(have, id) {
				t.Errorf("%s has no %s", lang, id)
			}
		}
		for _, id := range have {
			if !slices.Contains(want, id) {
				t.Errorf("%s: %s is said by nobody", lang, id)
			}
		}
	}
}

// accusing are words that a refusal may not use: we say "we can't pay this
// out", never that somebody did wrong.
var accusing = []string{"illegal", "crime", "criminal", "fraud", "launder", "불법", "범죄", "사기", "세탁", "처벌"}

func TestRefusalsNeverAccuse(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs() {
		for _, area := range []string{"rule", "rail"} {
			data, err := os.ReadFile("../i18n/" + lang + "/" + area + ".toml")
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range accusing {
				if strings.Contains(strings.ToLower(string(data)), word) {
					t.Errorf("%s/%s.toml says %q", lang, area, word)
				}
			}
		}
	}
}

// A reason that names its source has a rule's line beside it, which has to add
// something: in the language of the source it names no article again.
func TestARulesLineAddsToItsReason(t *testing.T) {
	t.Parallel()
	again := regexp.MustCompile(`제\d+조|약관|법률|법 `)
	ko := printers()["ko"]
	b := book(t)
	for i := range b.Rules {
		id := "rule." + b.Rules[i].ID
		if name := ko.F(id + ".name"); strings.Contains(ko.F(id+".say", "source", "@", "percent", 60, "years", 5, "days", 7, "face", "₩1", "use", "₩1", "rail", "-", "amount", "₩1", "when", "-"), "@") && again.MatchString(name) {
			t.Errorf("%s names its source twice: %s", b.Rules[i].ID, name)
		}
	}
}
