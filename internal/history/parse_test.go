package history_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
)

func TestParseQuery(t *testing.T) {
	t.Parallel()
	day := func(s string) *history.Day {
		d, err := history.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	n := func(i int64) *int64 { return &i }
	k := func(k wallet.Kind) *wallet.Kind { return &k }
	for text, want := range map[string]history.Query{
		"":                              {},
		"  스타  cafe ":                   {Text: "스타 cafe"},
		`"gs  25" merchant:gs`:          {Text: `"gs 25"`, MerchantLike: "gs"},
		`merchant="스타벅스 강남"`:            {Merchant: "스타벅스 강남"},
		`merchant="a""b"`:               {Merchant: `a"b`},
		`merchant=`:                     {Without: history.ByMerchant},
		"category:카페 issuer=kakao":      {CategoryLike: "카페", Issuer: "kakao"},
		"kind:carrier_credit":           {Kind: k(wallet.CarrierCredit)},
		"KIND:unknown":                  {Kind: k(wallet.KindUnknown)},
		"type:refund status:pending":    {Type: wallet.Refund, Status: wallet.Pending},
		">=1000":                        {Min: n(1000)},
		">1000 <5,000":                  {Min: n(1001), Max: n(4999)},
		"≥1,000원 ≤₩5000":                {Min: n(1000), Max: n(5000)},
		"=500":                          {Min: n(500), Max: n(500)},
		"1000..5000":                    {Min: n(1000), Max: n(5000)},
		"..5000":                        {Max: n(5000)},
		"amount:>1000":                  {Min: n(1001)},
		"currency:usd >=0.99":           {Currency: "USD", Min: n(99)},
		">=0.99 통화:USD":                 {Currency: "USD", Min: n(99)},
		"since:2026-11-01":              {From: day("2026-11-01")},
		"from:2026-11 to:2026":          {From: day("2026-11-01"), To: day("2026-12-31")},
		"until:2024-02":                 {To: day("2024-02-29")},
		"week:2026-W47":                 {From: day("2026-11-16"), To: day("2026-11-22")},
		"day:2026-11-22":                {From: day("2026-11-22"), To: day("2026-11-22")},
		"month:2026-12 가맹점:커피":          {From: day("2026-12-01"), To: day("2026-12-31"), MerchantLike: "커피"},
		"without:category":              {Without: history.ByCategory},
		"bill:b1":                       {Settlement: "b1"},
		"https://example.com 12:30 a=b": {Text: "https://example.com 12:30 a=b"},
		`"type:x"`:                      {Text: `"type:x"`},
		"커피 \x1b[31m":                   {Text: "커피 \ufffd[31m"},
	} {
		got, err := history.ParseQuery(text, money.KRW)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("ParseQuery(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
}

func TestParseQueryNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"since:2026-02-30":                    {"since:2026-02-30", "since:2026-11-01"},
		"coffee week:2026-W54":                {"week:2026-W54", "week:2026-W47"},
		"day:2026-11":                         {"day:2026-11", "day:2026-11-22"},
		"kind:gold":                           {"kind:gold", "kind:prepaid|earned|"},
		"type:":                               {"type:", "payment|"},
		"status:unknown":                      {"status:unknown", "pending|posted|refunded"},
		">=abc":                               {">=abc", ">=1000"},
		">=-5":                                {">=-5", ">=1000"},
		"<0":                                  {"<0", ">=1000"},
		">=1.5":                               {">=1.5", ">=1000"},
		"=>5":                                 {"=>5", ">=1000"},
		">5000 <1000":                         {"<1000", "1000..5000"},
		"5..x":                                {"5..x", "1000..5000"},
		"colour:red":                          {"colour:red", "merchant:"},
		"merchant:":                           {"merchant:", "merchant:…"},
		"currency:원":                          {"currency:원", "currency:KRW"},
		`coffee "to go`:                       {`"to go`, `"to go"`},
		"since:2026-11-22 until:2026-11-01":   {"since:2026-11-22 until:2026-11-01", "since:2026-11-01 until:2026-11-22"},
		"without:kind":                        {"without:kind", "category|merchant|issuer"},
		">=9223372036854775807":               {">=9223372036854775807", ">=1000"},
		"currency:" + strings.Repeat("x", 10): {"currency:xxxxxxxxxx", "KRW"},
	} {
		_, err := history.ParseQuery(text, money.KRW)
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != fault.BadQuery {
			t.Errorf("ParseQuery(%q): %v", text, err)
			continue
		}
		if f.Args["part"] != want[0] || !strings.Contains(f.Args["want"], want[1]) || f.Args["value"] != text {
			t.Errorf("ParseQuery(%q): %v", text, f)
		}
	}
}

func TestQueryComesBackFromItsText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			return safe.Text(rapid.OneOf(
				rapid.SampledFrom([]string{"", "스타벅스 강남", `a"b`, `"`, "type:x", ">=5", "..5", "=", "a=b", `x:"y z"`, "커피"}), rapid.StringN(0, 12, -1),
			).Draw(t, "s"))
		})
		var q history.Query
		q.Text = strings.ReplaceAll(text.Draw(t, "text"), `"`, "")
		for _, field := range []*string{&q.Merchant, &q.Category, &q.Issuer, &q.MerchantLike, &q.CategoryLike, &q.IssuerLike, &q.Settlement} {
			if rapid.IntRange(0, 3).Draw(t, "set") == 0 {
				*field = text.Draw(t, "field")
			}
		}
		q.Without = rapid.SampledFrom([]history.Dimension{0, 0, history.ByCategory, history.ByMerchant, history.ByIssuer}).Draw(t, "without")
		q.Type = wallet.Type(rapid.IntRange(0, 9).Draw(t, "type"))
		q.Status = wallet.Status(rapid.IntRange(0, 3).Draw(t, "status"))
		q.Currency = rapid.SampledFrom([]money.Currency{"", "KRW", "USD"}).Draw(t, "currency")
		if rapid.Bool().Draw(t, "kinded") {
			kind := wallet.Kind(rapid.IntRange(0, 5).Draw(t, "kind"))
			q.Kind = &kind
		}
		if rapid.Bool().Draw(t, "sized") {
			low := rapid.Int64Range(0, 1e12).Draw(t, "min")
			high := low + rapid.Int64Range(0, 1e12).Draw(t, "more")
			q.Min, q.Max = &low, &high
		}
		if rapid.Bool().Draw(t, "dated") {
			from := history.Day(rapid.IntRange(-700_000, 2_000_000).Draw(t, "from"))
			q = q.Between(from, from+history.Day(rapid.IntRange(0, 900).Draw(t, "days")))
		}
		written := q.String()
		got, err := history.ParseQuery(written, money.KRW)
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		if got.String() != written {
			t.Fatalf("%s came back as %s", written, got)
		}
		wordless := func(q history.Query) history.Query { q.Text = ""; return q }
		if !reflect.DeepEqual(wordless(got), wordless(q)) {
			t.Fatalf("%s\n got %#v\nwant %#v", written, got, q)
		}
	})
}

func FuzzParseQuery(f *testing.F) {
	f.Add(`merchant="a b" >=1000 since:2026-11-01 커피`)
	f.Add(`"a" b"c d" 1..2 kind:earned`)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := history.ParseQuery(text, money.KRW)
		if err != nil {
			return
		}
		written := q.String()
		if again, err := history.ParseQuery(written, money.KRW); err != nil || again.String() != written {
			t.Fatalf("%q became %q, then %q, %v", text, written, again, err)
		}
	})
}
