package export_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/export"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
)

func head() export.Head {
	return export.Head{Zone: seoul, Currency: money.KRW, Name: func(id string) string { return id }}
}

type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// What was read is soon written: memory does not grow with the history.
func TestWritersHoldNoMoreThanABuffer(t *testing.T) {
	t.Parallel()
	const shortest, buffer = 60, 1 << 17
	for _, f := range export.Formats() {
		var out counter
		rows := func(yield func(history.Row, error) bool) {
			for i := range 20_000 {
				if int(out) < i*shortest-buffer {
					t.Fatalf("%s: %d lines read and %d bytes written", f, i, out)
				}
				at := time.Date(2026, 1, 1, 0, i, 0, 0, time.UTC)
				x := wallet.Transaction{ID: strconv.Itoa(i), At: at, Type: wallet.Payment, Amount: money.Won(-500), Issuer: "golmok", Merchant: "모퉁이24", Category: "food"}
				if !yield(history.Row{Transaction: x, Day: history.DayOf(at, seoul)}, nil) {
					return
				}
			}
		}
		if err := export.Write(&out, f, head(), rows); err != nil {
			t.Fatal(err)
		}
	}
}

type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestFullDiskIsToldAtOnce(t *testing.T) {
	t.Parallel()
	for _, f := range export.Formats() {
		n := 0
		rows := func(yield func(history.Row, error) bool) {
			for n < 1_000_000 && yield(history.Row{Transaction: wallet.Transaction{ID: "t", Amount: money.Won(-1), Type: wallet.Payment, Merchant: strings.Repeat("x", 200)}}, nil) {
				n++
			}
		}
		if err := export.Write(full{}, f, head(), rows); !errors.Is(err, errFull) || n > 2000 {
			t.Errorf("%s: %v after %d lines", f, err, n)
		}
	}
}

// Every text comes back from the CSV, and none of them is a formula on the way.
func TestCSVGivesEveryTextBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`['=+@\-]{1,3}[a-z0-9]{0,4}`), rapid.SampledFrom(hostile))
		x := wallet.Transaction{
			ID: safe.Text(text.Draw(t, "id")), At: time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(t, "at")), Type: wallet.Payment,
			Amount:   money.Of(rapid.Int64().Draw(t, "minor"), rapid.SampledFrom([]money.Currency{money.KRW, money.USD, "BHD"}).Draw(t, "currency")),
			Merchant: safe.Text(text.Draw(t, "merchant")), Reason: safe.Text(text.Draw(t, "reason")), Order: safe.Text(text.Draw(t, "order")),
		}
		var out bytes.Buffer
		rows := func(yield func(history.Row, error) bool) {
			yield(history.Row{Transaction: x, Day: history.DayOf(x.At, seoul)}, nil)
		}
		if err := export.Write(&out, export.CSV, head(), rows); err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(&out)
		names, err1 := r.Read()
		cells, err2 := r.Read()
		if _, err := r.Read(); err1 != nil || err2 != nil || !errors.Is(err, io.EOF) {
			t.Fatalf("%v, %v, %v", err1, err2, err)
		}
		got := make(map[string]string)
		for i, name := range names {
			if cells[i] != "" && strings.Contains("=+-@\t\r", cells[i][:1]) && !strings.HasPrefix(name, "amount") {
				t.Fatalf("a spreadsheet would run %s %q", name, cells[i])
			}
			got[name] = cells[i]
			if rest, ok := strings.CutPrefix(cells[i], "'"); ok {
				got[name] = rest
			}
		}
		at, err := time.Parse(time.RFC3339, got["at"])
		if err != nil || !at.Equal(x.At) || got["date"]+"T"+got["time"] != got["at"][:19] {
			t.Fatalf("%s %s, %s is not %v", got["date"], got["time"], got["at"], x.At)
		}
		if got["id"] != x.ID || got["merchant"] != x.Merchant || got["reason"] != x.Reason || got["order"] != x.Order ||
			got["amount"] != x.Amount.Plain() || got["amount_minor"] != strconv.FormatInt(x.Amount.Minor, 10) || got["currency"] != string(x.Amount.Currency) {
			t.Fatalf("%+v came back as %v", x, got)
		}
	})
}
