package platform

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"jandon/internal/wallet"
	"jandon/internal/wire"
	"jandon/keystore/device"
)

// member is what a member of a body must be.
type member struct {
	optional bool
	check    func(json.RawMessage) string // what it should be, "" if it is
}

// may makes a member one that can be absent.
func may(check func(json.RawMessage) string) member { return member{optional: true, check: check} }

func want(check func(json.RawMessage) string) member { return member{check: check} }

// words is a string of so many characters.
func words(least, most int) func(json.RawMessage) string {
	return func(raw json.RawMessage) string {
		var s *string
		if json.Unmarshal(raw, &s) != nil || s == nil || len([]rune(*s)) < least || len([]rune(*s)) > most {
			if least == most {
				return "must be text of " + strconv.Itoa(most) + " characters"
			}
			return "must be text of " + strconv.Itoa(least) + " to " + strconv.Itoa(most) + " characters"
		}
		return ""
	}
}

// shaped is words of a shape; say tells of it.
func shaped(least, most int, shape, say string) func(json.RawMessage) string {
	fits, length := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(shape) }), words(least, most)
	return func(raw json.RawMessage) string {
		var s string
		if wrong := length(raw); wrong != "" {
			return wrong
		}
		if json.Unmarshal(raw, &s) != nil || !fits().MatchString(s) {
			return say
		}
		return ""
	}
}

// oneOf is one of a few words.
func oneOf(list ...string) func(json.RawMessage) string {
	return func(raw json.RawMessage) string {
		var s string
		if json.Unmarshal(raw, &s) != nil || !slices.Contains(list, s) {
			return "must be one of " + strings.Join(list, ", ")
		}
		return ""
	}
}

// between is a whole number.
func between(least, most int64) func(json.RawMessage) string {
	return func(raw json.RawMessage) string {
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil || n < least || n > most {
			return "must be a whole number from " + strconv.FormatInt(least, 10) + " to " + strconv.FormatInt(most, 10)
		}
		return ""
	}
}

// several is a list of things that are alike.
func several(least, most int, each func(json.RawMessage) string) func(json.RawMessage) string {
	return func(raw json.RawMessage) string {
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil || len(list) < least || len(list) > most {
			return "must be a list of " + strconv.Itoa(least) + " to " + strconv.Itoa(most)
		}
		for _, one := range list {
			if wrong := each(one); wrong != "" {
				return "each " + wrong
			}
		}
		return ""
	}
}

// object is an object with known members.
func object(members map[string]member) func(json.RawMessage) string {
	return func(raw json.RawMessage) string {
		for _, f := range wrongBody(members, raw) {
			return string(f.Pointer) + " " + string(f.Detail)
		}
		return ""
	}
}

var (
	anID     = words(1, longestID)
	sealed   = map[string]member{"hpke_public_key": want(words(87, 87))}
	currency = shaped(3, 3, "^[A-Z]{3}$", "must be a code of ISO 4217")
)

// bodies are those that a route takes; the contract says the same.
var bodies = map[string]map[string]member{
	routeEnrol: {
		"handle": want(words(1, 100)), "device_name": want(words(1, 40)), "hpke_public_key": want(words(87, 87)), "store": want(oneOf("keyring", "file", "memory")),
	},
	routeActivate:            {"code": may(words(1, 20)), "hpke_public_key": want(words(87, 87))},
	routeSessions:            {"device": want(anID), "method": may(oneOf("totp", "authenticator", "recovery")), "code": may(words(1, 40))},
	routeConfirm:             {"code": want(words(1, 20)), "jws": want(words(1, device.MaxJWS))},
	"PATCH /v1/devices/{id}": {"name": want(words(1, 40))},
	"POST /v1/secret":        sealed,
	"POST /v1/authenticator": sealed,
	"PUT /v1/recovery-codes": {"digests": want(several(10, 10, shaped(64, 64, "^[0-9a-f]{64}$", "must be a SHA-256 in hexadecimal")))},
	"PUT /v1/security-level": {"level": want(oneOf("standard", "careful", "strict"))},
	"PUT /v1/auto-cashout": {
		"currency": want(currency), "ceiling_minor": want(between(1, 200_000_000)), "keep_minor": want(between(0, 200_000_000)),
		"rail": want(anID), "destination": may(anID), "every": want(oneOf("week", "month")),
	},
	"POST /v1/cashouts":     {"quote": want(anID), "plan": want(between(0, 100))},
	"POST /v1/destinations": {"rail": want(anID), "name": want(words(1, 60)), "number": want(shaped(4, 40, "^[0-9-]+$", "must be digits and dashes"))},
	"POST /v1/disputes": {
		"transaction": want(anID), "reason": want(oneOf("not_mine", "double", "amount", "not_delivered", "canceled", "no_consent")), "note": may(words(0, wallet.LongestNote)),
	},
	"POST /v1/authenticator/check": {"code": want(words(1, 40))},
	"POST /v1/quotes": {
		"amount_minor": want(between(1, 200_000_000)), "currency": want(currency), "without": may(several(0, 32, anID)),
		"by_hand": may(several(0, 32, object(map[string]member{"rail": want(anID), "amount_minor": want(between(-1<<63, 1<<63-1))}))),
		"to":      may(several(0, 32, object(map[string]member{"rail": want(anID), "destination": want(anID)}))),
	},
}

// bodied says what is wrong with the body of a request, and leaves it to be
// read again.
func bodied(route string, r *http.Request) ([]wire.ProblemField, error) {
	members, has := bodies[route]
	if !has {
		return nil, nil
	}
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(b))
	return wrongBody(members, b), nil
}

func wrongBody(members map[string]member, b []byte) (wrong []wire.ProblemField) {
	sent, err := device.Object(b) // each member once: nobody reads it in two ways
	if err != nil {
		return []wire.ProblemField{field("/body", "must be one JSON object with each member once")}
	}
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		if _, known := members[name]; !known {
			wrong = append(wrong, field("/body/"+plain(name), "is not a member here"))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		m := members[name]
		raw, there := sent[name]
		switch {
		case !there && !m.optional:
			wrong = append(wrong, field("/body/"+name, "is needed"))
		case there:
			if wrongly := m.check(raw); wrongly != "" {
				wrong = append(wrong, field("/body/"+name, wrongly))
			}
		}
	}
	return wrong
}
