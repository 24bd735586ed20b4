package audittest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// service is a merchant as it may be printed.
type service struct {
	forms   []string // spellings; the first is the usual one
	gateway string   // "%s" stands for the name
	noise   string   // appended: %d is new with every charge
	shared  bool     // a shop that sells the services of others
}

var (
	first    = []string{"Lumen", "Orchid", "Nord", "Piko", "Vela", "Café", "Brío", "Zettel", "Kiwi", "Ondo", "Tarn", "Møbel", "Quill", "Yarrow", "Hexa", "Juno", "Rígel", "Soba"}
	second   = []string{"Cast", "Fit", "Vault", "Books", "Radio", "Mail", "Gram", "Lingua", "Kart", "Press", "Sync", "Byte", "Paws", "Meals"}
	japanese = []string{"ソラノート", "ほしぞらミュージック", "キタノ新聞", "ユニフィット東京", "サクラ動画", "ノース書房"}
	chinese  = []string{"青竹视频", "云杉读书", "海星健身", "白鹭音乐"}
	korean   = [][]string{{"다온노트", "DAON NOTE"}, {"미르핏", "MIR FIT"}, {"소리북", "SORI BOOK"}, {"하늘뮤직", "HANEUL MUSIC"}, {"별빛신문"}, {"마루드라이브", "MARU DRIVE"}, {"온새미로"}, {"토마토팩"}}
	gateways = []string{"%s", "%s", "%s", "PAYPAL *%s", "SQ *%s", "KCP*%s", "NICE_%s", "STRIPE %s", "토스페이먼츠 %s", "MOLLIE *%s", "ADYEN*%s", "GMO %s"}
	noises   = []string{"", "", "", " #%d", " AUTH%d", " 승인%d", " LTD", " GMBH", " INC 800-555-%d", " DUBLIN", " S.A.", "(株)", " LISBOA", " TOKYO JP"}
)

// newService makes a name that no other service of the world has.
func newService(r *rand.Rand, used map[string]bool) service {
	for {
		var s service
		switch r.IntN(10) {
		case 0:
			s.forms = []string{japanese[r.IntN(len(japanese))]}
		case 1:
			s.forms = []string{chinese[r.IntN(len(chinese))]}
		case 2, 3, 4:
			s.forms = korean[r.IntN(len(korean))]
		case 5:
			s.forms = []string{string(rune('A' + r.IntN(26)))} // a brand of one letter
		default:
			s.forms = []string{first[r.IntN(len(first))] + " " + second[r.IntN(len(second))]}
		}
		key := strings.ToUpper(strings.ReplaceAll(s.forms[0], " ", ""))
		if used[key] {
			continue
		}
		used[key] = true
		s.gateway = gateways[r.IntN(len(gateways))]
		s.noise = noises[r.IntN(len(noises))]
		if len(s.forms[0]) == 1 {
			s.gateway, s.noise = "%s", ""
		}
		return s
	}
}

// print writes the name as one charge shows it; from switched on, in its other spelling.
func (s *service) print(r *rand.Rand, switched bool) string {
	form := s.forms[0]
	if switched && len(s.forms) > 1 {
		form = s.forms[1]
	}
	noise := s.noise
	if strings.Contains(noise, "%d") {
		noise = fmt.Sprintf(noise, 1000+r.IntN(9000))
	}
	out := fmt.Sprintf(s.gateway, form) + noise
	if r.IntN(12) == 0 {
		out = strings.ToUpper(out)
	}
	return out
}
