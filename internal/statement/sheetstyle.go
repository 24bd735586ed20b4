package statement

import (
	"context"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"

	"jandon/internal/history"
)

// numberStyle is what a number format says about a cell.
type numberStyle struct {
	date, clock bool
	zeros       int // digits that are filled up with zeros, as in approval numbers
}

// builtin judges the formats that have a number alone (ECMA-376, 18.8.30); 27
// to 36 and 50 to 58 are dates of East Asian languages.
func builtin(id int) numberStyle {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id >= 57 && id <= 58:
		return numberStyle{date: true}
	case id >= 18 && id <= 22, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return numberStyle{date: true, clock: true}
	}
	return numberStyle{}
}

// judged reads a format's code: y, m, d, h, s outside of quotes and brackets
// make a date.
func judged(code string) numberStyle {
	code, _, _ = strings.Cut(code, ";") // of positive numbers
	if code != "" && strings.Trim(code, "0") == "" && len(code) > 1 && len(code) <= 20 {
		return numberStyle{zeros: len(code)}
	}
	var s numberStyle
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return s
			}
			i += end + 1
		case code[i] == '\\', code[i] == '_', code[i] == '*':
			i++
		case code[i] == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return s
			}
			if inner := strings.ToLower(code[i+1 : i+end]); inner != "" && strings.Trim(inner, "hms") == "" { // elapsed time
				s.date, s.clock = true, true
			}
			i += end
		case strings.HasPrefix(strings.ToLower(code[i:]), "general"):
			i += 6
		case c == 'y', c == 'd', c == 'm':
			s.date = true
		case c == 'h', c == 's':
			s.date, s.clock = true, true
		case code[i] == '#', code[i] == '0' && !s.date, code[i] == '?':
			return numberStyle{}
		}
	}
	return s
}

// readStyles finds out which styles are dates.
func (b *workbook) readStyles(ctx context.Context) error {
	data, err := b.read("xl/styles.xml")
	if err != nil {
		return err
	}
	custom := map[int]numberStyle{}
	cells := false
	return walkXML(ctx, data, func(e xml.StartElement) {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil {
				custom[id] = judged(attr(e, "formatCode"))
			}
		case "cellXfs":
			cells = true
		case "xf":
			if cells && len(b.styles) < 1<<16 {
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				s, ok := custom[id]
				if !ok {
					s = builtin(id)
				}
				b.styles = append(b.styles, s)
			}
		}
	}, func(t xml.Token) {
		if end, ok := t.(xml.EndElement); ok && end.Name.Local == "cellXfs" {
			cells = false
		}
	})
}

// serialDate writes a count of days. Spreadsheets count from 1900 and believe
// that it was a leap year, so that what is before its March is one day off.
func serialDate(v float64, epoch int, clock bool) string {
	days := math.Floor(v)
	sec := int(math.Round((v - days) * 24 * 3600))
	if sec == 24*3600 {
		days, sec = days+1, 0
	}
	n := int(days) + epoch
	if epoch == 0 && n < 60 {
		n++
	}
	clockText := fmt.Sprintf("%02d:%02d:%02d", sec/3600, sec/60%60, sec%60)
	if days == 0 && clock { // a time of day alone
		return clockText
	}
	date := (history.DateOf(1899, 12, 30) + history.Day(n)).String()
	if sec == 0 && !clock {
		return date
	}
	return date + " " + clockText
}
