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
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, ErrWrongKey
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return nil, ErrCutOff
	case err != nil:
		return nil, ErrAltered
	}
	kept := &toItsEnd{from: plain}
	r, err := Read(kept)
	if err != nil && kept.err != nil { // what is sealed can't be opened up to its header
		return nil, ErrCutOff
	}
	return r, err
}

// toItsEnd keeps why a sealed file could not be read to its end. It is sealed
// in pieces, and of one that is cut off nothing can be opened.
type toItsEnd struct {
	from io.Reader
	err  error
}

func (r *toItsEnd) Read(b []byte) (int, error) {
	n, err := r.from.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

// Sealed reports whether a file that is about to be read is sealed.
func Sealed(from interface{ Peek(int) ([]byte, error) }) bool {
	head, err := from.Peek(len(sealedMagic))
	return err == nil && string(head) == sealedMagic
}
