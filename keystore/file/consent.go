package file

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"jandon/internal/fault"
	"jandon/keystore/digits"
	"jandon/keystore/secret"
)

// Setting is the word in the config that pins this store.
const Setting = "file"

// LeastPassphrase is the least number of characters: scrypt makes each guess
// cost a second, and a thief of the file can guess at home.
const LeastPassphrase = 12

// Reasons why a passphrase is weak: ids of their words in the catalogue.
const (
	short = "weak.short"
	same  = "weak.same"
)

// Consent is a person's word that keys may be kept in a file. The zero Consent
// is No, and no value of it comes about by a keyring's failure: one is given
// by Agree or was given before, by Pinned.
type Consent struct{ given bool }

// Agree is the answer to the question that says what is lost without a
// keyring. The question starts on No.
func Agree(yes bool) Consent { return Consent{yes} }

// Pinned is the consent that stands in the config: store = "file". Any other
// word, and none, is No; so a keyring that is gone later stays an error.
func Pinned(store string) Consent { return Consent{store == Setting} }

// Given reports whether it was Yes.
func (c Consent) Given() bool { return c.given }

// CheckPassphrase refuses a passphrase that is too short, or that is the PIN:
// then one secret seen would be both. Without a PIN yet, give the zero Secret.
// It is fault.WeakPassphrase with its reason.
func CheckPassphrase(typed, pin secret.Secret) error {
	phrase, err := normal(typed)
	if err != nil {
		return err
	}
	defer phrase.Wipe()
	weak := func(why string) error { return fault.New(fault.WeakPassphrase, "why", why, "detail", "") }
	number, isNumber := digits.Plain(phrase)
	defer number.Wipe()
	if code, ok := digits.Plain(pin); ok && isNumber {
		defer code.Wipe()
		if code.Equal(number) {
			return weak(same)
		}
	}
	var n int
	phrase.Expose(func(b []byte) { n = utf8.RuneCount(b) })
	if n < LeastPassphrase {
		return weak(short)
	}
	return nil
}

// normal is a passphrase in NFC: the same Hangul is typed composed on one
// system and decomposed on another.
func normal(typed secret.Secret) (phrase secret.Secret, err error) {
	typed.Expose(func(b []byte) {
		if !utf8.Valid(b) || len(b) > 1024 {
			err = fault.New(fault.WeakPassphrase, "why", short, "detail", "")
			return
		}
		phrase = secret.New(norm.NFC.Append(nil, b...))
	})
	return phrase, err
}
