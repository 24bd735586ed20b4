package statement

import "strings"

// info is what field 86 of MT940 says about a line.
type info struct {
	name, purpose, reference string
}

// mtInfo reads field 86 in the ways in which banks fill it: subfields such as
// ?20 behind a code of three digits (DFÜ-Abkommen, Annex 3), words between
// slashes such as /NAME/ and /REMI/, or plain text.
func mtInfo(v string) info {
	flat := strings.ReplaceAll(v, "\n", "")
	if len(flat) > 5 && allDigits(flat[:3]) && !isWordByte(flat[3]) && flat[3] != ' ' && allDigits(flat[4:6]) {
		return subfields(flat[4:], flat[3])
	}
	if i, ok := slashed(flat); ok {
		return i
	}
	return info{purpose: strings.Join(strings.Fields(v), " ")}
}

func isWordByte(b byte) bool {
	return b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z' || b >= 0x80
}

// subfields reads 00BOOKING TEXT?20…?29 purpose, ?32 ?33 name, ?60…?63 more purpose.
func subfields(s string, mark byte) info {
	var booking, name, purpose strings.Builder
	for _, f := range strings.Split(s, string(mark)) {
		if len(f) < 2 || !allDigits(f[:2]) {
			purpose.WriteString(string(mark) + f) // a question in the text
			continue
		}
		switch code, text := atoi(f[:2]), f[2:]; {
		case code == 0:
			booking.WriteString(text)
		case code >= 20 && code <= 29, code >= 60 && code <= 63:
			purpose.WriteString(text)
		case code == 32 || code == 33:
			name.WriteString(text)
		}
	}
	i := sepa(purpose.String())
	if i.name = strings.TrimSpace(name.String()); i.purpose == "" {
		i.purpose = strings.TrimSpace(booking.String())
	}
	return i
}

// sepaWords are the identifiers that German banks put into the purpose.
var sepaWords = []string{"EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "COAM+", "OAMT+", "SVWZ+", "ABWA+", "ABWE+", "IBAN+", "BIC+"}

// sepa takes the purpose (SVWZ+) and the reference out of what stands together.
func sepa(s string) info {
	parts := map[string]string{}
	last, from := "", 0
	for at := 0; at < len(s); at++ {
		for _, w := range sepaWords {
			if strings.HasPrefix(s[at:], w) {
				parts[last] += s[from:at]
				last, from = w, at+len(w)
				at = from - 1
				break
			}
		}
	}
	parts[last] += s[from:]
	i := info{purpose: strings.TrimSpace(parts["SVWZ+"]), reference: strings.TrimSpace(parts["EREF+"])}
	if i.purpose == "" {
		i.purpose = strings.TrimSpace(parts[""])
	}
	if i.reference == "NOTPROVIDED" {
		i.reference = ""
	}
	return i
}

// slashed reads /NAME/Somebody/REMI/for something/EREF/123/.
func slashed(s string) (info, bool) {
	words := map[string]bool{
		"NAME": true, "REMI": true, "EREF": true, "IBAN": true, "BIC": true, "TRTP": true, "MARF": true, "CSID": true, "BENM": true, "ORDP": true, "ID": true,
		"ADDR": true, "PREF": true, "RTRN": true, "ISDT": true, "PURP": true, "ULTD": true, "ULTC": true, "USTD": true, "STRD": true, "INFO": true, "CNTP": true,
	}
	if !strings.HasPrefix(s, "/") {
		return info{}, false
	}
	parts := map[string]string{}
	key := ""
	for _, p := range strings.Split(s[1:], "/") {
		switch {
		case words[p]:
			key = p
		case key == "":
			return info{}, false
		case parts[key] == "":
			parts[key] = p
		case p != "":
			parts[key] += "/" + p
		}
	}
	if key == "" {
		return info{}, false
	}
	trim := func(k string) string { return strings.Trim(parts[k], " /") }
	i := info{name: trim("NAME"), purpose: strings.TrimPrefix(trim("REMI"), "USTD//"), reference: trim("EREF")}
	if i.purpose == "" {
		i.purpose = trim("USTD")
	}
	if i.reference == "NOTPROVIDED" {
		i.reference = ""
	}
	return i, true
}
