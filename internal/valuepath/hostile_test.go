package valuepath

import (
	"errors"
	"strings"
	"testing"

	"jandon/internal/fault"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := shipped.ReadFile("data/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// A catalogue that is wrong, or that would let value out that must not leave,
// is refused with the place and what is wrong.
func TestHostileCataloguesAreRefused(t *testing.T) {
	t.Parallel()
	rules, rails := read(t, "rules.toml"), read(t, "rails.toml")
	for name, c := range map[string]struct{ file, old, new, says string }{
		"percent of a won":                {"rails", "unit = 500\n", "unit = 50\n", "is not whole"},
		"cap below floor":                 {"rails", "floor = 800, cap = 3000", "floor = 800, cap = 700", "cap 700 is below floor 800"},
		"negative fee":                    {"rails", "fixed = 500", "fixed = -500", "fee: fixed"},
		"fee of everything":               {"rails", "bp = 200", "bp = 10000", "bp 10000"},
		"fee without name":                {"rails", `name = "transfer", `, "", "it has no name"},
		"min is no whole unit":            {"rails", "min = 1000\nunit = 1000", "min = 1500\nunit = 1000", "not a multiple"},
		"unit of nothing":                 {"rails", "min = 1000\nunit = 1000", "min = 1000\nunit = 0", "unit 0"},
		"negative unit":                   {"rails", "min = 1000\nunit = 1000", "min = 1000\nunit = -1", "unit -1"},
		"unit that overflows":             {"rails", "min = 1000\nunit = 1000", "min = 1000\nunit = 9223372036854775807", "unit"},
		"rail twice":                      {"rails", `id = "book_credit"`, `id = "transit_credit"`, "stands twice"},
		"escape in an id":                 {"rails", `id = "book_credit"`, `id = "book\u001b[2J"`, "is no id"},
		"no nature":                       {"rails", `nature = "gift"`, "", "no nature"},
		"unknown nature":                  {"rails", `nature = "gift"`, `nature = "free"`, "is no nature"},
		"phone bill to cash":              {"rails", `kinds = ["prepaid", "earned"]`, `kinds = ["prepaid", "carrier_credit"]`, "carrier_credit never becomes cash"},
		"card to donation":                {"rails", `kinds = ["prepaid", "earned", "promotional"]`, `kinds = ["card_funded"]`, "card_funded never becomes gift"},
		"unknown kind to source":          {"rails", `kinds = ["prepaid", "carrier_credit", "card_funded"]`, `kinds = ["unknown"]`, "unknown never becomes source"},
		"card origin to cash":             {"rails", `origins = ["voucher"]`, `origins = ["card"]`, "what came by card never becomes cash"},
		"origin nobody knows":             {"rails", `origins = ["voucher"]`, `origins = ["magic"]`, "not known"},
		"condition that is none":          {"rails", `needs = ["voucher_rest"]`, `needs = ["gift_terms"]`, "no condition"},
		"condition nobody knows":          {"rails", `needs = ["voucher_rest"]`, `needs = ["voucher_best"]`, "no condition"},
		"hours turned round":              {"rails", `from = "09:00", to = "16:00"`, `from = "16:00", to = "09:00"`, "is not before"},
		"hour 25":                         {"rails", `from = "09:00"`, `from = "25:00"`, "no time of day"},
		"days that are none":              {"rails", `"mon-fri"`, `"mon-fry"`, "no days"},
		"tier that is none":               {"rails", "verified = { act = 10000000", "vip = { act = 10000000", "is no tier"},
		"day below act":                   {"rails", "act = 50000, day = 50000", "act = 50000, day = 40000", "day's limit"},
		"negative limit":                  {"rails", "act = 50000, day = 50000", "act = -5, day = 50000", "day's limit"},
		"misspelt key":                    {"rails", "destination = true", "destnation = true", "no such key"},
		"amount as text":                  {"rails", "seconds = 432000", `seconds = "432000"`, "line"},
		"a year and a day":                {"rails", "seconds = 432000", "seconds = 99999999", "out of range"},
		"no currency":                     {"rails", `currency = "KRW"`, "", "currency"},
		"no version":                      {"rules", `version = "2026-11-22"`, "", "version"},
		"rule dropped: phone bill":        {"rules", `kinds = ["carrier_credit"]`, `kinds = ["prepaid"]`, "no rule refuses carrier_credit"},
		"rule dropped: card":              {"rules", `origins = ["card"]`, `origins = []`, "no rule refuses what came by card"},
		"rule dropped: unknown":           {"rules", `origins = ["unknown"]`, `origins = []`, "no rule refuses what came by unknown"},
		"donation of the phone bill":      {"rules", `refuses = ["cash", "cash_like", "credit", "gift"]`, `refuses = ["cash", "cash_like", "credit"]`, "as gift"},
		"unknown as a known origin":       {"rules", `origins = ["bank_transfer", `, `origins = ["unknown", "bank_transfer", `, "can't be a known origin"},
		"rule without source":             {"rules", `source = "Jandon simulator, terms of gifts"`, `source = ""`, "no source"},
		"rule without date":               {"rules", "from = 2002-07-01", "", "no date"},
		"rule of no basis":                {"rules", `basis = "law"`, `basis = "custom"`, "basis"},
		"rule twice":                      {"rules", `id = "settling"`, `id = "withdrawal"`, "stands twice"},
		"rule that refuses nothing known": {"rules", `origins = ["gift"]`, "", "no kind or origin"},
		"share over the whole":            {"rules", "used_bp = 6000", "used_bp = 60000", "a share"},
		"rest of more than half":          {"rules", "used_bp = 6000", "used_bp = 5000", "less than half"},
		"small rest of more than half":    {"rules", "small_used_bp = 8000", "small_used_bp = 1000", "less than half"},
		"negative days":                   {"rules", "within_days = 7", "within_days = -7", "out of range"},
		"no rule for lapsed lots":         {"rules", `id = "expired_lot"`, `id = "lapsed_lot"`, "no rule expired_lot"},
		"brokers that pay":                {"rules", "low_bp = 1500", "low_bp = -1500", "broker"},
		"half a file":                     {"rules", `basis = "law"`, `basis = "la`, "line"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, p := rules, rails
			at := &r
			if c.file == "rails" {
				at = &p
			}
			if !strings.Contains(*at, c.old) {
				t.Fatalf("the catalogue does not say %q", c.old)
			}
			*at = strings.Replace(*at, c.old, c.new, 1)
			_, err := Parse([]byte(r), []byte(p))
			var f *fault.Error
			if !errors.As(err, &f) || f.Code != fault.BadFile {
				t.Fatalf("taken, or refused with %v", err)
			}
			if f.Args["file"] != c.file+".toml" || !strings.Contains(f.Args["detail"], c.says) {
				t.Errorf("%s: %q does not say %q", f.Args["file"], f.Args["detail"], c.says)
			}
		})
	}
}

func TestTooManyRailsAreRefused(t *testing.T) {
	t.Parallel()
	rails := read(t, "rails.toml")
	head, body, _ := strings.Cut(rails, "[[rails]]")
	one, _, _ := strings.Cut(body, "[[rails]]")
	for i := range 17 {
		head += "[[rails]]" + strings.Replace(one, `"bank_transfer"`, `"bank_`+string(rune('a'+i))+`"`, 1)
	}
	if _, err := Parse([]byte(read(t, "rules.toml")), []byte(head)); err == nil || !strings.Contains(err.Error(), "17 rails") {
		t.Errorf("17 rails: %v", err)
	}
	if _, err := Parse(nil, nil); err == nil {
		t.Error("nothing at all was taken")
	}
}
