package statement_test

import (
	"strings"
	"testing"

	"jandon/internal/money"
	"jandon/internal/statement"
)

// What a line was in the merchant's own currency is read however a file says it.
func TestPricesInTheMerchantsCurrency(t *testing.T) {
	t.Parallel()
	usd := func(minor int64) money.Amount { return money.Of(minor, money.USD) }
	for name, c := range map[string]struct {
		text   string
		amount money.Amount
		price  money.Amount
		lost   int // prices that were said and not understood
	}{
		"a card's columns":            {"이용일자,가맹점명,통화,현지금액,이용금액\n2026-11-20,NETFLIX,USD,4.75,6500\n", money.Won(-6500), usd(475), 0},
		"columns of its own":          {"이용일,가맹점명,이용금액,현지통화,현지이용금액\n2026-11-20,NETFLIX,6500,USD,4.75\n", money.Won(-6500), usd(475), 0},
		"the currency in the header":  {"이용일자,가맹점명,이용금액(USD),이용금액(원)\n2026-11-20,NETFLIX,4.75,\"6,500\"\n", money.Won(-6500), usd(475), 0},
		"the other way round":         {"이용일자,가맹점명,이용금액(원),이용금액(USD)\n2026-11-20,NETFLIX,\"6,500\",4.75\n", money.Won(-6500), usd(475), 0},
		"usd amount":                  {"date,merchant,amount,usd amount\n2026-11-20,NETFLIX,-6500,4.75\n", money.Won(-6500), usd(475), 0},
		"usd amount first":            {"date,merchant,usd amount,amount\n2026-11-20,NETFLIX,4.75,-6500\n", money.Won(-6500), usd(475), 0},
		"foreign amount, currency":    {"date,description,amount (KRW),currency,foreign amount\n2026-11-20,NETFLIX,-6500,USD,4.75\n", money.Won(-6500), usd(475), 0},
		"a mark beside the price":     {"이용일자,가맹점명,이용금액,해외이용금액\n2026-11-20,NETFLIX,6500,US$ 4.75\n", money.Won(-6500), usd(475), 0},
		"yen, which have no decimals": {"이용일자,가맹점명,이용금액,현지통화,현지금액\n2026-11-20,ローソン,9100,JPY,\"1,000\"\n", money.Won(-9100), money.Of(1000, "JPY"), 0},
		"an amount in dollars alone":  {"date,merchant,amount (USD)\n2026-11-20,NETFLIX,-4.75\n", usd(-475), money.Amount{}, 0},
		"the same currency":           {"이용일자,가맹점명,이용금액,현지통화,현지금액\n2026-11-20,커피,6500,KRW,6500\n", money.Won(-6500), money.Amount{}, 0},
		"no price on this line":       {"이용일자,가맹점명,통화,현지금액,이용금액\n2026-11-20,커피,,,6500\n", money.Won(-6500), money.Amount{}, 0},
		"what is no number":           {"이용일자,가맹점명,이용금액,현지통화,현지금액\n2026-11-20,커피,6500,USD,없음\n", money.Won(-6500), money.Amount{}, 1},
		"a rate that is no number":    {"<OFX><CURDEF>KRW<STMTTRN><DTPOSTED>20261120<TRNAMT>-6500<FITID>1<NAME>NETFLIX<ORIGCURRENCY><CURRATE>1e999999<CURSYM>USD</ORIGCURRENCY></STMTTRN></OFX>", money.Won(-6500), money.Amount{}, 1},
		"no price, as a dash says":    {"이용일자,가맹점명,이용금액,현지통화,현지금액\n2026-11-20,커피,6500,-,-\n", money.Won(-6500), money.Amount{}, 0},
		"no price, as a zero says":    {"이용일자,가맹점명,이용금액,현지통화,현지금액\n2026-11-20,커피,6500,,0.00\n", money.Won(-6500), money.Amount{}, 0},
		"a currency that is none":     {"이용일자,가맹점명,이용금액,현지통화,현지금액\n2026-11-20,커피,6500,??,4.75\n", money.Won(-6500), money.Amount{}, 1},
		"amount and currency":         {"date,merchant,currency,amount\n2026-11-20,NETFLIX,USD,-4.75\n", usd(-475), money.Amount{}, 0},
		"a journal's other side":      {"2026-11-20 NETFLIX\n    expenses:media  4.75 USD @@ 6500 KRW\n    assets:card  -6500 KRW\n", money.Won(-6500), usd(475), 0},
		"a journal's price in all":    {"2026-11-20 NETFLIX\n    assets:card  -6500 KRW @@ 4.75 USD\n    expenses:media  6500 KRW @@ 4.75 USD\n", money.Won(-6500), usd(475), 0},
		"a journal's price of one":    {"2026-11-20 NETFLIX\n    assets:card  -6500 KRW @ 0.001 USD\n    expenses:media  6500 KRW @ 0.001 USD\n", money.Won(-6500), usd(650), 0},
	} {
		r := mustRead(t, c.text)
		if len(r.Transactions) != 1 {
			t.Errorf("%s: %d lines, skipped %v", name, len(r.Transactions), r.Skipped)
			continue
		}
		if lost := r.Reasons[statement.LostPrice]; lost != c.lost || len(r.Skipped) != lost {
			t.Errorf("%s: %v", name, r.Skipped)
		}
		if x := r.Transactions[0]; x.Amount != c.amount || x.Original != c.price {
			t.Errorf("%s: %v at %v, want %v at %v; %+v", name, x.Amount, x.Original, c.amount, c.price, r.Detected.Columns)
		}
	}
}

// A rules file names the column that nobody would recognise.
func TestPricesByRules(t *testing.T) {
	t.Parallel()
	rules, err := statement.ParseRules("r.toml", []byte("[columns]\ndate = \"A\"\nmerchant = \"B\"\namount = \"C\"\noriginal = \"D\"\noriginal_currency = \"E\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	o := options(t, "card")
	o.Rules = rules
	r, err := statement.Read(t.Context(), strings.NewReader("A,B,C,D,E\n2026-11-20,NETFLIX,-6500,4.75,USD\n"), -1, o)
	if err != nil || len(r.Transactions) != 1 || r.Transactions[0].Original != money.Of(475, money.USD) || r.Transactions[0].Amount.Minor != -6500 {
		t.Errorf("%v: %+v", err, r.Transactions)
	}
}
