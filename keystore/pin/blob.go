package pin

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20"

	"jandon/internal/fault"
	"jandon/keystore/secret"
)

// A blob is ver | t | m | p | salt | K ⊕ stream | sum: 1, 4, 4, 1, 16, 32 and
// 8 bytes, numbers big-endian, m in KiB. sum is the start of the SHA-256 of
// the bytes before it, as they are stored: it tells damage from a wrong PIN
// and knows nothing of K.
const (
	blobVersion = 1
	saltLen     = 16
	sumLen      = 8
	headLen     = 1 + 4 + 4 + 1
	bodyLen     = headLen + saltLen + KeyLen
	// BlobLen is the length of a blob in bytes.
	BlobLen = bodyLen + sumLen
)

// costs are the parameters of Argon2id.
type costs struct {
	passes, kib uint32
	lanes       uint8
}

// usual is the second recommended option of RFC 9106, section 4.
var usual = costs{passes: 3, kib: 64 << 10, lanes: 4}

// bounds are what a blob may ask for. A blob is data that something else may
// have written: below usual it would be cheap to search, and without an upper
// bound four bytes could ask for 4 TiB.
type bounds struct{ least, most costs }

var limits = bounds{least: costs{1, 64 << 10, 1}, most: costs{10, 1 << 20, 16}}

func (l bounds) hold(c costs) bool {
	return c.passes >= l.least.passes && c.passes <= l.most.passes &&
		c.kib >= l.least.kib && c.kib <= l.most.kib &&
		c.lanes >= l.least.lanes && c.lanes <= l.most.lanes
}

// Seal hides k under a PIN that Check has let pass, and uses k up. It takes
// about half a second and 64 MiB. The blob gives no way to try PINs by itself,
// but with one code that was seen it does, so it is a secret too.
func Seal(k Fresh, typed secret.Secret) (blob secret.Secret, err error) {
	b, err := seal(k, typed, usual)
	if err != nil {
		return secret.Secret{}, err
	}
	return secret.New(b), nil
}

func seal(k Fresh, typed secret.Secret, c costs) ([]byte, error) {
	if err := Check(typed); err != nil {
		return nil, err
	}
	plain, err := Plain(typed)
	if err != nil {
		return nil, err
	}
	defer plain.Wipe()
	key, err := k.Take()
	if err != nil {
		return nil, err
	}
	defer key.Wipe()
	b := make([]byte, 0, BlobLen)
	b = append(b, blobVersion)
	b = binary.BigEndian.AppendUint32(b, c.passes)
	b = binary.BigEndian.AppendUint32(b, c.kib)
	b = append(b, c.lanes)
	salt := make([]byte, saltLen)
	rand.Read(salt)
	b = append(b, salt...)
	hidden := camouflage(key, plain, salt, c)
	hidden.Expose(func(h []byte) { b = append(b, h...) })
	sum := sha256.Sum256(b)
	return append(b, sum[:sumLen]...), nil
}

// Open is the K that a PIN leads to. Every PIN leads to one: only damage and a
// thing that is no PIN are errors. Damage is fault.KeyringDamaged.
func Open(blob, typed secret.Secret) (k secret.Secret, err error) {
	b := blob.Copy() // Argon2 takes its time; nobody else should wait for the blob
	defer clear(b)
	return limits.open(b, typed)
}

func (l bounds) open(blob []byte, typed secret.Secret) (secret.Secret, error) {
	c, err := l.read(blob)
	if err != nil {
		return secret.Secret{}, err
	}
	plain, err := Plain(typed)
	if err != nil {
		return secret.Secret{}, err
	}
	defer plain.Wipe()
	hidden := secret.New(bytes.Clone(blob[headLen+saltLen : bodyLen]))
	return camouflage(hidden, plain, blob[headLen:headLen+saltLen], c), nil
}

func (l bounds) read(blob []byte) (costs, error) {
	damaged := func(what string) (costs, error) {
		return costs{}, fault.Wrap(errors.New("pin: "+what), fault.KeyringDamaged)
	}
	if len(blob) > 0 && blob[0] > blobVersion {
		return costs{}, fault.New(fault.StoreNewer, "file", "keyring")
	}
	if len(blob) != BlobLen || blob[0] != blobVersion {
		return damaged("not a blob")
	}
	if sum := sha256.Sum256(blob[:bodyLen]); !bytes.Equal(sum[:sumLen], blob[bodyLen:]) {
		return damaged("the blob was changed")
	}
	c := costs{binary.BigEndian.Uint32(blob[1:]), binary.BigEndian.Uint32(blob[5:]), blob[9]}
	if !l.hold(c) {
		return damaged("the blob asks for costs out of bounds")
	}
	return c, nil
}

// camouflage hides and opens alike. The nonce is zero because each keystream
// has a key of its own: the salt is new for every blob.
func camouflage(in, plain secret.Secret, salt []byte, c costs) secret.Secret {
	out := in.Copy()
	plain.Expose(func(p []byte) {
		key := argon2.IDKey(p, salt, c.passes, c.kib, c.lanes, chacha20.KeySize)
		defer clear(key)
		stream, err := chacha20.NewUnauthenticatedCipher(key, make([]byte, chacha20.NonceSize))
		if err != nil {
			panic(err) // only for keys and nonces of other lengths
		}
		stream.XORKeyStream(out, out)
	})
	return secret.New(out)
}
