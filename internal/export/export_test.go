package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jandon/internal/export"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

var seoul = time.FixedZone("Asia/Seoul", 9*3600)

// hostile are merchants and categories as nobody should be called.
var hostile = []string{
	"Cafe", "카페 온", `"; 2026-01-01 * "theft"`, "a;b|c", "(void)", "=cmd()", "x:y:z", "  two  spaces", "!", "*", `back\slash`, "-", "",
	"%s %d", "a  b", "A B", "a b", "소비; 끝", "€uro", "1st", "[virtual]", "<tag>", "tag:value, other:value", "@SUM(A1)", "ßtrasse", "é",
	"'quoted'", "'=cmd()", "[2026-99-99]", "date:never", "~ monthly", "= auto", "include /etc/passwd", "P 2026-01-01 KRW 1 USD",
}

// numbers of orders and charges: some lines have both, the same one twice, or a long one.
var numbers = []string{"", "30012345", "", "A-1", "2026031400017-00000000000000000000-1"}

// book is a history with every type of line, hostile texts and two currencies.
func book() *history.Book {
	var list []wallet.Transaction
	at := time.Date(2026, 1, 5, 23, 30, 0, 0, time.UTC)
	types := []wallet.Type{
		wallet.Payment, wallet.Topup, wallet.Refund, wallet.Earn, wallet.Expire, wallet.TransferIn, wallet.TransferOut, wallet.Conversion, wallet.FeeCharge,
	}
	for i := range 9 * len(hostile) {
		minor := int64(-100 - i)
		typ := types[i%len(types)]
		if typ.Receives() || typ == wallet.Refund {
			minor = -minor
		}
		c := money.KRW
		if i%17 == 0 {
			c = money.USD
		}
		channel := "app"
		if i%5 == 0 {
			channel = "phone_bill"
		}
		original := money.Amount{} // the price in the merchant's own currency, of some
		switch {
		case i%4 == 1 && c == money.KRW:
			original = money.Of(int64(99+i), money.USD)
		case i%4 == 2:
			original = money.Of(int64(1+i*7), "JPY")
		}
		list = append(list, wallet.Transaction{
			Original: original,
			ID:       fmt.Sprintf("t(%d)", i), At: at.Add(time.Duration(i) * 7 * time.Hour), Type: typ, Status: wallet.Posted,
			Amount: money.Of(minor, c), Issuer: hostile[i%3], Kind: wallet.Kinds()[i%6], Merchant: hostile[i%len(hostile)],
			Category: hostile[(i*7)%len(hostile)], Channel: channel, Reason: hostile[(i*3)%len(hostile)],
			Order: numbers[i%len(numbers)], Approval: numbers[(i*3+1)%len(numbers)],
		})
	}
	return history.NewBook(list, history.BookOptions{Zone: seoul})
}

func written(t *testing.T, f export.Format, b *history.Book) string {
	t.Helper()
	ctx := context.Background()
	span, err := b.Span(ctx)
	if err != nil {
		t.Fatal(err)
	}
	head := export.Head{Zone: seoul, Currency: span.Currency, First: span.First, Name: func(id string) string { return id }}
	var out bytes.Buffer
	if err := export.Write(&out, f, head, export.Oldest(ctx, b, history.Query{})); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCSVHoldsEveryLineOldestFirst(t *testing.T) {
	t.Parallel()
	b := book()
	rows, err := csv.NewReader(strings.NewReader(written(t, export.CSV, b))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+9*len(hostile) {
		t.Fatalf("%d lines, want %d and a header", len(rows), 9*len(hostile))
	}
	if got := strings.Join(rows[1][:6], "|"); got != "2026-01-06|08:30:00|Cafe|-1.00|USD|payment" {
		t.Errorf("the first line is %s", got)
	}
	for _, row := range rows[1:] {
		for i, text := range row {
			if i != 3 && i != 18 && text != "" && strings.Contains("=+-@", text[:1]) {
				t.Errorf("a spreadsheet would run %q", text)
			}
		}
	}
}

func TestJSONHoldsEveryLine(t *testing.T) {
	t.Parallel()
	var file struct {
		Version      int
		Zone         string
		Currency     string
		Transactions []export.Line
	}
	d := json.NewDecoder(strings.NewReader(written(t, export.JSON, book())))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		t.Fatal(err)
	}
	if file.Version != 1 || file.Zone != "Asia/Seoul" || file.Currency != "KRW" || len(file.Transactions) != 9*len(hostile) {
		t.Errorf("version %d, zone %s, currency %s, %d lines", file.Version, file.Zone, file.Currency, len(file.Transactions))
	}
	if got := file.Transactions[2]; got.Merchant != hostile[2] || got.At != "2026-01-06T22:30:00+09:00" || got.AmountMinor != 102 {
		t.Errorf("the third line is %+v", got)
	}
}

func TestEmptyHistoryIsAFile(t *testing.T) {
	t.Parallel()
	b := history.NewBook(nil, history.BookOptions{Zone: seoul})
	for _, f := range export.Formats() {
		if got := written(t, f, b); got == "" || strings.Count(got, "\n") > 12 {
			t.Errorf("%s writes %q", f, got)
		}
	}
	if !json.Valid([]byte(written(t, export.JSON, b))) {
		t.Error("the empty JSON export is no JSON")
	}
}

var errTorn = errors.New("torn")

func TestErrorsOfTheSourceEndTheFile(t *testing.T) {
	t.Parallel()
	rows := func(yield func(history.Row, error) bool) { yield(history.Row{}, errTorn) }
	head := export.Head{Zone: seoul, Name: func(id string) string { return id }}
	for _, f := range export.Formats() {
		if err := export.Write(&bytes.Buffer{}, f, head, rows); !errors.Is(err, errTorn) {
			t.Errorf("%s: %v", f, err)
		}
	}
}
