package audit

import (
	_ "embed"
	"iter"
	"strings"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
)

// FromRows is the input for the rows of a history in one currency, as seen on
// a day in a zone; rows in other currencies are left out. Lines of a source
// that never tells a time, as statements often don't, carry dates alone.
func FromRows(rows iter.Seq[history.Row], currency money.Currency, zone *time.Location, asOf history.Day) Input {
	in := Input{AsOf: asOf, Country: CountryOf(zone.String()), Currency: currency}
	timed := make(map[string]bool) // by source
	var sources []string
	for r := range rows {
		if r.Amount.Currency != currency {
			continue
		}
		h, m, s := r.At.In(zone).Clock()
		it := Item{ID: r.ID, Day: r.Day, Second: int32(h*3600 + m*60 + s), Minor: r.Amount.Minor,
			Merchant: r.Merchant, Order: r.Order, Approval: r.Approval, Category: r.Category, Type: r.Type,
			OrigMinor: r.Original.Minor, OrigCode: string(r.Original.Currency)}
		if it.Second != 0 {
			timed[r.Issuer] = true
		}
		in.Items = append(in.Items, it)
		sources = append(sources, r.Issuer)
	}
	for i := range in.Items {
		if !timed[sources[i]] {
			in.Items[i].Second = -1
		}
	}
	return in
}

// zones says which country's holidays hold in a zone: one pair a line.
//
//go:embed data/zones.txt
var zones string

// CountryOf is the country whose business days hold in a zone, or of a
// currency; empty if none is known.
func CountryOf(place string) string {
	for line := range strings.Lines(zones) {
		if name, country, ok := strings.Cut(strings.TrimSpace(line), " "); ok && name == place {
			return country
		}
	}
	return ""
}
