package session

import "maps"

// Manifest says what became of what was seen while recording, by class and number of times.
type Manifest struct {
	AmountsKept bool           `json:"amounts_kept"`
	Kept        map[string]int `json:"kept"`
	Replaced    map[string]int `json:"replaced"`
	LeftOut     map[string]int `json:"left_out"`
}

func (m Manifest) clone() Manifest {
	m.Kept, m.Replaced, m.LeftOut = maps.Clone(m.Kept), maps.Clone(m.Replaced), maps.Clone(m.LeftOut)
	return m
}

// Skip counts something that was seen and not written, such as a kind of
// message that is not listed or a key of a secret field.
func (d *Redactor) Skip(what string) { d.m.LeftOut[what]++ }
