package store

import "errors"

// amountIndex finds lines by what they cost, timeIndex by when they were, and
// strandIndex by what they share.
const (
	amountIndex = "CREATE INDEX tx_amount ON tx(amount, at, n, strand)"
	timeIndex   = "CREATE INDEX tx_at ON tx(at, n, strand, amount)"
	strandIndex = "CREATE INDEX tx_strand ON tx(strand, at, n, amount)"
)

// setAside takes these indexes away where many lines are added to few. Sorted
// at the end they cost a third of what they cost line by line: an amount falls
// anywhere, a strand's next line beside its last, and a file that has its
// newest line first splits a page with every line. Once an index is larger
// than the page cache, every line would fetch and put out a page of it. That
// of time stays where earlier lines of the account are looked up by it.
func (a *importing) setAside() error {
	if a.aside != nil || a.done.Added < a.many || int64(a.done.Added) < a.first/4 {
		return nil
	}
	err := errors.Join(a.c.do("DROP INDEX tx_amount"), a.c.do("DROP INDEX tx_strand"))
	a.aside = []string{strandIndex, amountIndex}
	if len(a.own) == 0 {
		err = errors.Join(err, a.c.do("DROP INDEX tx_at"))
		a.aside = []string{timeIndex, strandIndex, amountIndex}
	}
	return err
}

// putBack makes them again. Sorting may take as much memory as the page cache,
// which is small meanwhile.
func (a *importing) putBack() error {
	if a.aside == nil {
		return nil
	}
	err := errors.Join(a.c.do("PRAGMA cache_size=-4096"), a.c.do("PRAGMA shrink_memory"))
	for _, index := range a.aside {
		err = errors.Join(err, a.c.do(index))
	}
	return err
}
