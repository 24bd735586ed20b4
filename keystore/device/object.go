package device

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

var errObject = errors.New("device: not a JSON object with each member once")

// Members are those of a JSON object, by their exact names.
type Members map[string]json.RawMessage

// Object reads a JSON object strictly. encoding/json takes the last of two
// equal members, takes "HTM" for "htm", and mends broken UTF-8; of two parties
// that read such an object differently one can be fooled.
func Object(b []byte) (Members, error) {
	if !utf8.Valid(b) {
		return nil, errObject
	}
	d := json.NewDecoder(bytes.NewReader(b))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, errObject
	}
	members := Members{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, errObject
		}
		text, ok := name.(string)
		if _, twice := members[text]; !ok || twice {
			return nil, errObject
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return nil, errObject
		}
		members[text] = value
	}
	if end, err := d.Token(); err != nil || end != json.Delim('}') {
		return nil, errObject
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errObject
	}
	return members, nil
}

// Text is a member that must be a string if it is there.
func (m Members) Text(name string) (text string, there bool, err error) {
	raw, there := m[name]
	if !there {
		return "", false, nil
	}
	if len(raw) == 0 || raw[0] != '"' {
		return "", true, errObject
	}
	if json.Unmarshal(raw, &text) != nil {
		return "", true, errObject
	}
	return text, true, nil
}

// Whole is a member that must be an integer in plain digits.
func (m Members) Whole(name string) (n int64, err error) {
	raw, there := m[name]
	if !there || bytes.ContainsAny(raw, ".eE\"") || json.Unmarshal(raw, &n) != nil || bytes.Equal(raw, []byte("null")) {
		return 0, errObject
	}
	return n, nil
}
