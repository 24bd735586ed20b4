package store

// Hasten makes s choose, at the sizes of tests, the ways meant for large histories.
func (s *Store) Hasten() { s.limits = limits{few: 2, patience: 1} }
