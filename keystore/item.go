package keystore

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"jandon/internal/fault"
)

// Version of the item's layout that this program writes. A higher one is not
// touched; fields are added without raising it, and unknown ones are kept.
const Version = 1

// MaxItem is the largest item in bytes: Windows allows 2,560 and libsecret's
// daemons are slow on large ones, so an account must fit well below.
const MaxItem = 1024

// StoreKeyLen is the length of the local store's key in bytes.
const StoreKeyLen = 32

// Item is what is kept for one account.
type Item struct {
	Server   string // URL of the platform; never holds credentials
	StoreKey Secret // opens the local store; StoreKeyLen bytes

	SPKI  []byte // SHA-256 of the platform's public key, pinned at enrolment; empty: the system's authorities vouch for it
	Enrol Enrolment

	more map[string]json.RawMessage // fields of newer versions, kept as they are
}

// Wipe forgets the item's secrets.
func (i Item) Wipe() {
	for _, s := range []Secret{i.StoreKey, i.Enrol.Key, i.Enrol.Blob} {
		s.Wipe()
	}
}

// NewAccount makes an opaque account id: 80 random bits, nothing of the person.
func NewAccount() string { return "a-" + strings.ToLower(rand.Text()[:16]) }

// CheckAccount refuses what NewAccount would not make in kind: an id goes into names of
// items and files.
func CheckAccount(account string) error {
	strange := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }
	if account == "" || len(account) > 64 || account[0] == '-' || strings.ContainsFunc(account, strange) {
		return fault.Wrap(errors.New("keystore: an account id is lower-case letters, digits and dashes"), fault.Internal)
	}
	return nil
}

// Load reads the item of an account. A value that is not an item is fault.KeyringDamaged.
func Load(ctx context.Context, s Store, account string) (Item, error) {
	value, err := s.Get(ctx, account)
	if err != nil {
		return Item{}, err
	}
	defer value.Wipe()
	var item Item
	value.Expose(func(b []byte) { item, err = decode(b) })
	return item, err
}

// Save writes the item of an account; the store reads it back before it says yes.
func Save(ctx context.Context, s Store, account string, item Item) error {
	value, err := item.encode()
	if err != nil {
		return err
	}
	defer value.Wipe()
	return s.Set(ctx, account, value)
}

func decode(b []byte) (Item, error) {
	item, err := read(b, MaxItem)
	if err == nil && !item.Enrol.whole() {
		item.Wipe()
		return damaged("the enrolment is not whole")
	}
	return item, err
}

func damaged(what string) (Item, error) {
	return Item{}, fault.Wrap(errors.New("keystore: "+what), fault.KeyringDamaged)
}

// read reads an item, whatever there is of a device.
func read(b []byte, most int) (Item, error) {
	var fields map[string]json.RawMessage
	if len(b) > most || json.Unmarshal(b, &fields) != nil {
		return damaged("the item is no JSON object")
	}
	var item Item
	var version int
	if json.Unmarshal(fields["v"], &version) != nil || version < 1 {
		return damaged("the item has no version")
	}
	if version > Version {
		return Item{}, fault.New(fault.StoreNewer, "file", "keyring")
	}
	var key []byte
	defer func() { clear(key) }()
	if json.Unmarshal(fields["store_key"], &key) != nil || len(key) != StoreKeyLen {
		return damaged("the item has no store key")
	}
	if raw, ok := fields["server"]; ok && json.Unmarshal(raw, &item.Server) != nil {
		return damaged("the server can't be read")
	}
	if what := item.readDevice(fields); what != "" {
		return damaged(what)
	}
	for _, known := range []string{"v", "store_key", "server", "token" /* of an earlier version, good for nothing any more */, "spki", "account", "device", "device_key", "otp_blob"} {
		delete(fields, known)
	}
	item.StoreKey, item.more = NewSecret(key), fields
	return item, nil
}

// encode writes the object by hand, since encoding/json would keep secrets in
// buffers that nobody zeroes.
func (i Item) encode() (Secret, error) {
	if n := i.StoreKey.Len(); n != StoreKeyLen {
		return Secret{}, fault.Wrap(fmt.Errorf("keystore: a store key has %d bytes, not %d", StoreKeyLen, n), fault.Internal)
	}
	if len(i.SPKI) != 0 && len(i.SPKI) != spkiLen || !i.Enrol.whole() {
		return Secret{}, fault.Wrap(errors.New("keystore: the enrolment is not whole"), fault.Internal)
	}
	return i.write(MaxItem, func(b []byte) ([]byte, error) { return b, nil })
}

// write writes an item, and what else there is to it, in most bytes.
func (i Item) write(most int, rest func([]byte) ([]byte, error)) (Secret, error) {
	server, err := json.Marshal(i.Server)
	if err != nil {
		return Secret{}, fault.Wrap(err, fault.Internal)
	}
	b := make([]byte, 0, 2*most)
	defer func() { clear(b[:cap(b)]) }()
	b = fmt.Appendf(b, `{"v":%d,"server":%s`, Version, server)
	b = writeSecret(b, "store_key", i.StoreKey)
	if b, err = i.writeDevice(b); err != nil {
		return Secret{}, err
	}
	if b, err = rest(b); err != nil {
		return Secret{}, err
	}
	if len(i.more) > 0 {
		more, err := json.Marshal(maps.Clone(i.more))
		if err != nil {
			return Secret{}, fault.Wrap(err, fault.Internal)
		}
		b = append(append(b, ','), bytes.TrimSuffix(more[1:], []byte("}"))...)
		clear(more)
	}
	b = append(b, '}')
	if len(b) > most {
		return Secret{}, fault.Wrap(fmt.Errorf("keystore: an item of %d bytes", len(b)), fault.TooLarge, "limit", strconv.Itoa(most>>10)+" KiB")
	}
	return NewSecret(b), nil
}
