package main

import (
	"maps"
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/valuepath"
)

func TestDestinationsAreNamedOnTheCommandLine(t *testing.T) {
	t.Parallel()
	book, err := valuepath.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	linked := []act.Destination{
		{ID: "to-AB12", Rail: "bank_transfer", Name: "Mina Kim", Number: "110-***-1111"},
		{ID: "to-CD34", Rail: "bank_transfer", Name: "Rent", Number: "220-***-2222"},
		{ID: "to-EF56", Rail: "bank_instant", Name: "Twin", Number: "330-***-3333"},
		{ID: "to-GH78", Rail: "bank_instant", Name: "twin", Number: "330-***-4444"},
		{ID: "to-IJ90", Rail: "bank_transfer", Name: "New", Number: "550-***-5555", Usable: at.Add(time.Minute)},
	}
	for _, x := range []struct {
		said string
		want map[string]string
		code fault.Code
		says string // of what would be right
	}{
		{"bank_transfer=to-CD34", map[string]string{"bank_transfer": "to-CD34"}, "", ""},
		{"bank_transfer=mina kim", map[string]string{"bank_transfer": "to-AB12"}, "", ""},
		{"bank_transfer=Rent bank_instant=to-GH78", map[string]string{"bank_transfer": "to-CD34", "bank_instant": "to-GH78"}, "", ""},
		{"bank_transfer=Mina Kin", nil, fault.BadFlag, "bank_transfer=Mina Kim"},
		{"bank_transfer=to-CD35", nil, fault.BadFlag, "bank_transfer=to-CD34"},
		{"bank_transfer=somebody", nil, fault.BadFlag, "bank_transfer=Mina Kim | bank_transfer=Rent | bank_transfer=New"},
		{"bank_trnsfer=Rent", nil, fault.BadFlag, "bank_transfer=Rent"},
		{"donation=Rent", nil, fault.BadFlag, "bank_transfer=… | bank_instant=…"},
		{"Rent", nil, fault.BadFlag, "bank_transfer=…"},
		{"bank_instant=Twin", nil, fault.BadFlag, "bank_instant=to-EF56 | bank_instant=to-GH78"},
		{"savings_jar=Rent", nil, fault.NoDestination, ""},
		{"bank_transfer=New", nil, fault.DestinationNew, ""},
		{"bank_transfer=Rent bank_transfer=Mina Kim", nil, fault.Together, ""},
	} {
		p := payees{}
		for one := range strings.SplitSeq(strings.ReplaceAll(x.said, " bank_", "\x00bank_"), "\x00") {
			p.said = append(p.said, one)
		}
		got, err := p.chosen(book, linked, at)
		f := fault.From(err)
		switch {
		case x.code == "" && (err != nil || !maps.Equal(got, x.want)):
			t.Errorf("%s: %v %v", x.said, got, err)
		case x.code != "" && (f == nil || f.Code != x.code || !strings.Contains(f.Args["want"], x.says)):
			t.Errorf("%s: %v", x.said, err)
		case x.code == fault.DestinationNew && (f.Args["payee"] != "New · 550-***-5555" || f.Args["until"] != "2026-11-22T09:01:00Z"):
			t.Errorf("%s: %v", x.said, f.Args)
		}
	}
}
