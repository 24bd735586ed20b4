package i18n

import (
	"strconv"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// quick reads an area that is written as ours are: tables whose lines are the
// forms of one message, or a message each. Every start waits for it, and a
// whole TOML parser takes ten times as long. ok is false for anything else,
// which is then read by one; a test compares the two.
func quick(data string) (list []*goi18n.Message, ok bool) {
	list = make([]*goi18n.Message, 0, strings.Count(data, "\n"))
	var table string
	var forms *goi18n.Message // of the table that is one message
	short := false            // the table has a message a line
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			if table = strings.TrimSuffix(line[1:], "]"); len(table) != len(line)-2 || !bare(table) {
				return nil, false
			}
			forms, short = nil, false
			continue
		}
		key, value, found := strings.Cut(line, " = ")
		text, good := quoted(value)
		if !found || !good || table == "" || !bare(key) || strings.Contains(key, ".") {
			return nil, false
		}
		if key != "other" && key != "one" {
			if forms != nil || reserved[key] {
				return nil, false
			}
			short = true
			list = append(list, &goi18n.Message{ID: table + "." + key, Other: text})
			continue
		}
		if forms == nil {
			forms = &goi18n.Message{ID: table}
			list = append(list, forms)
		}
		if short {
			return nil, false
		}
		if key == "one" {
			forms.One = text
		} else {
			forms.Other = text
		}
	}
	return list, true
}

// reserved are the words of go-i18n that ours do without.
var reserved = map[string]bool{
	"id": true, "description": true, "hash": true, "leftdelim": true, "rightdelim": true, "zero": true, "two": true, "few": true, "many": true,
}

// bare reports whether a key is written without quotes.
func bare(key string) bool {
	for _, c := range []byte(key) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' && c != '.' {
			return false
		}
	}
	return key != ""
}

// quoted is a basic or a literal string of TOML on one line. Escapes that Go
// writes in another way are left to the parser.
func quoted(s string) (string, bool) {
	if len(s) < 2 || s[0] != s[len(s)-1] {
		return "", false
	}
	inner := s[1 : len(s)-1]
	switch {
	case s[0] == '\'':
		return inner, !strings.Contains(inner, "'")
	case s[0] != '"':
		return "", false
	case !strings.Contains(inner, `\`):
		return inner, !strings.Contains(inner, `"`)
	case strings.Contains(inner, `\e`) || strings.Contains(inner, `\x`) || strings.Contains(inner, `\a`) || strings.Contains(inner, `\v`):
		return "", false
	}
	text, err := strconv.Unquote(s)
	return text, err == nil
}
