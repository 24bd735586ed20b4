package keystore

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"jandon/internal/fault"
)

// Enrolment is what an enrolled device has beside; the zero value before that.
type Enrolment struct {
	Account string // id of the account on the platform
	Device  string // id of this device on the platform
	Key     Secret // the device's own key; package device
	Blob    Secret // the account's key under the PIN; package pin
}

// Lengths of the parts in bytes.
const (
	spkiLen      = 32
	deviceKeyLen = 32
	maxBlob      = 128 // a blob of package pin has 66; a later layout may have more
)

// Enrolled reports whether this device can open sessions and confirm acts.
func (i Item) Enrolled() bool { return i.Enrol.Device != "" }

// whole reports whether an enrolment is there with all its parts, or not at all.
func (e Enrolment) whole() bool {
	if e.Device == "" {
		return e.Account == "" && e.Key.Len() == 0 && e.Blob.Len() == 0
	}
	return e.Account != "" && e.Key.Len() == deviceKeyLen && e.Blob.Len() > 0 && e.Blob.Len() <= maxBlob
}

// readDevice reads the fields of an enrolled device; it says what can't be read.
func (i *Item) readDevice(fields map[string]json.RawMessage) string {
	var key, blob []byte
	defer func() { clear(key); clear(blob) }()
	for name, into := range map[string]any{
		"spki": &i.SPKI, "account": &i.Enrol.Account, "device": &i.Enrol.Device, "device_key": &key, "otp_blob": &blob,
	} {
		if raw, ok := fields[name]; ok && json.Unmarshal(raw, into) != nil {
			return "the " + name + " can't be read"
		}
	}
	if len(key) > 0 {
		i.Enrol.Key = NewSecret(key)
	}
	if len(blob) > 0 {
		i.Enrol.Blob = NewSecret(blob)
	}
	if len(i.SPKI) != 0 && len(i.SPKI) != spkiLen {
		return "the pin is none"
	}
	return ""
}

// writeDevice adds the fields of a device, as far as there are any.
func (i Item) writeDevice(b []byte) ([]byte, error) {
	if len(i.SPKI) > 0 {
		b = append(base64.StdEncoding.AppendEncode(append(b, `,"spki":"`...), i.SPKI), '"')
	}
	b, err := writeTexts(b, named{"account", i.Enrol.Account}, named{"device", i.Enrol.Device})
	if err != nil {
		return b, err
	}
	b = writeSecret(b, "device_key", i.Enrol.Key)
	return writeSecret(b, "otp_blob", i.Enrol.Blob), nil
}

// named is a field of an item.
type named struct{ name, text string }

// writeTexts adds the fields that are not empty.
func writeTexts(b []byte, list ...named) ([]byte, error) {
	for _, f := range list {
		if f.text == "" {
			continue
		}
		text, err := json.Marshal(f.text)
		if err != nil {
			return b, fault.Wrap(err, fault.Internal)
		}
		b = fmt.Appendf(b, `,%q:%s`, f.name, text)
	}
	return b, nil
}

// writeSecret adds a field in base64, if there is anything in it. The buffer
// must not grow under it, or a copy would stay.
func writeSecret(b []byte, name string, s Secret) []byte {
	if s.Len() == 0 {
		return b
	}
	b = fmt.Appendf(b, `,%q:"`, name)
	s.Expose(func(raw []byte) { b = base64.StdEncoding.AppendEncode(b, raw) })
	return append(b, '"')
}
