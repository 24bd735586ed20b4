package history_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

func TestMatcher(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		words, text string
		want        bool
	}{
		{"스타벅스", "스타벅스 강남역점", true},
		{"ㅅㅌㅂㅅ", "스타벅스 강남역점", true},
		{"ㅅㅌㅂㄱ", "스타벅스 강남역점", false},
		{"ㄱㄴㅇ", "스타벅스 강남역점", true},
		{"스타버", "스타벅스", true},   // while the syllable is still being typed
		{"스타벅ㅅ", "스타벅스", true},  // syllables and consonants mixed
		{"스타버스", "스타벅스", false}, // only the last syllable may be open
		{"ㄲㅂ", "깜빡 상점", false},
		{"ㄲㅃ", "깜빡 상점", true},
		{"ㄱㅅ", "감사 선물", true},
		{"ㄳ", "감사 선물", true}, // two initials that an input method joined
		{"ㄳ", "ㄳ 가게", true},
		{"gs25", "ＧＳ２５ 역삼", true},
		{"ＧＳ", "gs25", true},
		{"café", "CAFE\u0301 Ödön", true},
		{"ödön", "Café ÖDÖN", true},
		{"cafe", "Café", false},
		{"ｶﾌｪ", "カフェ", true},
		{"gs 역삼", "ＧＳ２５ 역삼", true},
		{"gs 강남", "ＧＳ２５ 역삼", false},
		{`"25 역"`, "ＧＳ２５ 역삼", true},
		{`"역 25"`, "ＧＳ２５ 역삼", false},
		{"", "anything", true},
		{`""`, "anything", true},
		{"x", "", false},
		{"100%", "100% 주스", true},
		{"_", "no underscore", false},
	} {
		if got := history.NewMatcher(c.words).Match(c.text); got != c.want {
			t.Errorf("%q in %q: %v, want %v", c.words, c.text, got, c.want)
		}
	}
	many := history.NewMatcher(strings.Repeat("a ", 40))
	if !many.Match("a") || many.Match("b") {
		t.Error("more words than bits")
	}
}

func TestEveryPieceOfATextIsFound(t *testing.T) {
	t.Parallel()
	text := rapid.StringOfN(rapid.RuneFrom([]rune("가각강스타벅쀍힣ㄱㅎabZ 9é")), 1, 20, -1)
	rapid.Check(t, func(t *rapid.T) {
		s := []rune(text.Draw(t, "text"))
		from := rapid.IntRange(0, len(s)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(s)).Draw(t, "to")
		piece := string(s[from:to])
		if !history.NewMatcher(piece).Match(string(s)) {
			t.Fatalf("%q is not found in %q", piece, string(s))
		}
		if f := history.Fold(piece); history.Fold(f) != f {
			t.Fatalf("folding %q twice gives %q", piece, history.Fold(f))
		}
	})
}

func TestWordsMayStandInDifferentFields(t *testing.T) {
	t.Parallel()
	x := wallet.Transaction{
		Merchant: "스타벅스", Category: "cafe", Issuer: "kakao", Reason: "아메리카노", Order: "A-17", Amount: money.Won(-4500), Type: wallet.Payment,
	}
	issuers := []wallet.Issuer{{ID: "kakao", Name: "카카오페이"}}
	for text, want := range map[string]bool{
		"ㅅㅌ cafe 카카오 아메 a-17": true, "cafe kakao": true, "cafe tea": false, "issuer:카카오": true, "issuer:kakao": true, "issuer=카카오페이": false, "issuer=kakao": true,
		"merchant:스타": true, "merchant=스타": false, "merchant=스타벅스": true, "category:ca <5000": true, ">4500": false, "without:category": false, "type:refund": false,
	} {
		q, err := history.ParseQuery(text, money.KRW)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Match(&x, zone(t, "UTC"), issuers); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
