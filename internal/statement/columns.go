package statement

import (
	"bytes"
	"strings"
	"sync"
	"unicode"

	"jandon/internal/history"
	"jandon/internal/money"
)

// meaning is what a column holds.
type meaning uint8

const (
	ignored meaning = iota
	colDate
	colTime
	colMerchant
	colAmount
	colDebit
	colCredit
	colStatus
	colType
	colCurrency
	colCategory
	colReason
	colOrder
	colApproval
	colID
	colIssuer
	colKind
	colChannel
	colContact
	colSettlement
	colRefundOf
	colInstant // date, time and offset in one; better than colDate
	colMinor   // exact amount of our own export; better than colAmount
	colOriginal
	colOriginalCurrency
	colCancelledOn // when a purchase was cancelled; empty if it was not …
	colCancelled   // … and how much of it was
	meanings
)

var meaningWords = [meanings]string{
	"", "date", "time", "merchant", "amount", "debit", "credit", "status", "type", "currency", "category", "reason", "order", "approval", "id",
	"issuer", "kind", "channel", "contact", "settlement", "refund_of", "instant", "amount_minor", "original", "original_currency",
	"cancelled_on", "cancelled",
}

// headers are the names of columns as banks, cards, carriers, shops and
// programs write them, the best first. A name counts if it is equal to one of
// these or, for those after the bar, holds it.
var headers = []struct {
	meaning  meaning
	is, part string
}{
	{colMinor, "amount_minor", ""},
	{colInstant, "at|timestamp|datetime|created_at|completed date", ""},
	{colOriginalCurrency, "original_currency|original currency|현지통화|현지통화코드|외화통화|거래통화|해외통화|이용통화|foreign currency|foreign currency code|transaction currency|local currency|merchant currency|現地通貨|外币币种", "현지통화|외화통화"},
	{colOriginal, "original_amount|original amount|original|현지금액|현지이용금액|현지거래금액|현지통화금액|현지승인금액|해외이용금액|외화금액|외화이용금액|외화거래금액|달러금액|미화금액|foreign amount|foreign currency amount|amount in foreign currency|local amount|local currency amount|amount in local currency|merchant amount|transaction currency amount|現地利用額|現地通貨額|外币金额",
		"현지금액|현지이용금액|외화금액|외화이용금액|foreign amount|foreign currency amount"},
	{ignored, "", "잔액|balance|누적|적립예정|할부|잔여|외화|해외이용|foreign|수수료율|포인트|계좌번호|카드번호|account number|card number|iban"},
	{colCancelledOn, "취소일자|취소일시|취소일|취소승인일|취소승인일자|취소접수일|cancellation date|cancel date|cancelled on|canceled on", "취소일"},
	{colCancelled, "취소금액|승인취소금액|매입취소금액|cancelled amount|canceled amount|cancellation amount", "취소금액"},
	{colDate, "이용일자|이용일|승인일자|승인일시|이용일시|거래일시|거래일자|거래일|결제일시|결제일자|결제일|사용일자|사용일시|사용일|구매일자|구매일시|구매일|주문일시|주문일|일자|날짜|일시|date|transaction date|trans date|trans. date|posting date|posted date|post date|booking date|value date|buchungstag|buchungsdatum|datum|fecha|data|date opération|date comptable|日付|取引日|お取引日|ご利用日|利用日|交易日期|交易时间|记账日期|日期",
		"일시|일자|날짜|date"},
	{colTime, "이용시간|승인시간|거래시간|시간|시각|이용시각|승인시각|거래시각|time|transaction time", "시간|시각"},
	{colDebit, "출금액|출금|찾으신금액|지급액|지급금액|출금금액|보낸금액|사용포인트|debit|withdrawal|withdrawals|money out|paid out|debit amount|soll|out|débit|出金|お支払金額|お引出し|支出|支出金额", "출금|withdraw|debit"},
	{colCredit, "입금액|입금|맡기신금액|입금금액|받은금액|credit|deposit|deposits|money in|paid in|credit amount|haben|in|crédit|入金|お預入れ|收入|收入金额", "입금|deposit|credit"},
	{colMerchant, "가맹점명|가맹점|이용가맹점|이용가맹점명|사용처|이용처|이용하신곳|이용하신가맹점|거래처|보낸분/받는분|받는분/보낸분|보낸분|받는분|의뢰인/수취인|상호|상호명|판매자|구매처|결제처|콘텐츠제공사|서비스명|업체명|merchant|merchant name|payee|name|vendor|store|seller|counterparty|empfänger|auftraggeber/empfänger|beneficiary|bénéficiaire|ご利用店名|利用店名|お店|商户名称|交易对方",
		"가맹점|사용처|merchant|payee"},
	{colStatus, "취소여부|승인구분|매입상태|매입여부|매입구분|취소상태|결제상태|거래상태|처리상태|상태|승인상태|취소|status|state", "취소여부|상태|status"},
	{colType, "거래구분|거래유형|구분|유형|거래종류|이용구분|결제구분|입출금구분|type|transaction type|dr/cr|cr/dr|debit/credit|credit/debit|d/c|입출금", "거래구분|유형|type"},
	{colAmount, "이용금액|승인금액|결제금액|거래금액|사용금액|금액|청구금액|이용금액(원)|구매금액|상품금액|판매금액|총금액|amount|total|charge|price|gross|sum|value|transaction amount|betrag|importe|montant|umsatz|金額|ご利用金額|利用金額|金额|交易金额",
		"금액|amount|betrag"},
	{colCurrency, "통화|통화코드|화폐|currency|ccy|währung|currency code", "통화|currency"},
	{colCategory, "분류|카테고리|업종|업종명|대분류|category|kategorie|merchant category", "분류|업종|category"},
	{colReason, "적요|내용|상품명|콘텐츠명|거래내용|기재내용|메모|비고|이용내용|상품|내역|품목|description|memo|details|note|notes|reference|verwendungszweck|narrative|particulars|reason|item|product|reason for payment|libellé|descripción|concepto|内容|お取扱内容|摘要|商品|交易摘要",
		"적요|내용|상품|메모|description|memo"},
	{colApproval, "approval|승인번호|거래번호|결제번호|참조번호|approval number|approval code|authorization code|auth code|reference number|transaction number|receipt", "승인번호|거래번호"},
	{colOrder, "주문번호|상품주문번호|order|order id|order number", "주문번호"},
	{colID, "id|transaction id|transaction_id|txn id", ""},
	{colIssuer, "카드명|카드|이용카드|카드구분|은행|은행명|계좌|계좌명|발행처|플랫폼|통신사|issuer|account|card|platform|bank", "카드명|이용카드|계좌"},
	{colKind, "kind", ""}, {colChannel, "channel|결제수단|이용수단|결제방법|payment method", "결제수단"}, {colContact, "contact|연락처|전화번호|고객센터", ""},
	{colSettlement, "settlement|bill", ""}, {colRefundOf, "refund_of", ""},
}

// match says how well a name fits a meaning: 0 not at all, the less the better.
type match struct {
	meaning meaning
	rank    int
}

const (
	maxName    = 200 // bytes of a column's name
	maxColumns = 256 // of a table that a person would read
)

// meaningOf finds what a column of this name holds.
func meaningOf(name string) match {
	if len(name) > maxName {
		return match{}
	}
	n := plainName(name)
	if n == "" {
		return match{}
	}
	v := vocabulary()
	if m, ok := v.whole[n]; ok {
		return m
	}
	if len(n) > 60 {
		return match{} // a sentence
	}
	for _, p := range v.parts {
		if strings.Contains(n, p.text) {
			return p.match
		}
	}
	return match{}
}

// part is a piece of a column's name with what it says.
type part struct {
	text string
	match
}

// vocabulary is headers made ready, when the first file is read.
var vocabulary = sync.OnceValue(func() (v struct {
	whole map[string]match
	parts []part
}) {
	v.whole = map[string]match{}
	for _, h := range headers {
		for rank, name := range strings.Split(h.is, "|") {
			if _, ok := v.whole[name]; !ok && name != "" {
				v.whole[name] = match{h.meaning, rank + 1}
			}
		}
		for rank, text := range strings.Split(h.part, "|") {
			if text != "" {
				v.parts = append(v.parts, part{text, match{h.meaning, 100 + rank}})
			}
		}
	}
	return v
})

// plainName is a header without width, case, quotes, units in brackets and
// spaces between Korean words.
func plainName(s string) string {
	s = strings.Trim(history.Fold(strings.ToValidUTF8(s, "")), " \t\"'*#:\ufeff")
	if i := strings.IndexAny(s, "([<"); i > 0 {
		s = s[:i]
	}
	s = strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ")
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
		s = strings.ReplaceAll(s, " ", "")
	}
	return s
}

// columns says where each meaning stands, -1 for nowhere.
type columns [meanings]int

func noColumns() columns {
	var c columns
	for i := range c {
		c[i] = -1
	}
	return c
}

func (c *columns) has(m meaning) bool { return c[m] >= 0 }

// usable reports whether transactions can come from these columns.
func (c *columns) usable() bool {
	return (c.has(colDate) || c.has(colInstant)) && (c.has(colAmount) || c.has(colDebit) || c.has(colCredit) || c.has(colMinor))
}

// width is how many fields a line needs at least.
func (c *columns) width() int {
	w := 0
	for _, m := range []meaning{colDate, colAmount, colDebit, colCredit, colInstant, colMinor} {
		if m == colDebit && c.has(colCredit) {
			continue // the last of the two may be cut off where it is empty
		}
		w = max(w, c[m]+1)
	}
	return w
}

// columnsOf reads a header; known is how many names were understood.
func columnsOf(fields [][]byte) (c columns, known int) {
	c = noColumns()
	var ranks [meanings]int
	for i, f := range fields {
		m := meaningOf(string(f))
		if m.rank == 0 {
			continue
		}
		known++
		if m.meaning != ignored && (c[m.meaning] < 0 || m.rank < ranks[m.meaning]) {
			c[m.meaning], ranks[m.meaning] = i, m.rank
		}
	}
	if !c.has(colMerchant) && c.has(colReason) { // the description is all there is
		c[colMerchant], c[colReason] = c[colReason], -1
	}
	if !c.has(colDate) {
		c[colDate], c[colInstant] = c[colInstant], -1
	}
	if !c.has(colDate) { // of a list of cancellations
		c[colDate], c[colCancelledOn] = c[colCancelledOn], -1
	}
	c.priceElsewhere(fields)
	if c.has(colDebit) && c.has(colCredit) {
		c[colAmount] = -1
	} else if c.has(colAmount) {
		c[colDebit], c[colCredit] = -1, -1
	}
	return c, known
}

// listed gives the columns for Detected.
func (c *columns) listed(header []string) []Column {
	var list []Column
	width := 0
	for _, i := range c {
		width = max(width, i+1)
	}
	for i := range width {
		for m, at := range c {
			if at == i {
				name := ""
				if i < len(header) {
					name = header[i]
				}
				list = append(list, Column{i, name, meaningWords[m]})
			}
		}
	}
	return list
}

// infer finds the columns of a file without a header, from what its lines hold.
func infer(sample [][][]byte) columns {
	c := noColumns()
	width := 0
	for _, r := range sample {
		width = max(width, len(r))
	}
	words := make([]int, width)
	for i := range width {
		filled, dates, amounts, letters := 0, 0, 0, 0
		for _, r := range sample {
			if i >= len(r) || len(bytes.TrimSpace(r[i])) == 0 {
				continue
			}
			filled++
			text := string(bytes.TrimSpace(r[i]))
			switch {
			case looksLikeDate(text):
				dates++
			case looksLikeAmount(text):
				amounts++
			case strings.ContainsFunc(text, unicode.IsLetter):
				letters++
				words[i] += len(text)
			}
		}
		switch {
		case filled == 0 || filled*2 < len(sample):
		case dates*10 >= filled*8 && !c.has(colDate):
			c[colDate] = i
		case amounts*10 >= filled*8 && !c.has(colAmount) && c.has(colDate): // the first one; a balance stands behind it
			c[colAmount] = i
		case letters*10 >= filled*8 && (!c.has(colMerchant) || words[i] > words[c[colMerchant]]):
			c[colMerchant] = i
		}
	}
	return c
}

func looksLikeDate(s string) bool {
	p, ok := splitDate([]byte(s))
	if !ok {
		return false
	}
	for _, o := range []order{ymd, dmy, mdy} {
		if _, _, _, ok := p.civil(o); ok && p.n == 3 {
			return true
		}
	}
	return false
}

func looksLikeAmount(s string) bool {
	for _, cur := range []money.Currency{money.KRW, money.USD, "EUR"} {
		if _, err := money.Parse(s, cur); err == nil {
			return true
		}
	}
	return false
}
