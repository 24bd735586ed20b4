package history

import "strings"

// Brief is a query in a few words, as somebody might call it: what is looked
// for, without the names of parts and without quotes.
func Brief(text string) string {
	list, open := tokens(strings.Map(plainSpace, text))
	if open != "" {
		return strings.TrimSpace(text)
	}
	for i, t := range list {
		if key, _, value := cutKey(t); keys[key] != "" && value != "" {
			t = value
		}
		list[i] = strings.Trim(t, `"`)
	}
	return strings.Join(strings.Fields(strings.Join(list, " ")), " ")
}
