package platform

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jandon/internal/fault"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// Limits of a page.
const (
	usualPage   = 100
	largestPage = 500
)

// longestID is the most characters that an id can have.
const longestID = 100

// check says what a parameter should be, or "" if it is.
type check func(string) string

func whole(least, most int64, want string) check {
	return func(s string) string {
		if n, err := strconv.ParseInt(s, 10, 64); err != nil || n < least || n > most {
			return want
		}
		return ""
	}
}

func text(most int) check {
	return func(s string) string {
		if s == "" || utf8.RuneCountInString(s) > most {
			return "must have 1 to " + strconv.Itoa(most) + " characters"
		}
		return ""
	}
}

func anInstant(s string) string {
	if _, err := time.Parse(time.RFC3339, s); err != nil {
		return "must be an instant like 2026-11-22T09:00:00Z"
	}
	return ""
}

func aKind(s string) string {
	if _, err := wallet.ParseKind(s); err != nil {
		return "must be one of unknown, prepaid, earned, promotional, carrier_credit, card_funded"
	}
	return ""
}

// opaque is left to the reader of cursors, which has a code of its own.
func opaque(string) string { return "" }

var (
	limit  = whole(1, largestPage, "must be a whole number from 1 to "+strconv.Itoa(largestPage))
	number = whole(0, 1<<63-1, "must be a whole number from 0")
	paged  = map[string]check{"limit": limit, "cursor": opaque}
)

// parameters are those that a route knows; the contract says the same.
var parameters = map[string]map[string]check{
	"GET /v1/transactions": {
		"from": anInstant, "to": anInstant, "issuer": text(longestID), "kind": aKind, "limit": limit, "cursor": opaque,
	},
	"GET /v1/settlements": paged,
	"GET /v1/alerts":      paged,
	"GET /v1/acts":        paged,
	"GET /v1/log":         {"after": number, "limit": limit},
	"GET /v1/changes":     {"after": number, "ledger": text(64), "limit": limit},
}

// keyed are the routes that want an Idempotency-Key.
var keyed = map[string]bool{
	"POST /v1/cashouts": true, "POST /v1/destinations": true, "POST /v1/secret": true, "PUT /v1/recovery-codes": true,
	"POST /v1/authenticator": true, "DELETE /v1/pause": true, "PUT /v1/security-level": true,
	"POST /v1/disputes": true, "PUT /v1/auto-cashout": true,
}

// Bounds of an Idempotency-Key: below, two could meet by chance.
const (
	leastKey = 16
	mostKey  = 64
)

// place is the name of a wildcard in the path of a request, "" if the route has none.
func place(route, path string) (id string, has bool) {
	_, pattern, _ := strings.Cut(route, " ")
	parts := strings.Split(path, "/")
	for i, name := range strings.Split(pattern, "/") {
		if name == "{id}" && i < len(parts) {
			return parts[i], true
		}
	}
	return "", false
}

// checked refuses parameters and members of bodies that the contract does not
// know or allow, all of them at once.
func (p *Platform) checked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		route := exchangeOf(r.Context()).route
		wrong := wrongQuery(parameters[route], r.URL.RawQuery)
		if id, has := place(route, r.URL.Path); has {
			if want := text(longestID)(id); want != "" {
				wrong = append(wrong, field("/path/id", want))
			}
		}
		if keyed[route] {
			switch key := r.Header.Get("Idempotency-Key"); {
			case key == "":
				p.fail(w, r, fault.New(fault.KeyMissing))
				return
			case len(key) < leastKey || len(key) > mostKey:
				wrong = append(wrong, field("/header/Idempotency-Key", "must have "+strconv.Itoa(leastKey)+" to "+strconv.Itoa(mostKey)+" characters"))
			}
		}
		body, err := bodied(route, r)
		if err != nil {
			p.fail(w, r, err)
			return
		}
		if wrong = append(wrong, body...); len(wrong) == 0 {
			next.ServeHTTP(w, r)
			return
		}
		details := make([]string, len(wrong))
		for i, f := range wrong {
			_, name, _ := strings.Cut(string(f.Pointer[1:]), "/")
			details[i] = strings.TrimSpace(name + " " + string(f.Detail))
		}
		p.fail(w, r, fault.New(fault.BadRequest, "detail", strings.Join(details, "; ")), wrong...)
	})
}

func wrongQuery(known map[string]check, raw string) (wrong []wire.ProblemField) {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return []wire.ProblemField{field("/query", "the query can't be read")}
	}
	names := make([]string, 0, len(query))
	for name := range query {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		check, ok := known[name]
		switch {
		case !ok:
			wrong = append(wrong, field("/query/"+plain(name), "is not a parameter here"))
		case len(query[name]) > 1:
			wrong = append(wrong, field("/query/"+name, "must be given once"))
		default:
			if want := check(query[name][0]); want != "" {
				wrong = append(wrong, field("/query/"+name, want))
			}
		}
	}
	return wrong
}

// plain is a name that looks like one; what doesn't might be anything.
func plain(name string) string {
	if len(name) > 24 {
		return "unnamed"
	}
	for _, c := range name {
		if (c < 'a' || c > 'z') && c != '_' {
			return "unnamed"
		}
	}
	return name
}
