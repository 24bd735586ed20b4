package act

import (
	"cmp"
	"time"
)

// Pays reports whether a destination can be used at an instant.
func (d Destination) Pays(at time.Time) bool { return !at.Before(d.Usable) }

// Payee is the destination as a leg names it.
func (d Destination) Payee() Payee { return Payee{Name: d.Name, ID: d.Number, Destination: d.ID} }

// Payees are the destinations that a quote of an instant pays, by Rail.ID: of
// those of a rail that can be used, the one that was chosen (to, as in Ask),
// else the one used last. Both sides go by it, so that a preview shows whom
// the quote will pay.
func Payees(list []Destination, to map[string]string, at time.Time) map[string]Destination {
	paid := make(map[string]Destination)
	for _, d := range list {
		if !d.Pays(at) {
			continue
		}
		old, have := paid[d.Rail]
		switch {
		case have && old.ID == to[d.Rail]:
		case !have || d.ID == to[d.Rail] || d.nearer(old):
			paid[d.Rail] = d
		}
	}
	return paid
}

// nearer reports whether d is paid rather than another where none was chosen:
// it was used later, or neither was and it was linked later.
func (d Destination) nearer(other Destination) bool {
	return cmp.Or(d.Used.Compare(other.Used), d.Added.Compare(other.Added), cmp.Compare(other.ID, d.ID)) > 0
}
