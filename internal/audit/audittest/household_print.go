package audittest

import (
	"fmt"
	"strings"
)

// shop is a merchant with all that is printed beside its name.
type shop struct {
	forms []string // the usual spelling, and another one
	gate  string   // before the name
	tail  tail
	place string
}

// tail is the number behind a name.
type tail uint8

const (
	bare  tail = iota
	auth       // new for each charge
	order      // of one order
	code       // letters and digits of one order
	phone      // always the same
	dated      // the month billed
)

// printed is a name with its number.
func (s *shop) printed(form, number int) string {
	name := s.forms[min(form, len(s.forms)-1)]
	out := s.gate + name
	switch s.tail {
	case auth:
		out += fmt.Sprintf(" 승인%d", number)
		if ascii(name) {
			out = fmt.Sprintf("%s%s AUTH %d", s.gate, name, number)
		}
	case order:
		out += fmt.Sprintf(" #%d", number)
		if !ascii(name) {
			out = fmt.Sprintf("%s%s 주문%d", s.gate, name, number)
		}
	case code:
		out += "*" + codeOf(number)
	case phone:
		out += " 866-579-7172"
	}
	if s.place != "" {
		out += " " + s.place
	}
	return out
}

// codeOf is how shops abroad number their orders: 2K4AB1Z9Q.
func codeOf(n int) string {
	const letters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	out := make([]byte, 9)
	seed := uint64(n)
	for i := range out {
		seed = seed*6364136223846793005 + 1442695040888963407
		k := seed >> 33
		if i%3 == 0 {
			out[i] = letters[k%10]
		} else {
			out[i] = letters[k%uint64(len(letters))]
		}
	}
	return string(out)
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7f }) < 0
}

// widen prints letters as wide as Hangul is.
func widen(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}, s)
}

var (
	koHeads  = [][2]string{{"푸른", "PUREUN"}, {"소나", "SONA"}, {"모두", "MODU"}, {"다올", "DAOL"}, {"바로", "BARO"}, {"나무", "NAMU"}, {"하루", "HARU"}, {"미리", "MIRI"}, {"가온", "GAON"}, {"누리", "NURI"}, {"오늘", "ONEUL"}, {"무지개", "MUJIGAE"}, {"도토리", "DOTORI"}, {"한걸음", "HANGEOLEUM"}}
	koTails  = [][2]string{{"뮤직", " MUSIC"}, {"티비", " TV"}, {"클라우드", " CLOUD"}, {"웹툰", " WEBTOON"}, {"북스", " BOOKS"}, {"핏", " FIT"}, {"메일", " MAIL"}, {"신문", " NEWS"}, {"라이브", " LIVE"}, {"에듀", " EDU"}, {"케어", " CARE"}, {"푸드", " FOOD"}}
	enHeads  = []string{"Brightpath", "Copper Fox", "Nimbus", "Larkspur", "Ostrich", "Quantia", "Redwood", "Silverline", "Tidewater", "Umbra", "Violet", "Wexford", "Yonder", "Zephyr", "Maple Street", "Harborview"}
	enTails  = []string{"Music", "TV", "Cloud", "Fitness", "Press", "Mail", "Studio", "VPN", "Learn", "Box", "Pro", "Games"}
	koGates  = []string{"", "", "", "", "KCP*", "NICE*", "나이스페이_", "KG이니시스-", "이니시스 ", "토스페이먼츠 - ", "네이버페이_", "카카오페이-", "페이코 ", "다날*", "(주)"}
	enGates  = []string{"", "", "", "", "PAYPAL *", "SQ *", "GOOGLE *", "STRIPE* ", "PADDLE.NET* ", "FS *", "SP ", "WWW."}
	branches = []string{"강남점", "역삼역점", "서초2호점", "판교점", "본점", "홍대입구점"}
	cities   = []string{"SAN FRANCISCO CA", "AMSTERDAM", "DUBLIN IE", "LONDON GB", "SINGAPORE", ""}
)

// newShop makes a merchant that no other one of the household is printed like.
func (h *household) newShop() *shop {
	for {
		s := new(shop)
		if h.abroad || h.r.IntN(4) == 0 {
			head := enHeads[h.r.IntN(len(enHeads))]
			name := head + " " + enTails[h.r.IntN(len(enTails))]
			s.forms = []string{name, strings.ToUpper(name)}
			if h.r.IntN(3) == 0 {
				s.forms[1] = strings.ToUpper(head) + ".COM/BILL"
			}
			s.gate = enGates[h.r.IntN(len(enGates))]
			s.tail = []tail{bare, bare, bare, auth, order, code, phone}[h.r.IntN(7)]
			s.place = cities[h.r.IntN(len(cities))]
			if strings.HasPrefix(s.gate, "PAYPAL") || strings.HasPrefix(s.gate, "GOOGLE") {
				s.place = ""
			}
		} else {
			x, y := koHeads[h.r.IntN(len(koHeads))], koTails[h.r.IntN(len(koTails))]
			s.forms = []string{x[0] + y[0], x[1] + y[1]}
			s.gate = koGates[h.r.IntN(len(koGates))]
			s.tail = []tail{bare, bare, bare, bare, auth, order}[h.r.IntN(6)]
		}
		if key := strings.ToUpper(s.forms[0]); !h.used[key] {
			h.used[key] = true
			return s
		}
	}
}

// named is a merchant of a given name, with nothing beside it.
func (h *household) named(ko, en string) *shop {
	if h.abroad {
		ko = en
	}
	return &shop{forms: []string{ko}}
}
