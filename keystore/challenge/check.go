package challenge

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// check holds what must be true of any challenge, whoever made it.
func (c Challenge) check() error {
	for name, value := range map[string]string{"account": c.Account, "device": c.Device, "id": c.ID} {
		if !isID(value) {
			return bad(name)
		}
	}
	switch {
	case c.V != Version:
		return bad("v")
	case !isWord(c.Action):
		return bad("action")
	case c.Quote != "" && !isID(c.Quote):
		return bad("quote")
	case len(c.Nonce) < 16 || !isID(c.Nonce):
		return bad("nonce")
	case !isServer(c.Server):
		return bad("server")
	case c.Expires < 1 || c.Expires > maxInt:
		return bad("expires")
	case c.Currency != "" && !isCurrency(c.Currency), c.Currency == "" && c.Amount != 0:
		return bad("currency")
	case c.Amount < 0 || c.Amount > maxInt:
		return bad("amount")
	case c.Fee < 0 || c.Fee > c.Amount:
		return bad("fee")
	case len(c.Legs) > MaxLegs:
		return bad("legs")
	}
	rest := c.Amount - c.Fee
	for i, leg := range c.Legs {
		at := "legs[" + strconv.Itoa(i) + "]."
		switch {
		case leg.Amount < 0 || leg.Amount > rest || (leg.Amount == 0) != (c.Currency == ""): // an act without value names whom it concerns
			return bad(at + "amount")
		case !isName(leg.Payee):
			return bad(at + "payee")
		case !isID(strings.ReplaceAll(leg.PayeeID, "*", "x")): // of a masked number
			return bad(at + "payee_id")
		}
		rest -= leg.Amount
	}
	if rest != 0 { // what leaves the balance reaches somebody or has a name
		return bad("amount")
	}
	return nil
}

// isID takes what needs no escape anywhere and looks like one thing only.
func isID(s string) bool {
	return s != "" && len(s) <= 64 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.:", r)
	})
}

func isWord(s string) bool {
	return s != "" && len(s) <= 32 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && r != '.' && r != '_'
	})
}

func isCurrency(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func isServer(s string) bool {
	rest, secure := strings.CutPrefix(s, "https://")
	if !secure {
		var plain bool
		if rest, plain = strings.CutPrefix(s, "http://"); !plain {
			return false
		}
	}
	return rest != "" && len(s) <= 200 && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"\<>^{|}`+"`", r) })
}

// isName is only what the bytes need: characters that JSON writers escape in
// different ways (controls, U+2028, U+2029) or mend (U+FFFD) are refused, since
// with them there would be two forms. Whether a name misleads a reader is the
// filter's to say: see Request.Changed.
func isName(s string) bool {
	if s == "" || !utf8.ValidString(s) || utf8.RuneCountInString(s) > maxText {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == utf8.RuneError
	})
}
