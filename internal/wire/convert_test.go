package wire_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

var word = rapid.StringMatching(`[a-z0-9]{1,8}( [a-z0-9]{1,8})?`)

func instants(t *rapid.T, label string, zero bool) time.Time {
	ms := rapid.Int64Range(0, 4102444800000).Draw(t, label)
	if zero && rapid.Bool().Draw(t, label+" zero") {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func amounts(t *rapid.T, label string, c money.Currency) money.Amount {
	return money.Of(rapid.Int64().Draw(t, label), c)
}

func over[W any](t *rapid.T, v any) W {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var w W
	if err := json.Unmarshal(b, &w); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	return w
}

// What goes over the wire comes back the same.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cur := rapid.SampledFrom([]money.Currency{money.KRW, money.USD}).Draw(t, "currency")
		kind := rapid.SampledFrom(wallet.Kinds()).Draw(t, "kind")
		tx := wallet.Transaction{
			ID: word.Draw(t, "id"), Seq: rapid.Int64Range(0, 1<<53).Draw(t, "seq"), At: instants(t, "at", false),
			Type: wallet.Type(rapid.IntRange(0, 9).Draw(t, "type")), Status: wallet.Status(rapid.IntRange(0, 3).Draw(t, "status")),
			Amount: amounts(t, "amount", cur), Issuer: word.Draw(t, "issuer"), Kind: kind, Merchant: word.Draw(t, "merchant"),
			Category: word.Draw(t, "category"), Channel: word.Draw(t, "channel"), Reason: word.Draw(t, "reason"),
			Contact: word.Draw(t, "contact"), Order: word.Draw(t, "order"), Settlement: word.Draw(t, "bill"), RefundOf: word.Draw(t, "of"),
		}
		lot := wallet.Lot{
			ID: word.Draw(t, "lot"), Issuer: tx.Issuer, Kind: kind, Origin: word.Draw(t, "origin"), Source: tx.ID,
			Granted: amounts(t, "granted", cur), Amount: amounts(t, "left", cur), Spent: amounts(t, "spent", cur), Received: instants(t, "received", false),
			Expires: instants(t, "expires", true),
		}
		bill := wallet.Settlement{
			ID: word.Draw(t, "bill id"), Seq: tx.Seq, Issuer: tx.Issuer, From: instants(t, "from", false), To: instants(t, "to", false),
			Due: instants(t, "due", false), Paid: instants(t, "paid", true), Total: amounts(t, "total", cur), Count: 3,
			Disclosure: []wallet.Disclosure{{Who: word.Draw(t, "who"), What: word.Draw(t, "what"), Why: word.Draw(t, "why")}},
		}
		alert := wallet.Alert{
			ID: word.Draw(t, "alert"), Seq: tx.Seq, At: tx.At, Kind: wallet.AlertExpiry, Issuer: tx.Issuer, Merchant: tx.Merchant,
			Amount: amounts(t, "worth", cur), Transactions: []string{tx.ID}, Lots: []string{lot.ID}, Settlement: bill.ID,
		}
		step := wallet.TrailStep{At: tx.At, Transaction: tx.ID, Type: tx.Type, Lot: lot.ID, Kind: kind, Merchant: tx.Merchant, Amount: lot.Amount}
		all := wallet.Wallet{
			AsOf: tx.At, Seq: tx.Seq, Currency: cur, Lots: []wallet.Lot{lot},
			Issuers: []wallet.Issuer{{ID: tx.Issuer, Name: word.Draw(t, "name"), Sector: "telco", Contact: tx.Contact}},
		}
		same(t, tx, over[wire.Transaction](t, wire.FromTransaction(tx)).Wallet())
		same(t, bill, over[wire.Settlement](t, wire.FromSettlement(bill)).Wallet())
		same(t, alert, over[wire.Alert](t, wire.FromAlert(alert)).Wallet())
		same(t, step, over[wire.TrailStep](t, wire.FromTrailStep(step)).Wallet())
		same(t, all, over[wire.Wallet](t, wire.FromWallet(all, "l")).Wallet())
	})
}

func same[T any](t *rapid.T, want, got T) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("sent %+v\n got %+v", want, got)
	}
}

func TestFaultsCross(t *testing.T) {
	t.Parallel()
	for _, code := range fault.Codes() {
		e := fault.New(code, "what", "t1")
		e.Correlation = "c-1"
		p := wire.FromFault(e, "no such transaction")
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back wire.Problem
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if got := back.Fault(); got.Code != code || got.Args["what"] != "t1" || got.Correlation != "c-1" {
			t.Errorf("%s came back as %v", code, got)
		}
		if back.Status != code.Status() || string(back.Type) != "/problems/"+string(code) {
			t.Errorf("%s: status %d type %s", code, back.Status, back.Type)
		}
	}
	got := wire.Problem{Status: 418, Code: "teapot", CorrelationId: "c-2"}.Fault()
	if got.Code != fault.ServerError || got.Args["status"] != "418" || got.Correlation != "c-2" {
		t.Errorf("an unknown code became %v", got)
	}
}

// Text from outside is filtered while it is decoded, wherever it stands.
func TestOutsideTextIsFiltered(t *testing.T) {
	t.Parallel()
	var tx wire.Transaction
	if err := json.Unmarshal([]byte(`{"id":"t1","merchant":"a\u001b[31mb\u202ec","kind":"prepaid"}`), &tx); err != nil {
		t.Fatal(err)
	}
	for _, r := range string(tx.Merchant) {
		if r < ' ' || r == '\u202e' {
			t.Fatalf("merchant holds %q", string(tx.Merchant))
		}
	}
}
