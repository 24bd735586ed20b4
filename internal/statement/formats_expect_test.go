package statement_test

// others are what each file of testdata/statements that is no table says.
var others = map[string]string{
	"us-bank.ofx": `
ofx windows-1252 ymd USD
2026-11-02 12:00:00 payment USD -4.75 | us-bank.ofx | CAFÉ & BAR #12 | POS PURCHASE |  |  | 20261102001
2026-11-04 00:00:00 payment USD -1080.00 | us-bank.ofx | CHECK 1042 |  |  | 1042 | 20261104001
2026-11-06 00:00:00 transfer_in USD 2150.33 | us-bank.ofx | ACME PAYROLL |  |  |  | 20261106001
2026-11-10 22:30:15 fee USD -0.50 | us-bank.ofx | PAPER STATEMENT FEE |  |  |  | 20261110001
2026-11-20 00:00:00 earn USD 0.02 | us-bank.ofx | INTEREST PAID |  |  |  | 20261120001
skipped 47 bad_date: <STMTTRN> <TRNTYPE>DEBIT <DTPOSTED>20260
states closing  USD 342118
6 lines, spent 108525
`,
	"card.qfx": `
ofx utf-8 ymd USD
2026-11-01 12:00:00 payment USD -15.49 | card.qfx | NETFLIX.COM |  |  |  | F1
2026-11-04 12:00:00 payment USD -8.40 of JPY 1260 | card.qfx | TOKYO METRO | JPY 1,260 |  |  | F2
2026-11-05 00:00:00 refund USD 15.49 | card.qfx | NETFLIX.COM |  |  |  | F3
2026-11-06 00:00:00 transfer_in USD 120.00 | card.qfx | THANK YOU |  |  |  | F4
skipped 11 correction: <STMTTRN><TRNTYPE>DEBIT<DTPOSTED>2026110
states closing  USD -10211
5 lines, spent 840
`,
	"two-accounts.ofx": `
ofx utf-8 ymd EUR
2026-11-03 00:00:00 payment EUR -4.50 | two-accounts.ofx FR7630004 | BOULANGERIE DE LA GARE PARIS XII - LEFEBVRE & FILS | CARTE 03/11 <X1> |  |  | 1
2026-11-04 00:00:00 transfer_out EUR -200.00 | two-accounts.ofx FR7630004 | VIR LIVRET |  |  |  | 2
2026-11-04 00:00:00 transfer_in EUR 200.00 | two-accounts.ofx FR7630099 | VIR COMPTE |  |  |  | 
2026-11-05 00:00:00 payment USD -9.99 | two-accounts.ofx FR7630099 | APP STORE |  |  |  | 7
4 lines, spent 450
`,
	"korean-card.ofx": `
ofx cp949 ymd KRW
2026-11-22 09:30:15 payment KRW -4500 | korean-card.ofx | 스타벅스 강남역점 |  |  |  | 30012345
2026-11-21 23:59:59 payment KRW -21900 | korean-card.ofx | (주)우아한형제들 | 일시불 |  |  | 30012346
2 lines, spent 26400
`,
	"unsigned-debits.ofx": `
ofx utf-8 ymd GBP
2026-11-03 00:00:00 payment GBP -31.20 | unsigned-debits.ofx | THAMES WATER |  |  |  | a
2026-11-04 00:00:00 payment GBP -8.15 | unsigned-debits.ofx | TESCO STORES |  |  |  | b
2026-11-25 00:00:00 transfer_in GBP 1900.00 | unsigned-debits.ofx | SALARY |  |  |  | c
3 lines, spent 3935
`,
	"quicken.qif": `
qif utf-8 mdy USD
2026-11-22 00:00:00 payment USD -4.75 | quicken.qif Checking | Starbucks Store 01234 |  | Food:Coffee |  | 
2026-11-04 00:00:00 payment USD -1080.00 | quicken.qif Checking | Riverside Apartments | November | Housing:Rent | 1042 | 
2026-11-02 00:00:00 payment USD -64.10 | quicken.qif Checking | Grocery Mart | Paper towels | Food:Groceries |  | 
2026-11-06 00:00:00 transfer_in USD 2150.33 | quicken.qif Checking | Acme Payroll |  | Salary |  | 
2026-11-07 00:00:00 transfer_out USD -120.00 | quicken.qif Checking | Card payment |  |  |  | 
2026-11-03 00:00:00 payment USD -15.49 | quicken.qif Visa | Netflix |  | Entertainment |  | 
skipped 40 bad_date: D2/30'26 T-1.00 PNo such day ^
skipped 55 other_part: D11/ 9'26 NBuy YACME I10 Q2 T20 ^
skipped 63 other_part: NFood E ^
9 lines, spent 116434
`,
	"german.qif": `
qif windows-1252 dmy EUR
2026-11-22 00:00:00 payment EUR -3.40 | german.qif | Bäckerei Müller | Brötchen |  |  | 
2026-11-20 00:00:00 payment EUR -1080.00 | german.qif | Stadtwerke |  |  |  | 
2026-11-01 00:00:00 transfer_in EUR 2500.00 | german.qif | Arbeitgeber GmbH | Gehalt |  |  | 
3 lines, spent 108340
`,
	"day-first.qif": `
qif utf-8 dmy USD
2026-11-03 00:00:00 payment USD -31.20 | day-first.qif | THAMES WATER |  |  |  | 
2026-11-04 00:00:00 payment USD -8.15 | day-first.qif | TESCO STORES |  |  |  | 
2026-11-25 00:00:00 refund USD 12.00 | day-first.qif | REFUND TESCO |  |  |  | 
3 lines, spent 2735
`,
	"german.sta": `
mt940 windows-1252 ymd EUR
2026-11-02 00:00:00 payment EUR -3.40 | german.sta | Bäckerei Müller GmbH | Brötchen und Kaffee November |  | E2E-0815 | 
2026-11-05 00:00:00 payment EUR -1080.00 | german.sta | Hausverwaltung Nord | Miete November Wohnung 3 |  | STADT-11 | 
2026-11-10 00:00:00 transfer_in EUR 2500.00 | german.sta | Arbeitgeber GmbH | Gehalt 11/26 |  | GEHALT | 
2026-11-12 00:00:00 refund EUR 12.99 | german.sta | Streamdienst AG | Rueckgabe |  | 2611120004 | 
2026-11-30 00:00:00 fee EUR -4.50 | german.sta | Kontofuehrung |  |  |  | 
states opening 10020030/1234567 EUR 150000
states closing 10020030/1234567 EUR 292509, found 292509: true
5 lines, spent 107491
`,
	"dutch.940": `
mt940 utf-8 ymd EUR
2027-01-02 00:00:00 payment EUR -1.56 | dutch.940 | EV10001REP1000000T1000 |  |  | EV12341REP1231456T1234 | 
2027-01-02 00:00:00 transfer_in EUR 1.57 | dutch.940 | Jan de Vries | etentje |  | 00000000001006 | 
skipped 11 bad_date: :61:xx02
skipped 13 preamble: :86:/SUM/2/2/1,56/1,57/ -}
states opening NL69INGB0123456789EUR EUR 66223
states closing NL69INGB0123456789EUR EUR 66424, found 66224: false
3 lines, spent 156
`,
	"german-camt.xml": `
camt.053 utf-8 ymd EUR
2026-11-02 00:00:00 payment EUR -3.40 | german-camt.xml | Bäckerei Müller & Söhne | Brötchen und Kaffee |  |  | BANK-1
2026-11-10 17:30:00 transfer_in EUR 2500.00 | german-camt.xml | Arbeitgeber GmbH | Gehalt |  | GEHALT-11 | BANK-2
2026-11-12 00:00:00 payment EUR -17.98 | german-camt.xml | Streamdienst AG |  |  | A1 | 
2026-11-12 00:00:00 payment EUR -40.00 | german-camt.xml | Fitness Nord |  |  | A2 | 
2026-11-13 00:00:00 refund EUR 12.99 | german-camt.xml | Streamdienst AG |  |  |  | 
2026-11-20 00:00:00 fee EUR -5.00 | german-camt.xml | Kontoführung |  |  |  | 
2026-11-23 00:00:00 payment EUR -9.99 pending | german-camt.xml | Kartenzahlung vorgemerkt |  |  |  | 
states opening DE02100100100006820101 EUR 150000
states closing DE02100100100006820101 EUR 394661, found 394661: true
states entries DE02100100100006820101  6, found 6: true
states debits DE02100100100006820101 EUR 6638, found 6638: true
states credits DE02100100100006820101 EUR 251299, found 251299: true
7 lines, spent 6338
`,
	"newest-camt.xml": `
camt.053 utf-8 ymd KRW
2026-11-20 00:00:00 payment KRW -13500 of USD 9.99 | newest-camt.xml | 넷플릭스 |  |  |  | R1
skipped 10 notice: <ns2:Ntry><Amt Ccy="KRW">0</Amt><CdtDbtI
skipped 11 bad_date: <ns2:Ntry><Amt Ccy="KRW">500</Amt><CdtDb
states opening 110-123-456789 KRW 100000
states closing 110-123-456789 KRW 90000, found 86500: false
3 lines, spent 13500
`,
	"plain.journal": `
journal utf-8 ymd USD
2026-11-02 00:00:00 payment USD -15.49 | plain.journal | Netflix | monthly | media |  | 1042
2026-11-03 00:00:00 payment KRW -4500 pending | plain.journal | 스타벅스 |  | cafe |  | 
2026-11-04 00:00:00 payment USD -25.50 | plain.journal | Market |  | food |  | 
2026-11-05 00:00:00 transfer_in USD 2150.33 | plain.journal | Salary |  | acme |  | 
skipped 2 directive: account assets:bank
skipped 3 directive: commodity 1,000.00 USD
skipped 4 directive: P 2026-11-01 USD 1,390 KRW
skipped 23 bad_amount: 2026-11-06 Share
skipped 27 complex: 2026-11-07 Three ways
skipped 32 bad_date: 2026-02-30 No such day
skipped 36 directive: ~ monthly
11 lines, spent 4099
`,
	"plain.beancount": `
journal utf-8 ymd EUR
2026-11-02 00:00:00 payment EUR -17.98 | plain.beancount | Streamdienst | November; "premium" | Media |  | a-1
2026-11-03 00:00:00 refund EUR 5.00 | plain.beancount | Refund |  | Media |  | 
skipped 1 directive: option "title" "Wallet"
skipped 2 directive: option "operating_currency" "EUR"
skipped 3 directive: 2026-01-01 open Assets:Bank EUR
skipped 4 directive: 2026-01-01 open Expenses:Media
skipped 15 directive: 2026-11-04 balance Assets:Bank 100 EUR
7 lines, spent 1298
`,
}
