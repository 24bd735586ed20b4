package audit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// jitter is some minutes, in hours, that look like a queue's.
func jitter(k int) float64 { return float64(k*37%11) / 60 }

// each writes charges on a day of every so many months; the amounts go round.
func (b *book) each(from string, months, every, dom int, hour float64, name string, amounts ...int64) {
	year, month, _ := on(from).Date()
	for k := range months {
		first := time.Date(year, month+time.Month(k*every), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		if hour < 0 {
			b.add(history.DateOf(first.Year(), first.Month(), min(dom, last)), -1, -amounts[k%len(amounts)], name)
			continue
		}
		b.add(history.DateOf(first.Year(), first.Month(), min(dom, last)), hour+jitter(k), -amounts[k%len(amounts)], name)
	}
}

// timed takes the times of day away, unless they are to be known.
func (b *book) timed(yes bool) {
	for i := range b.in.Items {
		if !yes {
			b.in.Items[i].Second = -1
		}
	}
}

// told is a series in a line.
func told(s *audit.Series) string {
	next := "-"
	if s.HasNext {
		next = s.Next.String()
	}
	return fmt.Sprintf("%s %s %s %s n=%d changes=%d next=%s", s.Merchant, s.Cadence, s.Kind, s.Status, len(s.Members), len(s.Changes), next)
}

// shapes are lives as they are, none of which a generator made, with what a
// person would say of them.
var shapes = map[string]struct {
	asOf string
	make func(b *book)
	want []string
}{
	"annual plan and a new tax": {"2026-03-10", func(b *book) {
		b.each("2023-09-01", 2, 12, 14, 10, "한빛클라우드", 99000)
		b.each("2025-09-01", 1, 12, 14, 10, "한빛클라우드", 108900)
	}, []string{"한빛클라우드 yearly fixed active n=3 changes=1 next=2026-09-14"}},
	"dollars at the card's rate": {"2026-03-10", func(b *book) {
		for k, won := range []int64{14212, 14390, 14105, 14532, 14688, 14460, 14307, 14591, 14720, 14633, 14950, 14871} {
			it := b.add(history.DateOf(2025, time.Month(3+k), 3), 4.2+jitter(k), -won, "NIMBUS PRO 8005551212 CA")
			if k != 4 && k != 8 { // the card company forgot
				it.OrigMinor, it.OrigCode = 999, "USD"
			}
		}
	}, []string{"NIMBUS PRO monthly fx active n=12 changes=0 next=2026-03-03"}},
	"dollars that became dearer, no price said": {"2026-03-20", func(b *book) {
		for k, won := range []int64{13912, 14190, 14005, 14132, 14288, 14060, 17107, 17391, 17220, 17433, 17650, 17571, 17480} {
			b.add(history.DateOf(2025, time.Month(3+k), 3), 4.2+jitter(k), -won, "NIMBUS PRO")
		}
	}, []string{"NIMBUS PRO monthly fx active n=13 changes=1 next=2026-04-03"}},
	"thirty days across February": {"2026-04-05", func(b *book) {
		for k := range 15 {
			b.add(on("2025-01-20")+history.Day(30*k), 9.5+jitter(k), -4400, "렌즈박스")
		}
	}, []string{"렌즈박스 days30 fixed active n=15 changes=0 next=2026-04-15"}},
	"bundle on the phone bill": {"2026-03-20", func(b *book) {
		b.each("2025-07-01", 9, 1, 12, 3.1, "휴대폰결제 다날", 5500)
		for k := range 23 {
			b.add(on("2025-07-02")+history.Day(k*11+k*k%5), 12+float64(k*5%11), -int64(1100+k*k%7*1100), fmt.Sprintf("휴대폰결제 다날 주문%d", 187213+k*7919))
		}
	}, []string{"다날 monthly fixed active n=9 changes=0 next=2026-04-12"}},
	"three receipts of one biller on one day": {"2026-03-20", func(b *book) {
		b.each("2025-06-01", 10, 1, 9, 5.2, "APPLE.COM/BILL", 3900)
		b.each("2025-06-01", 10, 1, 9, 5.3, "APPLE.COM/BILL", 11000)
		b.each("2025-06-01", 10, 1, 9, 5.4, "APPLE.COM/BILL", 14900)
		for k := range 9 {
			b.add(on("2025-06-20")+history.Day(k*31-k*k*7%23), 13+float64(k*5%10), -int64(1100*(1+k*k%5)), "APPLE.COM/BILL")
		}
	}, []string{"APPLE monthly fixed active n=10 changes=0 next=2026-04-09", "APPLE monthly fixed active n=10 changes=0 next=2026-04-09", "APPLE monthly fixed active n=10 changes=0 next=2026-04-09"}},
	"card check before a trial": {"2026-03-20", func(b *book) {
		b.add(on("2025-08-01"), 21, -100, "웨이브온")
		b.add(on("2025-08-01"), 21.01, 100, "웨이브온").Type = wallet.Refund
		b.each("2025-09-01", 7, 1, 1, 4, "웨이브온", 13900)
	}, []string{"웨이브온 monthly fixed active n=7 changes=0 next=2026-04-01"}},
	"gym that rested for two months": {"2026-03-20", func(b *book) {
		b.each("2025-01-01", 6, 1, 5, 8, "스포짐 강남점", 55000)
		b.each("2025-09-01", 7, 1, 5, 8, "스포짐 강남점", 55000)
	}, []string{"스포짐 강남점 monthly fixed active n=13 changes=0 next=2026-04-05"}},
	"three cheap months": {"2026-03-20", func(b *book) {
		b.each("2025-03-01", 3, 1, 17, 2, "Larkspur VPN", 4900)
		b.each("2025-06-01", 10, 1, 17, 2, "Larkspur VPN", 9900)
	}, []string{"Larkspur VPN monthly fixed active n=13 changes=1 next=2026-04-17"}},
	"given back and billed again the next day": {"2026-03-20", func(b *book) {
		b.each("2025-04-01", 12, 1, 14, 9, "누리신문", 8900)
		b.add(on("2025-08-15"), 11, 8900, "누리신문").Type = wallet.Refund
		b.add(on("2025-08-15"), 11.2, -8900, "누리신문")
	}, []string{"누리신문 monthly fixed active n=12 changes=0 next=2026-04-14"}},
	"another card, another name": {"2026-03-20", func(b *book) {
		b.each("2025-02-01", 7, 1, 22, 6, "NETFLIX.COM 866-579-7172", 13500)
		b.each("2025-09-01", 7, 1, 22, 6, "넷플릭스서비시스코리아", 13500)
	}, []string{"NETFLIX monthly fixed active n=14 changes=0 next=2026-04-22"}},
	"weekly and monthly at one merchant": {"2026-03-20", func(b *book) {
		for k := range 20 {
			b.add(on("2025-11-04")+history.Day(7*k), 6+jitter(k), -3300, "초록마을 정기배송")
		}
		b.each("2025-08-01", 8, 1, 12, 3, "초록마을 정기배송", 9900)
	}, []string{"초록마을 정기배송 monthly fixed active n=8 changes=0 next=2026-04-12", "초록마을 정기배송 weekly fixed active n=20 changes=0 next=2026-03-24"}},
	"gas, sevenfold in winter": {"2026-03-25", func(b *book) {
		b.each("2024-12-01", 16, 1, 20, 5, "서울도시가스", 142300, 168900, 151200, 98400, 61200, 38700, 26900, 23100, 22400, 25300, 47800, 89100, 139900, 171200, 149800, 101300)
	}, []string{"서울도시가스 monthly usage active n=16 changes=0 next=2026-04-20"}},
	"parking and tolls": {"2026-03-20", func(b *book) {
		for k := range 70 {
			d := on("2025-12-01") + history.Day(k)
			if d.Weekday() > 4 {
				continue
			}
			b.add(d, 8.1+jitter(k), -1900, "하이패스 통행료")
			b.add(d, 18.4+2*jitter(k), -1900, "하이패스 통행료")
			if k%3 != 1 {
				b.add(d, 12+float64(k%5), -int64(3000+k*7%4*1000), "서초공영주차장")
			}
		}
	}, nil},
	"school fees each term": {"2026-03-20", func(b *book) {
		for _, d := range []string{"2024-03-04", "2024-06-03", "2024-09-02", "2024-12-02", "2025-03-04", "2025-06-02", "2025-09-01", "2025-12-01", "2026-03-03"} {
			b.add(on(d), 10, -390000, "새싹유치원")
		}
	}, []string{"새싹유치원 quarterly fixed active n=9 changes=0 next=2026-06-01"}},
	"tuition twice a year": {"2026-03-20", func(b *book) {
		for k, d := range []string{"2024-02-20", "2024-08-20", "2025-02-20", "2025-08-21", "2026-02-20"} {
			b.add(on(d), 11+float64(k), -3820000, "한국대학교 등록금")
		}
	}, []string{"한국대학교 등록금 half_yearly fixed active n=5 changes=0 next=2026-08-20"}},
	"insurance on the day before holidays": {"2026-03-10", func(b *book) {
		for k, d := range []string{"2025-01-24", "2025-02-25", "2025-03-25", "2025-04-25", "2025-05-23", "2025-06-25", "2025-07-25", "2025-08-25", "2025-09-25", "2025-10-24", "2025-11-25", "2025-12-24", "2026-01-23", "2026-02-25"} {
			b.add(on(d), 5+jitter(k), -87300, "든든생명보험료")
		}
	}, []string{"든든생명보험료 monthly fixed active n=14 changes=0 next=2026-03-25"}},
	"a new product of an old merchant": {"2026-03-20", func(b *book) {
		b.each("2023-02-01", 7, 1, 6, 4, "바로북스", 4900)
		b.each("2025-07-01", 9, 1, 19, 22, "바로북스", 12900)
	}, []string{"바로북스 monthly fixed active n=9 changes=0 next=2026-04-19", "바로북스 monthly fixed cancelled n=7 changes=0 next=-"}},
	"phone bill after the last instalment of the phone": {"2026-03-25", func(b *book) {
		for k, d := range []string{"2025-01-21", "2025-02-21", "2025-03-21", "2025-04-21", "2025-05-21", "2025-06-23", "2025-07-21", "2025-08-21", "2025-09-22", "2025-10-21", "2025-11-21", "2025-12-22", "2026-01-21", "2026-02-23", "2026-03-23"} {
			won := int64(93420)
			if k > 8 {
				won = 62700
			}
			b.add(on(d), 5+jitter(k), -won, "SK텔레콤 통신요금")
		}
	}, []string{"SK텔레콤 통신요금 monthly fixed active n=15 changes=1 next=2026-04-21"}},
	"one seat more, and one more": {"2026-03-20", func(b *book) {
		b.each("2025-01-01", 5, 1, 8, 3, "TEAMDOCS* 4F9K", 26400)
		b.each("2025-06-01", 4, 1, 8, 3, "TEAMDOCS* 4F9K", 35200)
		b.each("2025-10-01", 6, 1, 8, 3, "TEAMDOCS* 4F9K", 44000)
	}, []string{"TEAMDOCS monthly fixed active n=15 changes=2 next=2026-04-08"}},
	"upgrade paid in part": {"2026-03-20", func(b *book) {
		b.each("2025-06-01", 5, 1, 10, 3, "모두메일", 9900)
		b.add(on("2025-10-22"), 15.3, -3230, "모두메일")
		b.each("2025-11-01", 5, 1, 10, 3, "모두메일", 14900)
	}, []string{"모두메일 monthly fixed active n=10 changes=1 next=2026-04-10"}},
	"membership among purchases": {"2026-03-20", func(b *book) {
		b.each("2025-01-01", 8, 1, 24, 7, "쿠팡(주)", 4990)
		b.each("2025-09-01", 6, 1, 24, 7, "쿠팡(주)", 7890)
		for k := range 160 {
			b.add(on("2025-01-02")+history.Day(k*11/4), 8+float64(k*7%15)+jitter(k), -int64(5900+k*k*13%61*770), "쿠팡(주)")
		}
	}, []string{"쿠팡 monthly fixed active n=14 changes=1 next=2026-03-24"}},
	"membership among purchases without times": {"2026-03-20", func(b *book) {
		b.each("2025-01-01", 14, 1, 24, -1, "쿠팡(주)", 7890)
		for k := range 160 {
			b.add(on("2025-01-02")+history.Day(k*11/4), -1, -int64(5900+k*k*13%61*770), "쿠팡(주)")
		}
	}, []string{"쿠팡 monthly fixed active n=14 changes=0 next=2026-03-24"}},
	"forty per cent dearer": {"2026-03-20", func(b *book) {
		b.each("2025-01-01", 8, 1, 3, 1.5, "GOOGLE*YOUTUBEPREMIUM", 10450)
		b.each("2025-09-01", 7, 1, 3, 1.5, "GOOGLE*YOUTUBEPREMIUM", 14900)
	}, []string{"YOUTUBEPREMIUM monthly fixed active n=15 changes=1 next=2026-04-03"}},
	"cloud bill that grows": {"2026-03-20", func(b *book) {
		sum := 21000.0
		for k := range 14 {
			b.add(history.DateOf(2025, time.Month(2+k), 3), 7+2*jitter(k), -int64(sum), "AWS EMEA aws.amazon.co")
			sum *= []float64{1.12, 1.05, 1.21, 0.97}[k%4]
		}
	}, []string{"AWS EMEA aws amazon monthly usage active n=14 changes=0 next=2026-04-03"}},
	"coffee and lunch": {"2026-03-20", func(b *book) {
		for k := range 150 {
			d := on("2025-10-20") + history.Day(k)
			if d.Weekday() > 4 {
				continue
			}
			if k*k%7 != 2 {
				b.add(d, 8.2+jitter(k*3), -4500, "카페모모 역삼점")
			}
			if k*k%5 != 1 {
				b.add(d, 12.1+jitter(k*5), -int64(9000+k%3*1000), "엄마손백반")
			}
		}
	}, nil},
	"the day moved with the plan": {"2026-03-25", func(b *book) {
		b.each("2025-04-01", 5, 1, 10, 3, "소나티비", 9900)
		b.each("2025-09-01", 7, 1, 22, 15.5, "소나티비", 14900)
	}, []string{"소나티비 monthly fixed active n=7 changes=0 next=2026-04-22", "소나티비 monthly fixed cancelled n=5 changes=0 next=-"}},
	"barber about once a month": {"2026-03-20", func(b *book) {
		day := on("2025-01-11")
		for k := range 14 {
			b.add(day, 11+float64(k*5%8), -18000, "블루헤어")
			day += history.Day(24 + k*k*7%17)
		}
	}, nil},
	"receipts put together": {"2026-03-20", func(b *book) {
		for k := range 12 {
			d := history.DateOf(2025, time.Month(4+k), 9)
			if k == 4 || k == 7 { // both on one receipt
				b.add(d, 5.3+jitter(k), -14900, "APPLE.COM/BILL")
				continue
			}
			b.add(d, 5.3+jitter(k), -3900, "APPLE.COM/BILL")
			b.add(d, 5.35+jitter(k), -11000, "APPLE.COM/BILL")
		}
	}, []string{"APPLE monthly fixed active n=10 changes=0 next=2026-04-09", "APPLE monthly fixed active n=10 changes=0 next=2026-04-09"}},
	"the last receipt put together": {"2026-03-20", func(b *book) {
		b.each("2025-06-01", 9, 1, 9, 5.3, "APPLE.COM/BILL", 3900)
		b.each("2025-06-01", 9, 1, 9, 5.4, "APPLE.COM/BILL", 11000)
		b.each("2026-03-01", 1, 1, 9, 5.3, "APPLE.COM/BILL", 14900)
	}, []string{"APPLE monthly fixed active n=9 changes=0 next=2026-04-09", "APPLE monthly fixed active n=9 changes=0 next=2026-04-09"}},
	"booked when the card company opens": {"2026-03-20", func(b *book) {
		for k := range 13 {
			d := history.DateOf(2025, time.Month(3+k), 15) + history.Day(1+k%2)
			for d.Weekday() > 4 {
				d++
			}
			b.add(d, -1, -17000, "하루웹툰")
		}
	}, []string{"하루웹툰 monthly fixed active n=13 changes=0 next=2026-04-17"}},
	"points refill themselves": {"2026-03-20", func(b *book) {
		day := on("2025-02-03")
		for k := range 17 {
			b.add(day, 7+float64(k*11%14), -50000, "하이패스 자동충전")
			day += history.Day(13 + k*k*11%23)
		}
	}, nil},
	"rented for three years, cheaper afterwards": {"2026-03-20", func(b *book) {
		b.each("2023-02-01", 36, 1, 5, 6, "맑은물렌탈", 29900)
		b.each("2026-02-01", 2, 1, 5, 6, "맑은물렌탈", 9900)
	}, []string{"맑은물렌탈 monthly fixed active n=38 changes=1 next=2026-04-05"}},
	"from months to a year": {"2026-03-20", func(b *book) {
		b.each("2024-07-01", 8, 1, 11, 3, "한걸음에듀", 12900)
		b.each("2025-03-01", 2, 12, 11, 3, "한걸음에듀", 119000)
	}, []string{"한걸음에듀 monthly fixed cancelled n=8 changes=0 next=-", "한걸음에듀 yearly fixed active n=2 changes=0 next=2027-03-11"}},
	"two children, one school": {"2026-03-20", func(b *book) {
		b.each("2025-03-01", 13, 1, 5, 10, "늘봄태권도", 150000)
		b.each("2025-03-01", 13, 1, 5, 10.02, "늘봄태권도", 140000)
	}, []string{"늘봄태권도 monthly fixed active n=13 changes=0 next=2026-04-05", "늘봄태권도 monthly fixed active n=13 changes=0 next=2026-04-05"}},
	"local taxes": {"2026-03-20", func(b *book) {
		for _, d := range []string{"2024-06-28", "2024-12-30", "2025-06-30", "2025-12-31"} {
			b.add(on(d), 20.5, -259800, "서울시 자동차세")
		}
		for _, d := range []string{"2024-07-29", "2024-09-30", "2025-07-30", "2025-09-29"} {
			b.add(on(d), 21, -312450, "서울시 재산세")
		}
	}, []string{"서울시 자동차세 half_yearly fixed active n=4 changes=0 next=2026-06-30"}},
	"rounded by ten won now and then": {"2026-03-25", func(b *book) {
		b.each("2025-01-01", 15, 1, 21, 5, "KT 인터넷", 38500, 38500, 38500, 38510, 38500, 38490)
	}, []string{"KT monthly fixed active n=15 changes=0 next=2026-04-21"}},
	"months in the name": {"2026-03-20", func(b *book) {
		for k := range 14 {
			b.each(fmt.Sprintf("%d-%02d-01", 2025+k/12, 1+k%12), 1, 1, 15, 4, fmt.Sprintf("%02d월분 정수기 렌탈료(%d회차)", 1+k%12, 7+k), 33900)
		}
	}, []string{"정수기 렌탈료 monthly fixed active n=14 changes=0 next=2026-03-15"}},
	"a dollar price that rose while the card company forgot it": {"2026-03-20", func(b *book) {
		for k := range 13 {
			cents, rate := int64(1000), []float64{14.1, 14.3, 13.9, 13.8}[k%4]
			if k > 6 {
				cents = 1050
			}
			it := b.add(history.DateOf(2025, time.Month(3+k), 3), 4.2+jitter(k), -int64(float64(cents)*rate), "NIMBUS PRO")
			if k != 7 {
				it.OrigMinor, it.OrigCode = cents, "USD"
			}
		}
	}, []string{"NIMBUS PRO monthly fx active n=13 changes=1 next=2026-04-03"}},
	"billed in dollars, then in won": {"2026-03-20", func(b *book) {
		for k := range 13 {
			it := b.add(history.DateOf(2025, time.Month(3+k), 3), 4.2+jitter(k), -[]int64{14100, 14350, 13980, 14240}[k%4], "NIMBUS PRO")
			if k < 7 {
				it.OrigMinor, it.OrigCode = 999, "USD"
			} else {
				it.Minor = -14500
			}
		}
	}, []string{"NIMBUS PRO monthly fixed active n=13 changes=0 next=2026-04-03"}},
	"hotel nights and a taxi app": {"2026-03-20", func(b *book) {
		for k := range 40 {
			b.add(on("2025-05-03")+history.Day(k*8+k*k%7), 6+float64(k*7%17), -int64(4800+k*k*37%173*100), "카카오T택시_자동결제")
		}
	}, nil},
	"a magazine, cancelled and taken up again": {"2026-03-20", func(b *book) {
		b.each("2024-06-01", 8, 1, 27, 2, "무지개웹툰", 5900)
		b.each("2025-08-01", 7, 1, 14, 21, "무지개웹툰", 6900)
	}, []string{"무지개웹툰 monthly fixed active n=7 changes=0 next=2026-03-14", "무지개웹툰 monthly fixed cancelled n=8 changes=0 next=-"}},
	"every fourth Friday": {"2026-03-20", func(b *book) {
		for k := range 12 {
			b.add(on("2025-05-02")+history.Day(28*k), 7+jitter(k), -21900, "고양이모래 정기배송")
		}
	}, []string{"고양이모래 정기배송 four_weekly fixed active n=12 changes=0 next=2026-04-03"}},
	"nursery, by the month but for the holidays": {"2026-03-20", func(b *book) {
		b.each("2025-03-01", 5, 1, 10, 11, "하늘어린이집", 118000)
		b.each("2025-09-01", 4, 1, 10, 11, "하늘어린이집", 118000)
		b.each("2026-03-01", 1, 1, 10, 11, "하늘어린이집", 121000)
	}, []string{"하늘어린이집 monthly fixed active n=10 changes=1 next=2026-04-10"}},
	"a novel now and then, at one price": {"2026-03-20", func(b *book) {
		for k := range 30 {
			b.add(on("2025-05-03")+history.Day(k*10+[]int{0, 4, 1, 6, 2, 7, 3, 0, 5, 1, 8, 2, 6}[k%13]), 10+float64(k*11%12), -12000, "동네서점")
		}
	}, nil},
	"credit card's own fee and a club's": {"2026-03-20", func(b *book) {
		b.each("2023-11-01", 3, 12, 2, -1, "신한카드 연회비", 30000)
		b.each("2024-01-01", 9, 3, 15, -1, "계간 문학", 18000)
	}, []string{"계간 문학 quarterly fixed active n=9 changes=0 next=2026-04-15", "신한카드 연회비 yearly fixed active n=3 changes=0 next=2026-11-02"}},
}

func TestShapesOfLife(t *testing.T) {
	t.Parallel()
	for name, c := range shapes {
		for _, timed := range []bool{true, false} {
			t.Run(name+map[bool]string{true: ", with times", false: ", with dates alone"}[timed], func(t *testing.T) {
				t.Parallel()
				b := bookAt(c.asOf)
				c.make(b)
				b.life()
				b.timed(timed)
				r := b.run()
				var got []string
				for i := range r.Series {
					got = append(got, told(&r.Series[i]))
				}
				slices.Sort(got)
				if !slices.Equal(got, c.want) || len(r.Doubles) != 0 {
					t.Errorf("found\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
					for _, d := range r.Doubles {
						t.Errorf("and twice: %+v %+v", b.in.Items[d.First], b.in.Items[d.Second])
					}
				}
			})
		}
	}
}
