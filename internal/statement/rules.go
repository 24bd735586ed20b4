package statement

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Rules say what a table does not say by itself, or says wrongly. Every field
// is optional; what is not set is found out as ever.
type Rules struct {
	Encoding  string // our word for it
	Delimiter byte
	Skip      int // lines before the table
	Header    *bool
	Columns   map[string]ColumnRule // by meaning
	Dates     string                // ymd, dmy, mdy, md
	Number    money.Number
	Sign      Sign // negative_spent or positive_spent
	Zone      *time.Location
	Currency  money.Currency
	Types     map[string]wallet.Type // by the words of the type column
}

// ColumnRule names a column by its header or its number from 1.
type ColumnRule struct {
	Name   string
	Number int
}

// rulesFile is the TOML form of Rules.
type rulesFile struct {
	Encoding  *string           `toml:"encoding"`
	Delimiter *string           `toml:"delimiter"`
	Skip      *int              `toml:"skip"`
	Header    *bool             `toml:"header"`
	Dates     *string           `toml:"dates"`
	Numbers   *string           `toml:"numbers"`
	Sign      *string           `toml:"sign"`
	Zone      *string           `toml:"zone"`
	Currency  *string           `toml:"currency"`
	Columns   map[string]any    `toml:"columns"`
	Types     map[string]string `toml:"types"`
}

var ruleKeys = []string{"encoding", "delimiter", "skip", "header", "dates", "numbers", "sign", "zone", "currency", "columns", "types"}

// ParseRules reads a rules file. Errors name the line, the key and what would
// be right: fault.ConfigSyntax, UnknownKey, StrangeKey and BadConfig.
func ParseRules(name string, data []byte) (*Rules, error) {
	var f rulesFile
	d := toml.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, rulesError(name, data, err)
	}
	p := ruleParser{file: name, data: data}
	r := p.rules(&f)
	if p.err != nil {
		return nil, p.err
	}
	return r, nil
}

func rulesError(name string, data []byte, err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		row, _ := strict.Errors[0].Position()
		key := strings.Join(strict.Errors[0].Key(), ".")
		return unknownRule(name, row, key, ruleKeys)
	}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		row, _ := bad.Position()
		if key := strings.Join(bad.Key(), "."); key != "" && !strings.Contains(bad.Error(), "already") {
			return fault.New(fault.BadConfig, "file", name, "line", strconv.Itoa(row), "key", key, "value", lineOf(data, row), "want", ruleWants[bad.Key()[0]])
		}
		return fault.New(fault.ConfigSyntax, "file", name, "line", strconv.Itoa(row), "detail", strings.TrimPrefix(bad.Error(), "toml: "))
	}
	return fault.New(fault.ConfigSyntax, "file", name, "line", "1", "detail", err.Error())
}

// unknownRule names the nearest key that there is.
func unknownRule(file string, row int, key string, known []string) error {
	last := key[strings.LastIndexByte(key, '.')+1:]
	if near := fault.Nearest(last, known); near != "" {
		return fault.New(fault.UnknownKey, "file", file, "line", strconv.Itoa(row), "key", key, "near", near)
	}
	return fault.New(fault.StrangeKey, "file", file, "line", strconv.Itoa(row), "key", key, "all", strings.Join(known, ", "))
}

func lineOf(data []byte, row int) string {
	lines := linesOf(data)
	for lines.next() {
		if lines.number == row {
			_, value, _ := strings.Cut(cell(lines.line), "=")
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// ruleWants is what a key takes.
var ruleWants = map[string]string{
	"encoding": "utf-8 | cp949 | shift-jis | gb18030 | windows-1252 | utf-16le …", "delimiter": `"," | ";" | "|" | "\t"`, "skip": "0 – 1000",
	"header": "true | false", "dates": "ymd | dmy | mdy | md", "numbers": "1,234.56 | 1.234,56 | 1 234,56 | 1'234.56", "sign": "negative_spent | positive_spent",
	"zone": "Asia/Seoul | Europe/Berlin …", "currency": "KRW | USD | EUR …", "columns": "a name or a number from 1",
	"types": "payment | topup | refund | earn | expire | transfer_in | transfer_out | conversion | fee",
}

// ruleParser checks the values one by one; the first wrong one is told.
type ruleParser struct {
	file string
	data []byte
	err  error
}

func (p *ruleParser) wrong(key, value string) {
	if p.err == nil {
		section, _, _ := strings.Cut(key, ".")
		p.err = fault.New(fault.BadConfig, "file", p.file, "line", strconv.Itoa(p.row(key)), "key", key, "value", value, "want", ruleWants[section])
	}
}

// row finds the line of a key.
func (p *ruleParser) row(key string) int {
	last := key[strings.IndexByte(key, '.')+1:]
	lines := linesOf(p.data)
	for lines.next() {
		name, _, ok := strings.Cut(string(lines.line), "=")
		if ok && strings.Trim(strings.TrimSpace(name), `"'`) == last {
			return lines.number
		}
	}
	return 1
}

func (p *ruleParser) rules(f *rulesFile) *Rules {
	r := &Rules{Header: f.Header}
	if f.Encoding != nil {
		var ok bool
		if r.Encoding, ok = encodingNamed(*f.Encoding); !ok {
			p.wrong("encoding", *f.Encoding)
		}
	}
	if f.Delimiter != nil {
		if *f.Delimiter == "tab" {
			*f.Delimiter = "\t"
		}
		if len(*f.Delimiter) != 1 || strings.ContainsAny(*f.Delimiter, "\"\r\n") {
			p.wrong("delimiter", *f.Delimiter)
		} else {
			r.Delimiter = (*f.Delimiter)[0]
		}
	}
	if f.Skip != nil {
		if r.Skip = *f.Skip; r.Skip < 0 || r.Skip > 1000 {
			p.wrong("skip", strconv.Itoa(r.Skip))
		}
	}
	if f.Dates != nil {
		if r.Dates = *f.Dates; !slices.Contains(orderWords[:], r.Dates) {
			p.wrong("dates", r.Dates)
		}
	}
	if f.Numbers != nil {
		var ok bool
		if r.Number, ok = numberLike(*f.Numbers); !ok {
			p.wrong("numbers", *f.Numbers)
		}
	}
	if f.Sign != nil {
		if r.Sign = Sign(*f.Sign); r.Sign != NegativeSpent && r.Sign != PositiveSpent {
			p.wrong("sign", *f.Sign)
		}
	}
	if f.Zone != nil {
		var err error
		if r.Zone, err = time.LoadLocation(*f.Zone); err != nil || *f.Zone == "" {
			p.wrong("zone", *f.Zone)
		}
	}
	if f.Currency != nil {
		if r.Currency = money.Currency(*f.Currency); !r.Currency.Valid() {
			p.wrong("currency", *f.Currency)
		}
	}
	p.columns(f, r)
	for _, word := range sortedKeys(f.Types) {
		t, err := wallet.ParseType(f.Types[word])
		if err != nil || t == wallet.TypeUnknown {
			p.wrong("types."+word, f.Types[word])
		}
		if r.Types == nil {
			r.Types = map[string]wallet.Type{}
		}
		r.Types[plainName(word)] = t
	}
	return r
}

func (p *ruleParser) columns(f *rulesFile, r *Rules) {
	for _, meaning := range sortedKeys(f.Columns) {
		if !slices.Contains(meaningWords[1:], meaning) {
			if p.err == nil {
				p.err = unknownRule(p.file, p.row("columns."+meaning), "columns."+meaning, meaningWords[1:])
			}
			continue
		}
		c := ColumnRule{}
		switch v := f.Columns[meaning].(type) {
		case string:
			c.Name = v
		case int64:
			c.Number = int(v)
		}
		if c.Name == "" && (c.Number < 1 || c.Number > maxColumns) {
			p.wrong("columns."+meaning, fmt.Sprint(f.Columns[meaning]))
		}
		if r.Columns == nil {
			r.Columns = map[string]ColumnRule{}
		}
		r.Columns[meaning] = c
	}
}

// numberLike reads a way of writing numbers from an example of it.
func numberLike(s string) (money.Number, bool) {
	for _, n := range []money.Number{money.Point, money.Comma, {Decimal: ',', Group: ' '}, {Decimal: '.', Group: ' '}, {Decimal: '.', Group: '\''}, {Decimal: '.'}, {Decimal: ','}} {
		if s == string([]rune{'1', n.Group, '2', '3', '4', n.Decimal, '5', '6'}) || n.Group == 0 && s == "1234"+string(n.Decimal)+"56" {
			return n, true
		}
	}
	return money.Number{}, false
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
