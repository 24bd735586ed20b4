package scenario

import (
	"fmt"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// place is where value is kept ("golmok/prepaid") or owed ("bill/hangang").
type place struct {
	Bill   bool
	Issuer string
	Kind   wallet.Kind
}

// UnmarshalText reads "ISSUER/KIND" or "bill/ISSUER".
func (p *place) UnmarshalText(b []byte) error {
	left, right, ok := strings.Cut(string(b), "/")
	if !ok || left == "" || right == "" {
		return fmt.Errorf("%q is no place like \"golmok/prepaid\" or \"bill/hangang\"", b)
	}
	if left == "bill" {
		*p = place{Bill: true, Issuer: right, Kind: wallet.CarrierCredit}
		return nil
	}
	kind, err := wallet.ParseKind(right)
	if err != nil {
		var words []string
		for _, k := range wallet.Kinds() {
			words = append(words, k.String())
		}
		return fmt.Errorf("%q is no kind of value: %s", right, strings.Join(words, ", "))
	}
	*p = place{Issuer: left, Kind: kind}
	return nil
}

// String is the form in files.
func (p place) String() string {
	if p.Bill {
		return "bill/" + p.Issuer
	}
	return p.Issuer + "/" + p.Kind.String()
}

// span is a stretch of a day, in minutes after midnight, both ends included.
type span struct{ from, to int }

// UnmarshalText reads "08:10-09:00" or "04:00".
func (s *span) UnmarshalText(b []byte) error {
	left, right, ok := strings.Cut(string(b), "-")
	if !ok {
		right = left
	}
	from, err1 := time.Parse("15:04", left)
	to, err2 := time.Parse("15:04", right)
	if err1 != nil || err2 != nil || to.Before(from) {
		return fmt.Errorf("%q is no time of day like \"08:10-09:00\" or \"04:00\"", b)
	}
	*s = span{from.Hour()*60 + from.Minute(), to.Hour()*60 + to.Minute()}
	return nil
}

// cadence is how often a regular thing comes: every so many days or months.
type cadence struct{ days, months int }

var cadences = map[string]cadence{
	"weekly": {days: 7}, "biweekly": {days: 14}, "four_weekly": {days: 28}, "days30": {days: 30},
	"monthly": {months: 1}, "bimonthly": {months: 2}, "quarterly": {months: 3}, "half_yearly": {months: 6}, "yearly": {months: 12},
}

// UnmarshalText reads the word of a cadence.
func (c *cadence) UnmarshalText(b []byte) error {
	found, ok := cadences[string(b)]
	if !ok {
		return unknownWord(string(b), "cadence", cadences)
	}
	*c = found
	return nil
}

// shift is what happens to a day on which banks are closed.
type shift int

var shifts = map[string]shift{"none": 0, "next": 1, "previous": -1}

// UnmarshalText reads "none", "next" or "previous".
func (s *shift) UnmarshalText(b []byte) error {
	found, ok := shifts[string(b)]
	if !ok {
		return unknownWord(string(b), "shift", shifts)
	}
	*s = found
	return nil
}

// flow is the type of transaction by which value comes in.
type flow wallet.Type

var flows = map[string]flow{"earn": flow(wallet.Earn), "transfer_in": flow(wallet.TransferIn), "topup": flow(wallet.Topup)}

// UnmarshalText reads "earn", "transfer_in" or "topup".
func (f *flow) UnmarshalText(b []byte) error {
	found, ok := flows[string(b)]
	if !ok {
		return unknownWord(string(b), "type of income", flows)
	}
	*f = found
	return nil
}

// zone is a name of the IANA time zone database.
type zone struct{ *time.Location }

// UnmarshalText looks the zone up. "Local" is refused: it would make the plan depend on the machine.
func (z *zone) UnmarshalText(b []byte) error {
	name := string(b)
	loc, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return fmt.Errorf("%q is no time zone like \"Asia/Seoul\"", b)
	}
	z.Location = loc
	return nil
}

// day is the civil day of a TOML local date.
func day(d toml.LocalDate) history.Day { return history.DateOf(d.Year, time.Month(d.Month), d.Day) }
