package statement_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"jandon/internal/fault"
	"jandon/internal/statement"
)

func ruled(t *testing.T, rules, text string) (statement.Result, error) {
	t.Helper()
	r, err := statement.ParseRules("rules.toml", []byte(rules))
	if err != nil {
		t.Fatal(err)
	}
	o := options(t, "made.csv")
	o.Rules = r
	return statement.Read(t.Context(), strings.NewReader(text), int64(len(text)), o)
}

func TestRules(t *testing.T) {
	t.Parallel()
	cyrillic, err := charmap.Windows1251.NewEncoder().String("дата;кто;сумма\n22.11.2026;Кафе;-4,50\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ rules, text, want string }{
		"columns by name":              {"[columns]\ndate = \"when\"\nmerchant = \"WHERE\"\namount = \"how much\"\n", "when,where,how much\n2026-11-22,Cafe,-5\n", "2026-11-22 00:00 payment KRW -5 Cafe"},
		"columns by number, no header": {"skip = 1\n[columns]\ndate = 2\nmerchant = 1\namount = 4\n", "my bank\nCafe,2026-11-22,99,-5\n", "2026-11-22 00:00 payment KRW -5 Cafe"},
		"columns by number, header":    {"header = true\n[columns]\ndate = 2\nmerchant = 1\namount = 4\n", "w,x,y,z\nCafe,2026-11-22,99,-5\n", "2026-11-22 00:00 payment KRW -5 Cafe"},
		"another column than found":    {"[columns]\namount = \"net amount\"\n", "date,merchant,amount,net amount\n2026-11-22,Cafe,-5,-6\n", "2026-11-22 00:00 payment KRW -6 Cafe"},
		"dates and numbers":            {"dates = \"mdy\"\nnumbers = \"1.234,56\"\ncurrency = \"EUR\"\n", "date;merchant;amount\n11/02/2026;Cafe;-1.234\n", "2026-11-02 00:00 payment EUR -1234.00 Cafe"},
		"sign":                         {"sign = \"positive_spent\"\n", "date,merchant,amount\n2026-11-22,Cafe,5\n2026-11-21,Cafe,-7\n2026-11-21,Cafe,-8\n", "2026-11-22 00:00 payment KRW -5 Cafe; 2026-11-21 00:00 refund KRW 7 Cafe; 2026-11-21 00:00 refund KRW 8 Cafe"},
		"zone":                         {"zone = \"UTC\"\n", "date,merchant,amount\n2026-11-22 20:00,Cafe,-5\n", "2026-11-23 05:00 payment KRW -5 Cafe"},
		"types":                        {"[types]\nabbuchung = \"fee\"\n\"Gut Schrift\" = \"refund\"\n", "date,type,merchant,amount\n2026-11-22,Abbuchung,Bank,-5\n2026-11-22,GUT SCHRIFT,Shop,6\n", "2026-11-22 00:00 fee KRW -5 Bank; 2026-11-22 00:00 refund KRW 6 Shop"},
		"encoding, delimiter":          {"encoding = \"CP1251\"\ndelimiter = \";\"\n[columns]\ndate = \"дата\"\nmerchant = \"кто\"\namount = \"сумма\"\n", cyrillic, "2026-11-22 00:00 payment EUR -4.50 Кафе"},
		"skip":                         {"skip = 2\n", "date,merchant,amount\n2026-01-01,old table,1\ndate,merchant,amount\n2026-11-22,Cafe,-5\n", "2026-11-22 00:00 payment KRW -5 Cafe"},
		"nothing":                      {"", "date,merchant,amount\n2026-11-22,Cafe,-5\n", "2026-11-22 00:00 payment KRW -5 Cafe"},
	} {
		r, err := ruled(t, c.rules, c.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkResult(t, r)
		var got []string
		for _, x := range r.Transactions {
			got = append(got, strings.Join([]string{x.At.In(options(t, "").Zone).Format("2006-01-02 15:04"), x.Type.String(), x.Amount.String(), x.Merchant}, " "))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		}
	}
	_, err = ruled(t, "[columns]\ndate = \"when\"\namount = \"how much\"\n", "a,b\n1,2\n")
	var f *fault.Error
	if !errors.As(err, &f) || f.Args["why"] != "statement.why.columns_missing" {
		t.Errorf("no such columns: %v", err)
	}
}

func TestRulesSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"encoding = \"cp949\"\ndelimitor = \";\"\n": "unknown_key 2 delimitor delimiter",
		"colour = 1\n":                       "strange_key 1 colour ",
		"\nskip = \"three\"\n":               "bad_config 2 skip ",
		"skip = -1\n":                        "bad_config 1 skip ",
		"dates = \"dym\"\n":                  "bad_config 1 dates ",
		"numbers = \"12\"\n":                 "bad_config 1 numbers ",
		"sign = \"minus\"\n":                 "bad_config 1 sign ",
		"zone = \"Seoul\"\n":                 "bad_config 1 zone ",
		"currency = \"won\"\n":               "bad_config 1 currency ",
		"encoding = \"klingon\"\n":           "bad_config 1 encoding ",
		"delimiter = \"ab\"\n":               "bad_config 1 delimiter ",
		"[columns]\ndate = 0\n":              "bad_config 2 columns.date ",
		"[columns]\nmerchand = 1\n":          "unknown_key 2 columns.merchand merchant",
		"[columns]\ndate = true\n":           "bad_config 2 columns.date ",
		"[types]\nx = \"purchase\"\n":        "bad_config 2 types.x ",
		"dates = \"ymd\"\ndates = \"dmy\"\n": "config_syntax",
		"= 1\n":                              "config_syntax",
		"header = 5\n":                       "bad_config 1 header ",
	} {
		_, err := statement.ParseRules("rules.toml", []byte(text))
		var f *fault.Error
		if !errors.As(err, &f) || f.Args["file"] != "rules.toml" {
			t.Errorf("%q: %v", text, err)
			continue
		}
		got := string(f.Code)
		if f.Code != fault.ConfigSyntax {
			got += " " + f.Args["line"] + " " + f.Args["key"] + " " + f.Args["near"]
		}
		if got != want {
			t.Errorf("%q: %s, want %s (%v)", text, got, want, err)
		}
		if f.Code == fault.BadConfig && f.Args["want"] == "" {
			t.Errorf("%q: nothing is said of what would be right", text)
		}
	}
}

func FuzzRules(f *testing.F) {
	f.Add("encoding = \"cp949\"\ndelimiter = \";\"\nskip = 1\ndates = \"dmy\"\nnumbers = \"1.234,56\"\n[columns]\ndate = 1\namount = \"x\"\n[types]\na = \"fee\"\n", "a;x\nb;c\n1.11.2026;-5\n")
	f.Fuzz(func(t *testing.T, rules, text string) {
		r, err := statement.ParseRules("r", []byte(rules))
		if err != nil {
			return
		}
		o := options(t, "x")
		o.Rules = r
		res, err := statement.Read(t.Context(), strings.NewReader(text), int64(len(text)), o)
		if err == nil {
			checkResult(t, res)
		} else if !errors.Is(err, fault.New(fault.BadStatement)) {
			t.Fatal(err)
		}
	})
}
