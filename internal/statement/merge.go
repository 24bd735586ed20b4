package statement

import (
	"strconv"
	"time"

	"jandon/internal/wallet"
)

// sameAccount is the share of lines, in percent, that two files must have in
// common where their times overlap to be exports of the same account. Two
// accounts share a line now and then; an export shares all but the latest.
const sameAccount = 80

// Merge puts the lines of several files together. Exports of one account that
// overlap count their common lines once, which repeated tells; equal lines of
// different accounts all stay, the later ones with ids of their own.
func Merge(results ...Result) (lines []wallet.Transaction, repeated int) {
	if len(results) == 1 {
		return results[0].Transactions, 0
	}
	taken := map[string]bool{}
	for i, r := range results {
		drop := map[string]bool{}
		for _, earlier := range results[:i] {
			for _, id := range shared(earlier.Transactions, r.Transactions) {
				drop[id] = true
			}
		}
		for _, x := range r.Transactions {
			if drop[x.ID] {
				repeated++
				continue
			}
			for n, id := 2, x.ID; taken[x.ID]; n++ {
				x.ID = id + "-" + strconv.Itoa(n)
			}
			taken[x.ID] = true
			lines = append(lines, x)
		}
	}
	for _, x := range refunds(results) {
		if !taken[x.ID] { // two files may say so
			taken[x.ID] = true
			lines = append(lines, x)
		}
	}
	return lines, repeated
}

// refunds are those of purchases that one file tells of as valid, and another
// as cancelled: see Result.Cancelled. Of those that are equal, the ones that
// the other file has as valid, too, stay.
func refunds(results []Result) (list []wallet.Transaction) {
	for i := range results {
		r := &results[i]
		left := map[wallet.Transaction]int{}
		for _, x := range r.Cancelled {
			left[bare(&x)] = 0
		}
		if len(left) == 0 {
			continue
		}
		for j := range results {
			n := map[wallet.Transaction]int{}
			for k := range results[j].Transactions {
				x := bare(&results[j].Transactions[k])
				x.Amount.Minor = -x.Amount.Minor
				if _, asked := left[x]; asked {
					n[x]++
				}
			}
			for x, n := range n {
				left[x] = max(left[x], n)
			}
		}
		for k := range r.Transactions {
			x := bare(&r.Transactions[k])
			x.Amount.Minor = -x.Amount.Minor
			if left[x] > 0 {
				left[x]--
			}
		}
		for _, x := range r.Cancelled {
			if key := bare(&x); left[key] > 0 {
				left[key]--
				list = append(list, x)
			}
		}
	}
	return list
}

// bare is what a line says of itself, whatever file it stands in.
func bare(x *wallet.Transaction) wallet.Transaction {
	return wallet.Transaction{At: x.At, Amount: x.Amount, Merchant: x.Merchant, Reason: x.Reason, Order: x.Order, Approval: x.Approval}
}

// shared gives the ids that two files have in common, if they are exports of
// one account.
func shared(a, b []wallet.Transaction) []string {
	from, to := overlap(a, b)
	ids := map[string]bool{}
	inA := 0
	for _, x := range a {
		if within(x.At, from, to) {
			inA++
			ids[x.ID] = true
		}
	}
	inB := 0
	var common []string
	for _, x := range b {
		if within(x.At, from, to) {
			inB++
			if ids[x.ID] {
				common = append(common, x.ID)
			}
		}
	}
	if 100*len(common) < sameAccount*min(inA, inB) {
		return nil
	}
	return common
}

// overlap is the time that both files cover; to is before from if there is none.
func overlap(a, b []wallet.Transaction) (from, to time.Time) {
	from, to = reach(a)
	first, last := reach(b)
	if first.After(from) {
		from = first
	}
	if last.Before(to) {
		to = last
	}
	return from, to
}

func reach(list []wallet.Transaction) (first, last time.Time) {
	for i, x := range list {
		if i == 0 || x.At.Before(first) {
			first = x.At
		}
		if i == 0 || x.At.After(last) {
			last = x.At
		}
	}
	return first, last
}

func within(t, from, to time.Time) bool { return !t.Before(from) && !t.After(to) }
