package statement_test

import (
	"testing"

	"jandon/internal/wallet"
)

// What the merchant has not claimed yet is not final, where a column tells of that.
func TestStatusOfWhatWasApproved(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]map[string]wallet.Status{
		"매입상태": {"승인": wallet.Pending, "미매입": wallet.Pending, "매입": wallet.Posted, "매입완료": wallet.Posted, "가승인": wallet.Pending},
		"승인상태": {"승인": wallet.Posted, "정상": wallet.Posted, "가승인": wallet.Pending, "승인대기": wallet.Pending},
		"상태":   {"승인": wallet.Posted, "가승인": wallet.Pending, "pending": wallet.Pending},
	} {
		for word, status := range want {
			r := mustRead(t, "이용일자,가맹점명,이용금액,"+header+"\n2026-11-20,커피,4500,"+word+"\n")
			if len(r.Transactions) != 1 || r.Transactions[0].Status != status || r.Transactions[0].Amount.Minor != -4500 {
				t.Errorf("%s %s: %+v %v", header, word, r.Transactions, r.Skipped)
			}
		}
	}
}
