package store

import "errors"

// amountIndex finds lines by what they cost.
const amountIndex = "CREATE INDEX tx_amount ON tx(amount, at, n, strand)"

// setAside takes the index of amounts away where many lines are added to few.
// The lines of a file lie in order of time, and so do ids that were made here,
// but each amount falls anywhere: once the index is larger than the page cache,
// every line would fetch and put out a page of it.
func (a *importing) setAside() error {
	if a.aside || a.done.Added < a.many || int64(a.done.Added) < a.first/4 {
		return nil
	}
	a.aside = true
	return a.c.do("DROP INDEX tx_amount")
}

// putBack makes it again. Sorting may take as much memory as the page cache,
// which is small meanwhile.
func (a *importing) putBack() error {
	if !a.aside {
		return nil
	}
	a.aside = false
	return errors.Join(a.c.do("PRAGMA cache_size=-4096"), a.c.do("PRAGMA shrink_memory"), a.c.do(amountIndex))
}
