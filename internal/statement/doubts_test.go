package statement_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/history"
	"jandon/internal/statement"
)

const approvals = "이용일자,가맹점명,이용금액,취소여부,승인번호\n"
const bare = "이용일자,가맹점명,이용금액,상태\n"

// counted is what came of a file, in short: types and amounts, and the lines
// that do not count.
func counted(t testing.TB, r statement.Result) string {
	t.Helper()
	checkResult(t, r)
	var b strings.Builder
	for _, x := range r.Transactions {
		fmt.Fprintf(&b, "%s %s %s; ", x.At.Format("02"), x.Type, x.Amount.Plain())
	}
	for _, l := range r.Skipped {
		fmt.Fprintf(&b, "not %d %s; ", l.Number, l.Reason)
	}
	fmt.Fprintf(&b, "%d", r.Spent)
	return b.String()
}

// What is marked as cancelled gives money back where the file lists
// cancellations beside their purchases, and never came about where it does not.
func TestCancelledLinesByTheFilesHabit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"its purchase is there": {
			approvals + "2026-11-02,카페,4500,정상,1\n2026-11-03,카페,4500,취소,1\n",
			"01 payment -4500; 02 refund 4500; 0",
		},
		"newest first": {
			bare + "2026-11-03,카페,4500,승인취소\n2026-11-02,카페,4500,정상\n",
			"02 refund 4500; 01 payment -4500; 0",
		},
		"in a negative amount": {
			bare + "2026-11-02,카페,4500,정상\n2026-11-03,카페,-4500,취소\n2026-11-04,빵집,-7000,취소\n",
			"01 payment -4500; 02 refund 4500; 03 refund 7000; -7000",
		},
		"before the file, where others are pairs": {
			bare + "2026-11-01,서점,30000,취소\n2026-11-02,카페,4500,정상\n2026-11-03,카페,4500,취소\n",
			"31 refund 30000; 01 payment -4500; 02 refund 4500; -30000",
		},
		"alone, and nothing tells": {
			bare + "2026-11-02,카페,4500,정상\n2026-11-03,서점,30000,취소\n",
			"01 payment -4500; not 3 maybe_cancelled; 4500",
		},
		"alone, all of them": {
			bare + "2026-11-02,카페,4500,정상\n2026-11-03,서점,30000,전체취소\n2026-11-04,호텔,120000,매입취소\n2026-11-05,빵집,3000,Cancelled\n",
			"01 payment -4500; not 3 cancelled; not 4 cancelled; not 5 cancelled; 4500",
		},
		"an equal purchase is another one where they are alone": {
			bare + "2026-11-02,카페,4500,정상\n2026-11-03,카페,4500,취소\n2026-11-03,서점,30000,취소\n2026-11-04,호텔,120000,취소\n",
			"01 payment -4500; not 3 cancelled; not 4 cancelled; not 5 cancelled; 4500",
		},
		"an equal purchase with another number is another one": {
			approvals + "2026-11-02,카페,4500,N,1\n2026-11-02,카페,4500,Y,2\n",
			"01 payment -4500; not 3 maybe_cancelled; 4500",
		},
		"its number tells, among those that are alone": {
			approvals + "2026-11-02,카페,4500,N,1\n2026-11-03,카페,4500,Y,1\n2026-11-04,서점,30000,Y,2\n2026-11-05,호텔,120000,Y,3\n",
			"01 payment -4500; 02 refund 4500; not 4 cancelled; not 5 cancelled; 0",
		},
		"the purchase stands later": {
			bare + "2026-11-02,카페,4500,취소\n2026-11-03,카페,4500,정상\n",
			"02 payment -4500; not 2 maybe_cancelled; 4500",
		},
		"two purchases, one cancellation": {
			bare + "2026-11-02,카페,4500,정상\n2026-11-02,카페,4500,정상\n2026-11-02,카페,4500,취소\n",
			"01 payment -4500; 01 payment -4500; 01 refund 4500; 4500",
		},
		"one purchase is the partner of one": {
			bare + "2026-11-02,카페,4500,정상\n2026-11-03,카페,4500,취소\n2026-11-03,카페,4500,취소\n2026-11-03,카페,4500,취소\n",
			"01 payment -4500; not 3 cancelled; not 4 cancelled; not 5 cancelled; 4500",
		},
		"both lines are marked": {
			approvals + "2026-11-02,카페,4500,Y,1\n2026-11-03,카페,-4500,Y,1\n2026-11-04,빵집,3000,N,2\n",
			"01 payment -4500; 02 refund 4500; 03 payment -3000; 3000",
		},
		"the purchase is marked, and its cancellation is not": {
			bare + "2026-11-02,카페,4500,취소\n2026-11-03,카페,-4500,정상\n2026-11-04,빵집,3000,정상\n",
			"01 payment -4500; 02 refund 4500; 03 payment -3000; 3000",
		},
		"a part": {
			bare + "2026-11-02,카페,4500,정상\n2026-11-03,서점,1000,부분취소\n",
			"01 payment -4500; 02 refund 1000; 3500",
		},
		"not cancelled": {
			bare + "2026-11-02,카페,4500,미취소\n",
			"01 payment -4500; 4500",
		},
		"charges have a minus": {
			"Date,Merchant,Amount,Status\n2026-11-02,Cafe,-4500,Completed\n2026-11-03,Books,-30000,Cancelled\n2026-11-04,Hotel,-9000,Voided\n",
			"01 payment -4500; not 3 cancelled; not 4 cancelled; 4500",
		},
		"two columns": {
			"거래일시,적요,출금액,입금액,상태\n2026-11-02,카페,4500,,정상\n2026-11-03,서점,30000,,취소\n2026-11-04,빵집,3000,,취소\n2026-11-05,빵집,,3000,취소\n",
			"01 payment -4500; 03 payment -3000; 04 refund 3000; not 3 maybe_cancelled; 4500",
		},
		"a column of types": {
			"날짜,구분,사용처,금액\n2026-11-02,결제,카페,4500\n2026-11-03,결제취소,카페,4500\n2026-11-03,환불,서점,9000\n2026-11-04,충전취소,은행,10000\n",
			"01 payment -4500; 02 refund 4500; 02 refund 9000; 03 refund 10000; -19000",
		},
		"a top-up that was cancelled is no purchase": {
			"날짜,구분,사용처,금액\n2026-11-02,결제,카페,4500\n2026-11-04,충전취소,은행,10000\n",
			"01 payment -4500; 03 refund 10000; -5500",
		},
		"only approved before it was cancelled": {
			"이용일자,가맹점명,이용금액,매입상태,승인번호\n2026-11-02,카페,4500,승인,1\n2026-11-03,카페,4500,매입취소,1\n",
			"01 payment -4500; 02 refund 4500; 0",
		},
		"a column of days": {
			"거래일자,가맹점명,금액,취소일자\n26.11.01,카페,4500,\n26.11.02,서점,30000,26.11.05\n26.11.02,빵집,3000,0000-00-00\n26.11.03,호텔,90000,26.11.04\n",
			"31 payment -4500; 01 payment -3000; not 3 cancelled; not 5 cancelled; 7500",
		},
		"a column of amounts": {
			"승인일시,가맹점명,승인금액,취소금액\n2026-11-01,카페,4500,0\n2026-11-02,서점,\"30,000\",\"30,000\"\n2026-11-03,호텔,90000,10000\n2026-11-04,빵집,3000,-3000\n",
			"31 payment -4500; 02 payment -90000; not 3 cancelled; not 4 part_cancelled; not 5 cancelled; 94500",
		},
		"a column of days and one of amounts": {
			"거래일자,가맹점명,금액,취소일자,취소금액\n2026-11-01,카페,4500,,\n2026-11-02,서점,30000,2026-11-05,10000\n2026-11-03,호텔,90000,2026-11-05,90000\n2026-11-04,빵집,3000,2026-11-05,0\n",
			"31 payment -4500; 01 payment -30000; not 3 part_cancelled; not 4 cancelled; not 5 cancelled; 34500",
		},
		"a column of days beside cancellations": {
			"거래일자,가맹점명,금액,취소일자\n2026-11-02,서점,30000,2026-11-05\n2026-11-05,서점,-30000,2026-11-05\n2026-11-06,카페,4500,\n",
			"01 payment -30000; 04 refund 30000; 05 payment -4500; 4500",
		},
		"nothing but a cancelled one": {
			bare + "2026-11-03,서점,30000,취소\n",
			"not 2 maybe_cancelled; 0",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := counted(t, mustRead(t, c.text)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			sameByBlocks(t, []byte(c.text), options(t, "card.csv"), blocks...)
		})
	}
}

// What does not count comes along as the refund that it would be, should an
// earlier file have its purchase.
func TestCancelledPurchasesComeAlong(t *testing.T) {
	t.Parallel()
	r := mustRead(t, "거래번호,이용일자,가맹점명,이용금액,상태,승인번호\n,2026-11-02,카페,4500,정상,1\n,2026-11-03,서점,30000,취소,2\n,2026-11-03,서점,30000,취소,2\n,2026-11-04,호텔,-9000,취소,3\n")
	var b strings.Builder
	ids := map[string]bool{}
	for _, x := range append(r.Transactions, r.Cancelled...) {
		fmt.Fprintf(&b, "%s %s %s %s %s; ", x.Type, x.Status, x.Merchant, x.Amount.Plain(), x.Approval)
		if ids[x.ID] || !statement.Made(x.ID) {
			t.Errorf("an id is %q", x.ID)
		}
		ids[x.ID] = true
	}
	if got, want := b.String(), "payment posted 카페 -4500 1; refund posted 호텔 9000 3; refund posted 서점 30000 2; refund posted 서점 30000 2; "; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	named := mustRead(t, "id,date,merchant,amount,status\nA1,2026-11-02,Cafe,-4500,ok\nA2,2026-11-03,Books,-30000,cancelled\n")
	if len(named.Cancelled) != 1 || named.Cancelled[0].RefundOf != "A2" || named.Cancelled[0].Amount.Minor != 30_000 {
		t.Errorf("%+v", named.Cancelled)
	}
}

// Both states of one purchase in one file are one purchase, by the rule that
// holds between files.
func TestBothStatesOfAPurchaseInOneFile(t *testing.T) {
	t.Parallel()
	const numbers, plain = "이용일자,가맹점명,이용금액,매입상태,승인번호\n", "이용일자,가맹점명,이용금액,매입상태\n"
	for name, c := range map[string]struct{ text, want string }{
		"by the number, another amount": {numbers + "2026-11-01,호텔,100000,미매입,7\n2026-11-20,호텔 서울,132000,매입,7\n", "19 payment -132000; not 2 posted_too; 132000"},
		"newest first":                  {numbers + "2026-11-05,카페,4500,매입,7\n2026-11-02,카페,4500,승인,7\n", "04 payment -4500; not 3 posted_too; 4500"},
		"numbers that differ":           {numbers + "2026-11-02,카페,4500,승인,7\n2026-11-03,카페,4500,매입,8\n", "01 payment -4500; 02 payment -4500; 9000"},
		"by merchant and amount":        {plain + "2026-11-02,카페,4500,승인\n2026-11-04,카페,4500,매입\n", "03 payment -4500; not 2 posted_too; 4500"},
		"weeks later is another":        {plain + "2026-11-02,카페,4500,승인\n2026-11-14,카페,4500,매입\n", "01 payment -4500; 13 payment -4500; 9000"},
		"before its approval":           {plain + "2026-11-02,카페,4500,매입\n2026-11-04,카페,4500,승인\n", "01 payment -4500; 03 payment -4500; 9000"},
		"one of two is none":            {plain + "2026-11-02,카페,4500,승인\n2026-11-03,카페,4500,승인\n2026-11-04,카페,4500,매입\n", "01 payment -4500; 02 payment -4500; 03 payment -4500; not 2 maybe_posted; not 3 maybe_posted; 13500"},
		"two for one are any":           {plain + "2026-11-02,카페,4500,승인\n2026-11-03,카페,4500,매입\n2026-11-04,카페,4500,매입\n", "01 payment -4500; 02 payment -4500; 03 payment -4500; not 2 maybe_posted; 13500"},
		"one number of two":             {numbers + "2026-11-02,카페,4500,승인,7\n2026-11-03,카페,4500,승인,7\n2026-11-04,카페,4500,매입,7\n", "01 payment -4500; 02 payment -4500; 03 payment -4500; not 2 maybe_posted; not 3 maybe_posted; 13500"},
		"nothing is final":              {plain + "2026-11-02,카페,4500,승인\n2026-11-03,카페,4500,승인\n", "01 payment -4500; 02 payment -4500; 9000"},
		"more than are looked at":       {plain + strings.Repeat("2026-11-02,카페,1,승인\n", 66) + "2026-11-03,카페,1,매입\n", strings.Repeat("01 payment -1; ", 66) + "02 payment -1; " + notes("maybe_posted", 66) + "67"},
		"the same moment":               {plain + "2026-11-02 08:00,카페,4500,승인\n2026-11-02 08:00,카페,4500,매입\n2026-11-03 08:00,카페,4500,매입\n", "01 payment -4500; 02 payment -4500; not 2 posted_too; 9000"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := counted(t, mustRead(t, c.text)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			sameByBlocks(t, []byte(c.text), options(t, "card.csv"), blocks...)
		})
	}
}

// notes are those of so many lines from the second on.
func notes(reason string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "not %d %s; ", i+2, reason)
	}
	return b.String()
}

// However the lines stand, what is read at once and in pieces is the same, and
// no purchase and its marks give more back than was paid for and marked.
func TestRandomMarksAreTheSameByBlocks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var b strings.Builder
		b.WriteString("이용일자,가맹점명,이용금액,상태,승인번호\n")
		for range rapid.IntRange(1, 30).Draw(rt, "lines") {
			fmt.Fprintf(&b, "2026-11-%02d,%s,%s%d,%s,%s\n", rapid.IntRange(1, 28).Draw(rt, "day"), rapid.SampledFrom([]string{"카페", "서점"}).Draw(rt, "merchant"),
				rapid.SampledFrom([]string{"", "", "", "-"}).Draw(rt, "sign"), rapid.IntRange(1, 2).Draw(rt, "amount"),
				rapid.SampledFrom([]string{"정상", "정상", "취소", "가승인", "부분취소"}).Draw(rt, "status"), rapid.SampledFrom([]string{"", "1", "2", "3"}).Draw(rt, "number"))
		}
		sameByBlocks(rt, []byte(b.String()), options(t, "made.csv"), rapid.SampledFrom(blocks).Draw(rt, "block"))
	})
}

// A file of nothing but doubts, more than are settled one by one, is read in
// about the time of any other.
func TestMoreDoubtsThanAreSettled(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	b.WriteString(bare)
	for i := range 40_000 {
		fmt.Fprintf(&b, "2026-11-%02d,%s\n", i%28+1, []string{"카페,4500,취소", "서점,4500,가승인"}[i%2])
	}
	f, err := statement.Open(t.Context(), bytes.NewReader(b.Bytes()), int64(b.Len()), options(t, "card.csv"))
	if err != nil {
		t.Fatal(err)
	}
	sums, told, err := statement.Sum(t.Context(), bytes.NewReader(b.Bytes()), int64(b.Len()), options(t, "card.csv"), history.ByMerchant)
	if err != nil {
		t.Fatal(err)
	}
	span, _ := sums.Span(t.Context())
	if told.Spent != f.Spent || span.Lines != f.Count() || f.Count()+f.Without() != 40_000 || f.Reasons[statement.Cancelled] != 20_000 {
		t.Errorf("%d and %d lines, %d and %d spent", f.Count(), span.Lines, f.Spent, told.Spent)
	}
}

// An approval may become final at another amount, such as with a tip; an order
// that was charged twice has two amounts, and both count.
func TestOrderOfTwoChargesIsNoTip(t *testing.T) {
	t.Parallel()
	for column, lines := range map[string]int{"승인번호": 1, "주문번호": 2} {
		r := mustRead(t, "이용일자,가맹점명,이용금액,매입상태,"+column+"\n2026-11-02,호텔,50000,미매입,77\n2026-11-04,호텔,120000,매입,77\n")
		if len(r.Transactions) != lines {
			t.Errorf("%s: %+v", column, r.Transactions)
		}
	}
}
