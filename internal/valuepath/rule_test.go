package valuepath

import (
	"strings"
	"testing"
	"time"

	"jandon/internal/wallet"
)

func TestEligibleByRule(t *testing.T) {
	t.Parallel()
	b := book(t)
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	voucher := func(face, left int64, with ...func(*wallet.Lot)) wallet.Lot {
		return lot("v", wallet.Prepaid, "voucher", left, append([]func(*wallet.Lot){spends(face, max(0, face-left))}, with...)...)
	}
	for name, c := range map[string]struct {
		lot        wallet.Lot
		rail       string
		code       Code
		rule, from string
		when       time.Time
	}{
		"own money to the bank":            {lot("a", wallet.Prepaid, "bank_transfer", 5000), "bank_transfer", OK, "", "", time.Time{}},
		"points to the bank":               {lot("a", wallet.Earned, "reward", 5000), "bank_transfer", OK, "", "", time.Time{}},
		"phone bill by kind":               {lot("a", wallet.CarrierCredit, "phone_bill", 1100), "bank_transfer", NotEligible, "carrier_no_cash", "2008-03-22", time.Time{}},
		"phone bill by origin":             {lot("a", wallet.Prepaid, "phone_bill", 1100), "mobile_topup", NotEligible, "carrier_no_cash", "2008-03-22", time.Time{}},
		"phone bill given away":            {lot("a", wallet.CarrierCredit, "phone_bill", 1100), "donation", NotEligible, "carrier_no_cash", "2008-03-22", time.Time{}},
		"card by kind":                     {lot("a", wallet.CardFunded, "voucher", 1100), "voucher_refund", NotEligible, "card_no_cash", "1998-01-01", time.Time{}},
		"card by origin, called points":    {lot("a", wallet.Earned, "card", 1100), "savings_jar", NotEligible, "card_no_cash", "1998-01-01", time.Time{}},
		"unknown kind":                     {lot("a", wallet.KindUnknown, "bank_transfer", 1100), "bank_transfer", NotEligible, "unknown_no_cash", "2026-11-01", time.Time{}},
		"origin that nobody knows":         {lot("a", wallet.Prepaid, "found it", 1100), "bank_transfer", NotEligible, "unknown_no_cash", "2026-11-01", time.Time{}},
		"no origin":                        {lot("a", wallet.Prepaid, "", 1100), "donation", NotEligible, "unknown_no_cash", "2026-11-01", time.Time{}},
		"kind from the future":             {lot("a", wallet.Kind(200), "bank_transfer", 1100), "bank_transfer", NotEligible, "rail_terms", "2026-11-01", time.Time{}},
		"promotion to the bank":            {lot("a", wallet.Promotional, "promotion", 1100), "bank_transfer", NotEligible, "promotion_terms", "2026-11-01", time.Time{}},
		"promotion given away":             {lot("a", wallet.Promotional, "promotion", 1100), "donation", OK, "", "", time.Time{}},
		"gift to the bank":                 {lot("a", wallet.Prepaid, "gift", 1100), "bank_transfer", NotEligible, "gift_terms", "2026-11-01", time.Time{}},
		"gift as credit":                   {lot("a", wallet.Prepaid, "gift", 1100), "mobile_topup", OK, "", "", time.Time{}},
		"came in this morning":             {lot("a", wallet.Prepaid, "bank_transfer", 1100, received(noon.Add(-time.Hour))), "bank_transfer", TooEarly, "settling", "2026-11-01", noon.Add(23 * time.Hour)},
		"came in a day ago":                {lot("a", wallet.Prepaid, "bank_transfer", 1100, received(day(-1))), "bank_transfer", OK, "", "", time.Time{}},
		"lapsed":                           {lot("a", wallet.Prepaid, "bank_transfer", 1100, expires(noon)), "mobile_topup", Expired, "expired_lot", "2026-11-01", time.Time{}},
		"lapses in a second":               {lot("a", wallet.Prepaid, "bank_transfer", 1100, expires(noon.Add(time.Second))), "mobile_topup", OK, "", "", time.Time{}},
		"voucher used to 59.99 %":          {voucher(20_000, 8_001), "voucher_refund", NotEligible, "voucher_rest", "2015-04-02", time.Time{}},
		"voucher used to 60 %":             {voucher(20_000, 8_000), "voucher_refund", OK, "", "", time.Time{}},
		"small voucher used to 79.99 %":    {voucher(10_000, 2_001), "voucher_refund", NotEligible, "voucher_rest", "2015-04-02", time.Time{}},
		"small voucher used to 80 %":       {voucher(10_000, 2_000), "voucher_refund", OK, "", "", time.Time{}},
		"voucher of ₩10,001 used to 60 %":  {voucher(10_001, 4_000), "voucher_refund", OK, "", "", time.Time{}},
		"voucher not used":                 {voucher(20_000, 20_000), "voucher_refund", NotEligible, "voucher_rest", "2015-04-02", time.Time{}},
		"voucher paid out to 60 %":         {voucher(20_000, 8_000, spentOf(0)), "voucher_refund", NotEligible, "voucher_rest", "2015-04-02", time.Time{}},
		"voucher used to 59.99 %, a rest":  {voucher(20_000, 1, spentOf(11_999)), "voucher_refund", NotEligible, "voucher_rest", "2015-04-02", time.Time{}},
		"voucher used to 60 %, a rest":     {voucher(20_000, 1, spentOf(12_000)), "voucher_refund", OK, "", "", time.Time{}},
		"voucher that says more than went": {voucher(20_000, 8_001, spentOf(20_000)), "voucher_refund", NotEligible, "voucher_rest", "2015-04-02", time.Time{}},
		"voucher to a bank":                {voucher(20_000, 8_000), "bank_transfer", NotEligible, "voucher_terms", "2026-11-22", time.Time{}},
		"voucher to savings":               {voucher(20_000, 20_000), "savings_jar", NotEligible, "voucher_terms", "2026-11-22", time.Time{}},
		"voucher to credit":                {voucher(20_000, 20_000), "mobile_topup", OK, "", "", time.Time{}},
		"voucher with more than its face":  {voucher(1_000, 20_000), "voucher_refund", NotEligible, "voucher_rest", "2015-04-02", time.Time{}},
		"voucher that has not lapsed":      {voucher(20_000, 20_000, expires(day(9))), "expired_voucher_refund", TooEarly, "voucher_expired", "2015-04-02", day(9)},
		"voucher that lapsed":              {voucher(20_000, 20_000, expires(day(-9))), "expired_voucher_refund", OK, "", "", time.Time{}},
		"voucher of five years":            {voucher(20_000, 20_000, received(noon.AddDate(-5, 0, 0)), expires(day(-9))), "expired_voucher_refund", NotEligible, "voucher_expired", "2015-04-02", time.Time{}},
		"voucher of five years less a day": {voucher(20_000, 20_000, received(noon.AddDate(-5, 0, 1)), expires(day(-9))), "expired_voucher_refund", OK, "", "", time.Time{}},
		"₩50,000 lapsed, larger share":     {voucher(50_000, 9_000, expires(day(-9))), "expired_voucher_refund_large", NotEligible, "voucher_expired_large", "2025-09-16", time.Time{}},
		"₩50,001 lapsed, larger share":     {voucher(50_001, 9_000, expires(day(-9))), "expired_voucher_refund_large", OK, "", "", time.Time{}},
		"card, six days ago, to the card":  {lot("a", wallet.CardFunded, "card", 5000, received(day(-6))), "source_refund", OK, "", "", time.Time{}},
		"card, seven days ago":             {lot("a", wallet.CardFunded, "card", 5000, received(day(-7))), "source_refund", NotEligible, "withdrawal", "2002-07-01", time.Time{}},
		"phone bill, a won used":           {lot("a", wallet.CarrierCredit, "phone_bill", 5000, received(day(-1)), granted(5001)), "source_refund", NotEligible, "withdrawal", "2002-07-01", time.Time{}},
		"unknown to its source":            {lot("a", wallet.KindUnknown, "unknown", 5000, received(day(-1))), "source_refund", NotEligible, "unknown_no_cash", "2026-11-01", time.Time{}},
	} {
		rail, ok := b.Rail(c.rail)
		if !ok {
			t.Fatalf("no rail %s", c.rail)
		}
		v := b.Eligible(c.lot, rail, noon)
		if v.Code != c.code || v.Rule != c.rule || v.Since != c.from || !v.When.Equal(c.when) {
			t.Errorf("%s: %s by %s of %s, %v", name, v.Code, v.Rule, v.Since, v.When)
		}
		if v.Code == OK {
			continue
		}
		for _, lang := range []string{"en", "ko"} {
			say, remedy := says(lang).Say(v.Say), says(lang).Say(v.Remedy)
			if say == "" || remedy == "" || strings.Contains(say+remedy, "{{") || strings.Contains(say+remedy, "0001") {
				t.Errorf("%s: %s: %q, %q", name, lang, say, remedy)
			}
		}
	}
}

// A refusal by provenance holds before its law did and after its terms end.
func TestProvenanceHoldsAtEveryDate(t *testing.T) {
	t.Parallel()
	b := book(t)
	for year := 1950; year < 2100; year += 10 {
		at := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		for _, k := range taintedKinds {
			for i := range b.Rails {
				l := lot("a", k, "bank_transfer", 5000, received(at.Add(-48*time.Hour)))
				if v := b.Eligible(l, &b.Rails[i], at); v.Code == OK && b.Rails[i].Nature != Source {
					t.Errorf("%d: %s goes by %s", year, k, b.Rails[i].ID)
				}
			}
		}
	}
}

// A number that changes in either file makes another catalogue, which both
// sides must have, also where nobody changed its date; a comment does not.
func TestACatalogueIsBothOfItsFiles(t *testing.T) {
	t.Parallel()
	rules, rails := read(t, "rules.toml"), read(t, "rails.toml")
	shipped := book(t).Version
	for name, c := range map[string]struct {
		file, old, new, date string
		same                 bool
	}{
		"newer rules":          {"rules", `version = "2026-11-22"`, `version = "2031-01-01"`, "2031-01-01", false},
		"newer rails":          {"rails", `version = "2026-11-01"`, `version = "2031-01-01"`, "2031-01-01", false},
		"a share, same day":    {"rules", "used_bp = 6000", "used_bp = 6001", "2026-11-22", false},
		"a fee, same day":      {"rails", "fixed = 500", "fixed = 501", "2026-11-22", false},
		"an hour, same day":    {"rails", `to = "16:00"`, `to = "16:30"`, "2026-11-22", false},
		"a law, same day":      {"rules", "제17조제1항", "제17조제2항", "2026-11-22", false},
		"a comment, same day":  {"rules", "# The ways in which", "# All the ways in which", "2026-11-22", true},
		"white space, the day": {"rails", "min = 1000\n", "min   =  1000\n\n", "2026-11-22", true},
	} {
		files := map[string]string{"rules": rules, "rails": rails}
		files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
		if files["rules"] == rules && files["rails"] == rails {
			t.Fatalf("%s: the catalogue does not say %q", name, c.old)
		}
		b, err := Parse([]byte(files["rules"]), []byte(files["rails"]))
		if err != nil {
			t.Fatal(err)
		}
		if DateOf(b.Version) != c.date || (b.Version == shipped) != c.same {
			t.Errorf("%s: version %s, shipped is %s", name, b.Version, shipped)
		}
	}
}

func TestRulesHoldFromTheirDay(t *testing.T) {
	t.Parallel()
	b := book(t)
	rail, _ := b.Rail("expired_voucher_refund_large")
	old := lot("v", wallet.Prepaid, "voucher", 60_000, received(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)), expires(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)))
	before, from := time.Date(2025, 9, 15, 12, 0, 0, 0, time.UTC), time.Date(2025, 9, 16, 0, 0, 0, 0, time.UTC)
	if v := b.Eligible(old, rail, before); v.Code != NotEligible || v.Rule != "voucher_expired_large" {
		t.Errorf("before: %+v", v)
	}
	if v := b.Eligible(old, rail, from); v.Code != OK {
		t.Errorf("from its day: %+v", v)
	}
}

// ₩1,100 of the phone bill: the question of the person who asked why.
func TestWhyCantIConvertMyRemaining1100(t *testing.T) {
	t.Parallel()
	b := book(t)
	out := plan(t, b, ask(b, 1100, lot("a", wallet.CarrierCredit, "phone_bill", 1100, granted(3000))))
	f := out.Refused[0]
	en, ko := says("en"), says("ko")
	if got := en.Say(f.Say); !strings.HasPrefix(got, "This was bought on the phone bill, so we can't pay it out") || !strings.Contains(got, "제72조제1항제4호") {
		t.Error(got)
	}
	if got := ko.Say(f.Remedy); !strings.Contains(got, "환불") || !strings.Contains(got, "1372") {
		t.Error(got)
	}
}

func TestHowMuchOfAVoucherIsLeftToUse(t *testing.T) {
	t.Parallel()
	b := book(t)
	rail, _ := b.Rail("voucher_refund")
	for _, c := range []struct {
		face, left int64
		want       string
	}{{20_000, 15_000, "₩7,000"}, {10_000, 10_000, "₩8,000"}, {10_000, 2_001, "₩1"}, {33_333, 20_000, "₩6,667"}} {
		v := b.Eligible(lot("v", wallet.Prepaid, "voucher", c.left, spends(c.face, c.face-c.left)), rail, noon)
		if got := says("en").Say(v.Remedy); !strings.Contains(got, "Spend "+c.want+" more") {
			t.Errorf("%d of %d: %s", c.left, c.face, got)
		}
	}
}

// Where so much was paid out that spending all that is left is not enough, no
// sentence says that a rest would come back.
func TestAVoucherWithoutARestPromisesNone(t *testing.T) {
	t.Parallel()
	b := book(t)
	rail, _ := b.Rail("voucher_refund")
	for left, want := range map[int64]string{12_000: "rule.voucher_rest.no_rest", 12_001: "rule.voucher_rest.remedy"} {
		v := b.Eligible(lot("v", wallet.Prepaid, "voucher", left, spends(20_000, 0)), rail, noon)
		if v.Remedy.ID != want {
			t.Errorf("₩%d left of ₩20,000, none spent: %s", left, v.Remedy.ID)
		}
		for _, lang := range []string{"en", "ko"} {
			if said := says(lang).Say(v.Remedy); said == "" || strings.Contains(said, "{{") {
				t.Errorf("%s: %q", lang, said)
			}
		}
	}
}
