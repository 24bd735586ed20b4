package wallet

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Kind says what a piece of value is, which decides what may become of it.
type Kind uint8

// The kinds of value. Unknown is first so that nothing becomes payable by default.
const (
	KindUnknown   Kind = iota
	Prepaid            // bought with one's own money
	Earned             // points, tips, rewards
	Promotional        // given by the issuer on its own terms
	CarrierCredit      // bought on the phone bill
	CardFunded         // bought with a credit card or a card-bought voucher
)

// Type says what a transaction did.
type Type uint8

// The types of transaction. Payment, Fee and Refund make up what was spent.
const (
	TypeUnknown Type = iota
	Payment          // value left for a good or service
	Topup            // value was bought
	Refund           // a payment came back
	Earn             // points, tips and rewards came in
	Expire           // value lapsed
	TransferIn
	TransferOut
	Conversion // value changed its kind or issuer
	FeeCharge  // a named fee
)

// Status is how far a transaction has come.
type Status uint8

// The states of a transaction.
const (
	StatusUnknown Status = iota
	Pending              // announced, may still change
	Posted               // final
	Refunded             // final, and all of it was given back
)

var (
	kindWords   = [...]string{"unknown", "prepaid", "earned", "promotional", "carrier_credit", "card_funded"}
	typeWords   = [...]string{"unknown", "payment", "topup", "refund", "earn", "expire", "transfer_in", "transfer_out", "conversion", "fee"}
	statusWords = [...]string{"unknown", "pending", "posted", "refunded"}
)

// Kinds lists the kinds in the order in which they are shown.
func Kinds() []Kind {
	return []Kind{Prepaid, Earned, Promotional, CarrierCredit, CardFunded, KindUnknown}
}

// String is the word for k in JSON, files and commands.
func (k Kind) String() string { return word(kindWords[:], uint8(k)) }

// String is the word for t in JSON, files and commands.
func (t Type) String() string { return word(typeWords[:], uint8(t)) }

// String is the word for s in JSON, files and commands.
func (s Status) String() string { return word(statusWords[:], uint8(s)) }

// ParseKind reads the word of a kind.
func ParseKind(s string) (Kind, error) { n, err := find(kindWords[:], s, "kind"); return Kind(n), err }

// ParseType reads the word of a transaction's type.
func ParseType(s string) (Type, error) { n, err := find(typeWords[:], s, "type"); return Type(n), err }

// ParseStatus reads the word of a transaction's status.
func ParseStatus(s string) (Status, error) {
	n, err := find(statusWords[:], s, "status")
	return Status(n), err
}

// MarshalText and UnmarshalText make the words the form in JSON.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the word of a kind.
func (k *Kind) UnmarshalText(b []byte) (err error) { *k, err = ParseKind(string(b)); return err }

// MarshalText gives the word of a type.
func (t Type) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the word of a type.
func (t *Type) UnmarshalText(b []byte) (err error) { *t, err = ParseType(string(b)); return err }

// MarshalText gives the word of a status.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word of a status.
func (s *Status) UnmarshalText(b []byte) (err error) { *s, err = ParseStatus(string(b)); return err }

// UnmarshalJSON reads the word of a kind. In JSON, which a newer platform may
// have written, a word that is not known here is KindUnknown; elsewhere
// (settings, scenario files) it is an error.
func (k *Kind) UnmarshalJSON(b []byte) error { return lenient(b, k, ParseKind) }

// UnmarshalJSON reads the word of a type; one that is not known is TypeUnknown.
func (t *Type) UnmarshalJSON(b []byte) error { return lenient(b, t, ParseType) }

// UnmarshalJSON reads the word of a status; one that is not known is StatusUnknown.
func (s *Status) UnmarshalJSON(b []byte) error { return lenient(b, s, ParseStatus) }

func lenient[W any](b []byte, to *W, parse func(string) (W, error)) error {
	if n := len(b) - 1; n > 0 && b[0] == '"' && b[n] == '"' && bytes.IndexByte(b, '\\') < 0 { // as all words are written
		*to, _ = parse(string(b[1:n]))
		return nil
	}
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	*to, _ = parse(text)
	return nil
}

// Spends reports whether transactions of this type count as spending:
// payments and fees add to what was spent, refunds take from it.
func (t Type) Spends() bool { return t == Payment || t == FeeCharge || t == Refund }

// Receives reports whether transactions of this type bring value in from outside.
func (t Type) Receives() bool { return t == Topup || t == Earn || t == TransferIn }

func word(words []string, n uint8) string {
	if int(n) < len(words) {
		return words[n]
	}
	return words[0]
}

func find(words []string, s, what string) (uint8, error) {
	for i, w := range words {
		if w == s {
			return uint8(i), nil
		}
	}
	return 0, fmt.Errorf("wallet: %q is no %s", s, what)
}
