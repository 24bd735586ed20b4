package session

import (
	"bytes"
	"errors"
	"io"

	"filippo.io/age"
)

// What can be wrong with a sealed file.
var (
	ErrSealed   = errors.New("session: the recording is sealed")
	ErrWrongKey = errors.New("session: the recording is not sealed for this key")
	ErrBadKey   = errors.New("session: not an age key")
)

// sealedMagic is how a file of age begins (age-encryption.org/v1).
const sealedMagic = "age-encryption.org/v1\n"

// Seal has all that is written to it readable by the holders of age keys alone
// (age1…). Close ends the file; what was not closed can't be opened.
func Seal(w io.Writer, to ...string) (io.WriteCloser, error) {
	var recipients []age.Recipient
	for _, key := range to {
		r, err := age.ParseX25519Recipient(key)
		if err != nil {
			return nil, ErrBadKey
		}
		recipients = append(recipients, r)
	}
	return age.Encrypt(w, recipients...)
}

// Open reads a file that may be sealed; identity is the text of an age identity
// file, empty if there is none.
func Open(from io.Reader, identity []byte) (*Recording, error) {
	head := make([]byte, len(sealedMagic))
	n, err := io.ReadFull(from, head)
	whole := io.MultiReader(bytes.NewReader(head[:n]), from)
	if err != nil || string(head) != sealedMagic {
		return Read(whole)
	}
	if len(identity) == 0 {
		return nil, ErrSealed
	}
	keys, err := age.ParseIdentities(bytes.NewReader(identity))
	if err != nil {
		return nil, ErrBadKey
	}
	plain, err := age.Decrypt(whole, keys...)
	if err != nil {
		return nil, ErrWrongKey
	}
	return Read(plain)
}

// Sealed reports whether a file that is about to be read is sealed.
func Sealed(from interface{ Peek(int) ([]byte, error) }) bool {
	head, err := from.Peek(len(sealedMagic))
	return err == nil && string(head) == sealedMagic
}
