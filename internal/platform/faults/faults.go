// Package faults makes a platform answer badly on purpose, so that every way a
// network and a platform can fail can be seen and tested by name.
//
// A plan is a list such as
//
//	latency=300ms@quotes,drop=0.1@confirm,error=quote_expired@cashouts,duplicate,reorder,truncate,disconnect@alerts
//
// Each part is a fault, how much of it, and where. Where is a word of the
// contract's paths, or all of them. How much is a chance from 0 to 1 (1 if it
// is left out), a time for latency, a code for error with a chance behind it
// (error=paused:0.5). Chance comes from a seed and from nothing else: the same
// requests in the same order meet the same faults.
package faults

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"jandon/internal/fault"
)

// Kind is a way to fail.
type Kind string

// The kinds.
const (
	Latency    Kind = "latency"    // the answer waits
	Drop       Kind = "drop"       // it is carried out, and the answer is lost
	Disconnect Kind = "disconnect" // the connection breaks before it is carried out
	Error      Kind = "error"      // it is refused with a code, and not carried out
	Duplicate  Kind = "duplicate"  // it arrives twice; the second answer is seen
	Reorder    Kind = "reorder"    // it waits until the next one was carried out
	Truncate   Kind = "truncate"   // the answer is cut in the middle
)

var kinds = []string{string(Latency), string(Drop), string(Disconnect), string(Error), string(Duplicate), string(Reorder), string(Truncate)}

// Rule is one part of a plan.
type Rule struct {
	Kind   Kind
	Where  string // a word of the paths; "": everywhere
	Chance float64
	Wait   time.Duration // of Latency
	Code   fault.Code    // of Error
}

// Plan is a set of rules with the chance that they go by. It may be used by
// many goroutines; the nil Plan has no faults.
type Plan struct {
	seed  uint64
	mu    sync.Mutex
	rules []Rule
	dice  []*rand.Rand
	held  chan struct{} // of a request that Reorder holds back; nil: none
	pause func(r *http.Request, d time.Duration, until <-chan struct{})
}

// longest that an answer may be held back: clients wait no longer.
const longest = 60 * time.Second

// held back at most, by Reorder, if no other request comes.
const patience = 2 * time.Second

// Parse reads a plan; places are the words of the paths. An empty text is the
// nil Plan. A part that makes no sense is fault.BadFlag with what was meant.
func Parse(text string, seed uint64, places []string) (*Plan, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	p := &Plan{pause: pause, seed: seed}
	for _, part := range strings.Split(text, ",") {
		r, err := parse(strings.TrimSpace(part), places)
		if err != nil {
			return nil, err
		}
		p.dice = append(p.dice, rand.New(rand.NewPCG(seed, uint64(len(p.rules))))) //nolint:gosec // chance that can be repeated
		p.rules = append(p.rules, r)
	}
	return p, nil
}

func parse(part string, places []string) (Rule, error) {
	what, where, placed := strings.Cut(part, "@")
	name, size, sized := strings.Cut(what, "=")
	r := Rule{Kind: Kind(name), Where: where, Chance: 1}
	switch {
	case !slices.Contains(kinds, name):
		return r, wrong(part, name, kinds)
	case placed && !slices.Contains(places, where):
		return r, wrong(part, where, places)
	}
	var err error
	switch r.Kind {
	case Latency:
		r.Wait, err = time.ParseDuration(size)
		if err != nil || r.Wait <= 0 || r.Wait > longest {
			return r, bad(part, "latency=300ms … "+longest.String())
		}
	case Error:
		code, chance, some := strings.Cut(size, ":")
		r.Code = fault.Code(code)
		if !r.Code.Known() {
			return r, wrong(part, code, codes())
		}
		if some {
			r.Chance, err = strconv.ParseFloat(chance, 64)
		}
	default:
		if sized {
			r.Chance, err = strconv.ParseFloat(size, 64)
		}
	}
	if err != nil || !(r.Chance >= 0 && r.Chance <= 1) {
		return r, bad(part, "0 … 1")
	}
	return r, nil
}

func codes() []string {
	var list []string
	for _, c := range fault.Codes() {
		list = append(list, string(c))
	}
	slices.Sort(list)
	return list
}

func wrong(part, word string, known []string) error {
	if near := fault.Nearest(word, known); near != "" {
		return bad(part, near)
	}
	return bad(part, strings.Join(known, ", "))
}

func bad(part, want string) error {
	return fault.New(fault.BadFlag, "name", "--fault", "value", part, "want", want)
}

// Places are the words of a contract's patterns that a rule can name: the
// literal parts of their paths, such as quotes and confirm.
func Places(patterns []string) []string {
	var list []string
	for _, p := range patterns {
		for _, word := range words(p) {
			if !slices.Contains(list, word) {
				list = append(list, word)
			}
		}
	}
	slices.Sort(list)
	return list
}

func words(pattern string) (list []string) {
	_, path, _ := strings.Cut(pattern, " ")
	for _, word := range strings.Split(path, "/") {
		if word != "" && word != "v1" && !strings.HasPrefix(word, "{") {
			list = append(list, word)
		}
	}
	return list
}

// String is the plan as Parse reads it.
func (p *Plan) String() string {
	if p == nil {
		return ""
	}
	parts := make([]string, len(p.rules))
	for i, r := range p.rules {
		parts[i] = r.String()
	}
	return strings.Join(parts, ",")
}

// Seed is what the chance of a plan comes from.
func (p *Plan) Seed() uint64 {
	if p == nil {
		return 0
	}
	return p.seed
}

// String is the rule as a plan writes it.
func (r Rule) String() string {
	s := string(r.Kind)
	switch {
	case r.Kind == Latency:
		s += "=" + r.Wait.String()
	case r.Kind == Error:
		s += "=" + string(r.Code)
		if r.Chance != 1 {
			s += ":" + strconv.FormatFloat(r.Chance, 'g', -1, 64)
		}
	case r.Chance != 1:
		s += "=" + strconv.FormatFloat(r.Chance, 'g', -1, 64)
	}
	if r.Where != "" {
		s += "@" + r.Where
	}
	return s
}
