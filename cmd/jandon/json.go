package main

import (
	"bytes"
	"encoding/json"
	"time"

	"jandon/internal/fault"
)

// version is that of all JSON answers. Fields may be added without raising it.
const version = 1

// printJSON writes an answer as JSON, readable by people too.
func (a *app) printJSON(answer any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(answer); err != nil {
		return fault.Wrap(err, fault.Internal)
	}
	return all(a.out, b.Bytes())
}

// stamp is an instant in the person's zone, by RFC 3339; nil for none.
func stamp(t time.Time, zone *time.Location) *string {
	if t.IsZero() {
		return nil
	}
	s := t.In(zone).Format(time.RFC3339)
	return &s
}
