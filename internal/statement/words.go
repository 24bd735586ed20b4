package statement

import (
	"strings"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// verdict is what the words of a line say about it.
type verdict struct {
	typ      wallet.Type
	status   wallet.Status
	declined bool
	undone   bool // the whole of it is marked as cancelled: see doubts
}

// typeVocabulary is searched in order, in folded text; what is special comes
// before what is general (승인취소 is no 승인).
var typeVocabulary = []struct {
	words string
	verdict
}{
	{"거절|실패|declin|fail|reject|revert", verdict{declined: true}},
	{"환불|취소|반품|refund|cancel|revers|chargeback|voided|return", verdict{typ: wallet.Refund}},
	{"충전|top-up|topup|top up|recharge|reload", verdict{typ: wallet.Topup}},
	{"적립|이자|캐시백|리워드|earn|interest|cashback|cash back|reward|dividend", verdict{typ: wallet.Earn}},
	{"소멸|만료|expire", verdict{typ: wallet.Expire}},
	{"수수료|fee", verdict{typ: wallet.FeeCharge}},
	{"전환|환전|conversion|convert", verdict{typ: wallet.Conversion}},
	{"transfer_in|transfer in|받기|받은|송금받", verdict{typ: wallet.TransferIn}},
	{"transfer_out|transfer out|보내기|보낸", verdict{typ: wallet.TransferOut}},
	{"이체|송금|transfer|atm", verdict{typ: wallet.TransferOut}},
	{"입금|급여|deposit|credit|received|incoming|salary", verdict{typ: wallet.TransferIn}},
	{"결제|승인|구매|사용|이용|일시불|할부|출금|지출|지불|payment|purchase|debit|charge|sale|pos|withdraw|spend|subscription", verdict{typ: wallet.Payment}},
}

// typeOf judges the text of a type column.
func typeOf(text string) verdict {
	if t, err := wallet.ParseType(text); err == nil {
		return verdict{typ: t}
	}
	f := history.Fold(text)
	switch f {
	case "d", "dr", "dbit", "출":
		return verdict{typ: wallet.Payment}
	case "c", "cr", "crdt", "입":
		return verdict{typ: wallet.TransferIn}
	}
	v := search(f)
	v.undone = v.typ == wallet.Refund && holds(f, "취소", "cancel", "void") && !holds(f, "환불", "반품", "refund", "return", "chargeback") && whole(f)
	return v
}

// whole reports that a word for a cancellation is about all of a purchase: not
// about a part, nor about something else than one.
func whole(folded string) bool {
	return !holds(folded, "부분", "일부", "partial", "입금", "이체", "송금", "충전", "transfer", "deposit")
}

func holds(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// falseFriends hold a word of the vocabulary and mean something else.
var falseFriends = strings.NewReplacer("coffee", "", "이자카야", "", "learn", "", "전기차충전", "", "충전소", "")

func search(folded string) verdict {
	folded = falseFriends.Replace(folded)
	for _, v := range typeVocabulary {
		for w := range strings.SplitSeq(v.words, "|") {
			if strings.Contains(folded, w) {
				return v.verdict
			}
		}
	}
	return verdict{}
}

// statusOf judges the text of a status column; asked is true where the column
// itself asks whether a line was cancelled (취소여부), so that Y says it, and
// captures where it tells how far the merchant has come with it (매입상태): what
// is only approved there is not final.
func statusOf(text string, asked, captures bool) verdict {
	if s, err := wallet.ParseStatus(text); err == nil {
		return verdict{status: s}
	}
	f := history.Fold(text)
	switch {
	case strings.Contains(f, "미취소") || strings.Contains(f, "취소불가"):
		return verdict{}
	case asked && (f == "y" || f == "yes" || f == "o" || f == "예" || f == "1" || f == "true"):
		return verdict{typ: wallet.Refund, undone: true}
	case captures && (f == "승인" || f == "n" || f == "no"), strings.Contains(f, "가승인"), strings.Contains(f, "임시승인"), f == "hold":
		return verdict{status: wallet.Pending}
	case strings.Contains(f, "대기") || strings.Contains(f, "미매입") || strings.Contains(f, "처리중") || strings.Contains(f, "pending") || strings.Contains(f, "authori"):
		return verdict{status: wallet.Pending}
	}
	if v := search(f); v.declined || v.typ == wallet.Refund {
		return verdict{typ: v.typ, declined: v.declined, undone: v.typ == wallet.Refund && whole(f)}
	}
	return verdict{}
}

// incoming is what a line with value coming in most likely is, by its texts.
func incoming(texts ...string) wallet.Type {
	for _, t := range texts {
		switch v := search(history.Fold(t)); v.typ {
		case wallet.Refund, wallet.Topup, wallet.Earn:
			return v.typ
		}
	}
	return wallet.TransferIn
}

// isSummary reports a cell of a line that sums others up.
func isSummary(cell string) bool {
	f := strings.TrimSpace(history.Fold(cell))
	for _, w := range []string{"합계", "총계", "소계", "총합", "이월", "합 계", "총 건수", "total", "subtotal", "sum", "balance", "opening", "closing"} {
		if f == w || strings.HasPrefix(f, w+" ") || strings.HasPrefix(f, w+":") || strings.HasSuffix(f, " "+w) {
			return true
		}
	}
	return false
}

// charges are amount columns in which a charge has no sign, as on bills of
// cards and carriers.
func charges(header string) bool {
	switch plainName(header) {
	case "이용금액", "승인금액", "결제금액", "구매금액", "사용금액", "청구금액", "상품금액", "판매금액", "charge", "price":
		return true
	}
	return false
}
