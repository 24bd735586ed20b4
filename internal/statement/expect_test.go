package statement_test

// files are what each file of testdata/statements says.
var files = map[string]string{
	"bank-passbook-utf8-bom.csv": `
utf-8-bom "," header 1 ymd KRW two_columns 0:date 1:reason 2:merchant 3:debit 4:credit
2026-11-01 09:00:00 transfer_in 2500000 (주)한빛 | 급여
2026-11-02 12:31:10 payment -7500 김밥천국 서초 | 체크카드
2026-11-03 18:00:00 payment -50000 홍길동 | 이체
2026-11-05 10:10:10 refund 7500 김밥천국 서초 | 체크취소
2026-11-06 07:00:00 earn 123 예금이자 | 이자
2026-11-07 07:00:00 payment -500 타행이체 | 수수료
6 lines, spent 50500
`,
	"broken-lines.csv": `
utf-8 "," header 1 ymd KRW negative_spent 0:date 1:merchant 2:amount
2026-11-20 00:00:00 payment -1000 ok
2026-11-21 00:00:00 payment -1500 "never closed
2026-11-22 00:00:00 payment -700 two lines
2026-11-23 00:00:00 payment -800 a "quoted" word, and a comma
skipped 3 bad_date: 2026-02-30,no such day,-1000
skipped 4 bad_date: 30/02/2026,no such day either,-1000
skipped 5 stray_quote: 2026-11-21,"never closed,-1500
skipped 6 bad_amount: 2026-11-21,no number,twelve
skipped 7 no_amount: 2026-11-21,empty amount,
skipped 8 too_few: 2026-11-21
skipped 11 header_again: date,merchant,amount
skipped 12 out_of_range: 2026-11-22,too much,-99999999999999
skipped 13 summary: total,,-3200
12 lines, spent 4000
`,
	"card-approvals-cp949.csv": `
cp949 "," header 5 ymd KRW positive_spent 0:date 1:time 2:issuer 3:merchant 4:amount 5:status 6:approval
2026-11-22 13:05:00 payment -4500 스타벅스 강남역점 | 30012345
2026-11-22 13:07:00 refund 4500 스타벅스 강남역점 | 30012345
2026-11-21 09:12:00 payment -1300 GS25 역삼점 | 30012001
2026-11-20 23:59:00 payment -21900 (주)우아한형제들 | 30011555
2026-11-18 08:20:00 payment -6200 뚜레쥬르 | 30011002
skipped 1 preamble: 이용내역 조회,,,,,,
skipped 2 preamble: 조회기간 : 2026.10.01 ~ 2026.11.22,,,,,,
skipped 3 preamble: 고객명 : 홍*동,,,,,,
skipped 10 declined: 2026.11.19,00:00,신용 5678,티머니 교통,"1,550",거절,
skipped 12 summary: 합계,,,,"38,450",,
7 lines, spent 29400
`,
	"card-both-states.csv": `
utf-8 "," header 1 ymd KRW positive_spent 0:date 1:merchant 2:amount 3:status 4:approval
2026-11-20 00:00:00 payment -61000 SK주유소 | 51230001
2026-11-18 00:00:00 payment -210000 롯데호텔 | 51230002
2026-11-17 00:00:00 payment -4500 스타벅스 | 51230003
2026-11-16 00:00:00 payment -4500 스타벅스 | 51230004
skipped 3 posted_too: 2026.11.18,SK주유소,"150,000",미매입,51230001
5 lines, spent 280000
`,
	"card-cancelled-alone-cp949.csv": `
cp949 "," header 4 ymd KRW positive_spent 0:date 1:time 2:issuer 3:merchant 4:amount 5:status
2026-11-20 12:10:00 payment -7500 김밥천국 서초
2026-11-17 19:30:00 refund 12900 쿠팡
2026-11-16 08:05:00 payment -2000 메가커피
skipped 1 preamble: 신용카드 승인내역
skipped 2 preamble: 조회기간 : 2026.11.01 ~ 2026.11.20
skipped 6 cancelled: 2026.11.19,20:41,Deep 1234,야놀자,"89,000",승인취소
skipped 7 cancelled: 2026.11.18,09:02,Deep 1234,쿠팡,"30,200",전체취소
skipped 10 cancelled: 2026.11.16,08:04,Deep 1234,메가커피,"2,000",승인취소
6 lines, spent -3400
`,
	"card-cancelled-negative.csv": `
utf-8 "," header 1 ymd KRW by_type 0:date 1:issuer 2:merchant 3:amount 4:status 5:approval
2026-11-20 18:22:00 refund 23000 올리브영 | 40011223
2026-11-19 18:20:00 payment -23000 올리브영 | 40011223
2026-11-15 10:00:00 refund 15300 교보문고 | 39990001
2026-11-12 11:11:00 payment -1800 GS25 | 40010002
4 lines, spent -13500
`,
	"chinese-pay-gb18030.csv": `
gb18030 "," header 1 ymd CNY positive_spent 0:date 2:merchant 3:reason 5:amount
2026-11-22 09:30:15 payment -33.00 星巴克咖啡北京国贸店 | 拿铁
2026-11-21 23:10:00 payment -18.50 滴滴出行科技有限公司 | 快车
2 lines, spent 5150
`,
	"cr-line-ends.csv": `
utf-8 "," header 1 ymd USD negative_spent 0:date 1:merchant 2:amount 3:currency
2026-11-22 00:00:00 payment -4.50 Cafe
2026-11-22 00:00:00 payment -3200 빵집
2026-11-23 00:00:00 payment -4.50 Cafe
3 lines, spent 900
`,
	"german-semicolon-latin1.csv": `
windows-1252 ";" header 2 dmy EUR negative_spent 0:date 1:merchant 2:reason 3:amount 4:currency
2026-11-22 00:00:00 payment -3.40 Bäckerei Müller | Brötchen
2026-11-20 00:00:00 payment -1080.00 Stadtwerke | Abschlag
2026-11-01 00:00:00 transfer_in 2500.00 Arbeitgeber GmbH | Gehalt
skipped 1 preamble: Kontoauszug;;;
3 lines, spent 108340
`,
	"japanese-bank-sjis.csv": `
shift-jis "," header 1 ymd JPY two_columns 0:date 1:debit 2:credit 3:merchant
2026-11-22 00:00:00 payment -540 ｾﾌﾞﾝｲﾚﾌﾞﾝ ｼﾝｼﾞﾕｸ
2026-11-21 00:00:00 payment -8200 東京電力エナジー
2026-11-20 00:00:00 transfer_in 250000 給与 カ）ハンビット
3 lines, spent 8740
`,
	"no-header-pipes.csv": `
utf-8 "|" header 0 ymd KRW positive_spent 0:date 2:merchant 3:amount
2026-11-20 00:00:00 payment -2500 Kiosk
2026-11-21 00:00:00 payment -4800 카페 소소
2026-11-22 00:00:00 payment -2500 Kiosk
3 lines, spent 9800
`,
	"nul-padded.csv": `
utf-8 "," header 1 ymd KRW negative_spent 0:date 1:merchant 2:amount
2026-11-22 00:00:00 payment -4500 Cafe
2026-11-21 00:00:00 payment -1200 GS25
2 lines, spent 5700
`,
	"own-export.csv": `
utf-8 "," header 1 ymd USD by_type 0:date 1:time 2:merchant 3:amount 4:currency 5:type 6:status 7:category 8:issuer 9:kind 10:channel 11:reason 12:contact 13:order 14:id 15:settlement 16:refund_of 17:instant 18:amount_minor
2026-11-22 09:00:00 payment -0.99 =SUM(A1) | one | A1
2026-11-22 09:05:00 refund 0.99 Shop
2 lines, spent 0
`,
	"pay-app-type-column.csv": `
utf-8 "," header 1 ymd KRW by_type 0:date 1:type 2:merchant 3:amount 4:reason
2026-11-22 00:00:00 payment -2500 편의점 CU
2026-11-22 00:00:00 topup 50000 국민은행 | 자동충전
2026-11-21 00:00:00 transfer_out -10000 김*수 | 점심값
2026-11-20 00:00:00 transfer_in 7000 이영희
2026-11-19 00:00:00 refund 15800 쿠팡 | 반품
2026-11-18 00:00:00 earn 30 출석 체크
2026-11-17 00:00:00 expire -120 출석 체크
7 lines, spent -13300
`,
	"phone-bill-utf16le.csv": `
utf-16le "\t" header 1 ymd KRW positive_spent 0:date 1:merchant 2:reason 3:amount 4:status
2026-11-22 21:05:00 payment -1100 노바게임즈 | 다이아 50개
2026-11-20 00:30:00 payment -1000 웹툰나라 | 쿠키 10개
2026-11-20 00:31:00 refund 1000 웹툰나라 | 쿠키 10개
2026-11-01 09:00:00 payment -8900 음악하루 | 정기결제
4 lines, spent 10000
`,
	"uk-day-first-debit-credit.csv": `
utf-8 "," header 1 dmy GBP two_columns 0:date 1:type 2:merchant 3:debit 4:credit
2026-11-03 00:00:00 payment -31.20 THAMES WATER
2026-11-04 00:00:00 payment -8.15 TESCO STORES
2026-11-25 00:00:00 transfer_in 1900.00 SALARY
3 lines, spent 3935
`,
	"us-bank-debits-negative.csv": `
utf-8 "," header 1 mdy USD negative_spent 0:date 1:merchant 2:amount
2026-11-22 00:00:00 payment -4.75 STARBUCKS STORE 01234
2026-11-21 00:00:00 payment -21.99 AMAZON.COM*AB12C, SEATTLE
2026-11-13 00:00:00 transfer_in 1500.00 PAYROLL DEPOSIT ACME
2026-11-04 00:00:00 payment -15.49 NETFLIX.COM
2026-11-03 00:00:00 refund 12.00 REFUND TARGET
5 lines, spent 3023
`,
	"utf16be-without-bom.csv": `
utf-16be "," header 1 ymd KRW negative_spent 0:date 1:merchant 2:amount
2026-11-22 00:00:00 payment -4500 카페
2026-11-21 00:00:00 payment -1200 GS25
2 lines, spent 5700
`,
}
