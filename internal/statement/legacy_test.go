package statement_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestOldEncodingsAreToldApart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		e     encoding.Encoding
		texts []string
	}{
		"cp949": {korean.EUCKR, []string{
			"이용일자,가맹점명,이용금액\n2026-11-22,스타벅스 강남역점,4500\n", "거래일시\t적요\t출금액\n2026.11.22\t뷁쀍상점\t1300\n", "date,merchant,amount\n2026-11-22,김밥천국,7500\n",
			"이용일자,가맹점명,이용금액\n2026-11-22,大韓書店 종로,12000\n",
		}},
		"shift-jis": {japanese.ShiftJIS, []string{
			"日付,内容,出金\n2026/11/22,セブンイレブン新宿,540\n2026/11/21,ﾃﾞﾝｷﾀﾞｲ,8200\n", "date,merchant,amount\n2026/11/22,ローソン,320\n2026/11/20,東京電力エナジー,8200\n",
			"ご利用日,ご利用店名,ご利用金額\n2026/11/22,ｱﾏｿﾞﾝ ｼﾞｬﾊﾟﾝ,1980\n",
		}},
		"gb18030": {simplifiedchinese.GB18030, []string{
			"交易日期,商户名称,金额\n2026-11-22,星巴克咖啡北京国贸店,-33.00\n2026-11-21,滴滴出行科技有限公司,-18.50\n", "date,merchant,amount\n2026-11-22,肯德基宅急送,-45.00\n2026-11-20,美团外卖,-27.00\n",
		}},
		"windows-1252": {charmap.Windows1252, []string{
			"Datum;Empfänger;Betrag\n22.11.2026;Bäckerei Müller;-3,40\n", "date;libellé;montant\n22/11/2026;Café de la Gare – Orléans;-4,50\n", "fecha;descripción;importe\n22/11/2026;Panadería Ñandú;-2,10\n",
			"Datum;Mottagare;Belopp\n2026-11-22;Ängö Livs;-45,00\n2026-11-20;Grüße vom Café;-3,00\n",
		}},
	} {
		for _, text := range c.texts {
			raw, err := c.e.NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			raw += strings.Repeat("2026-11-01,plain,1\n", 3)
			r, err := readText(t, raw)
			if r.Detected.Encoding != name && err == nil {
				t.Errorf("%s is taken for %s: %q", name, r.Detected.Encoding, text)
			}
			if err != nil {
				t.Errorf("%s: %v: %q", name, err, text)
			}
		}
	}
}
