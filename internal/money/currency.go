package money

// Currency is an ISO 4217 alphabetic code in upper case, such as "KRW".
// The zero value means "no currency known".
type Currency string

// The currencies that the product speaks of by name.
const (
	KRW Currency = "KRW"
	USD Currency = "USD"
)

// digits lists the ISO 4217 minor-unit exponents that are not two
// (ISO 4217:2015 list one, amendments to 2026).
var digits = map[Currency]int{
	"BHD": 3, "BIF": 0, "CLF": 4, "CLP": 0, "DJF": 0, "GNF": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KMF": 0,
	"KRW": 0, "KWD": 3, "LYD": 3, "OMR": 3, "PYG": 0, "RWF": 0, "TND": 3, "UGX": 0, "UYI": 0, "UYW": 4, "VND": 0,
	"VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}

// Digits is the number of decimals of c: 0 for KRW, 2 for USD.
func (c Currency) Digits() int {
	if n, ok := digits[c]; ok {
		return n
	}
	return 2
}

// Valid reports whether c has the shape of an ISO 4217 code.
func (c Currency) Valid() bool {
	if len(c) != 3 {
		return false
	}
	for i := range 3 {
		if c[i] < 'A' || c[i] > 'Z' {
			return false
		}
	}
	return true
}
