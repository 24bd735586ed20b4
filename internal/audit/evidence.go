package audit

// Evidence is one checkable reason for a finding; its sentence stands in the
// catalogue under audit.evidence.<ID>.
type Evidence struct {
	ID string
	N  int // a count of charges
	At int // day of the month, or weekday (Monday 0)
	Of int // minutes, percent or minor units, as the sentence says
}
