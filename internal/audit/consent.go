package audit

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"jandon/internal/history"
)

// consentRules dates the law: since when consent to a higher price, or to the
// first price after a trial, must be given, and how many days before at most.
//
//go:embed data/consent.txt
var consentRules string

type consentLaw struct {
	since  history.Day
	within int // days before the charge
}

var consentLaws = sync.OnceValue(func() (laws []consentLaw) {
	for line := range strings.Lines(consentRules) {
		var date string
		var within int
		if n, _ := fmt.Sscan(line, &date, &within); n == 2 {
			if d, err := history.ParseDay(date); err == nil {
				laws = append(laws, consentLaw{d, within})
			}
		}
	}
	return laws
})

// consentRule is the rule in force on a day.
func consentRule(day history.Day) (rule consentLaw, ok bool) {
	for _, l := range consentLaws() {
		if l.since <= day {
			rule, ok = l, true
		}
	}
	return rule, ok
}
