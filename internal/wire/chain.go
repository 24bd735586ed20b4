package wire

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// The log of what concerns trust, as both sides check it: each line is chained
// to the one before by its hash, and a head, signed now and then, says how far
// the chain had come. Who holds an older head can tell that nothing before it
// was changed or left out, whatever the platform's books say now.

// ChainLink is a line of a person's log as it is chained. What happened in
// particular is in it as a salted digest alone.
type ChainLink struct {
	Log    int64 // the number of the person's log
	N      int64 // of the line, from 1
	At     int64 // Unix milliseconds
	What   string
	Digest []byte // SHA-256 of salt and details
}

// Hash chains the line to the hash of the one before (none: nil). The parts
// have fixed lengths but one, whose length is in it, so that no two lines hash
// the same bytes.
func (l ChainLink) Hash(before []byte) []byte {
	h := sha256.New()
	h.Write(before)
	var head []byte
	for _, n := range []int64{l.Log, l.N, l.At, int64(len(l.What))} {
		head = binary.BigEndian.AppendUint64(head, uint64(n))
	}
	h.Write(head)
	h.Write([]byte(l.What))
	h.Write(l.Digest)
	return h.Sum(nil)
}

// ChainHead says how far a person's log had come at an instant.
type ChainHead struct {
	Log  int64
	N    int64  // of the last line
	Hash []byte // of that line
	At   time.Time
}

const (
	chainTitle = "jandon log v1"
	chainKey   = "jandon/log" // the name that keys of heads have
)

var errChainHead = errors.New("wire: not a signed head of a log")

// text is a head as it is signed; there is one text for a head.
func (h ChainHead) text() string {
	return fmt.Sprintf("%s\n%d\n%d\n%s\n%s\n", chainTitle, h.Log, h.N, base64.StdEncoding.EncodeToString(h.Hash), h.At.UTC().Format(time.RFC3339Nano))
}

// Sign is a head as a signed note (golang.org/x/mod/sumdb/note).
func (h ChainHead) Sign(key ChainKey) ([]byte, error) {
	return note.Sign(&note.Note{Text: h.text()}, key)
}

// OpenChainHead is the head in a note that the key of a verifier has signed.
func OpenChainHead(signed []byte, verifier string) (h ChainHead, err error) {
	key, err := note.NewVerifier(verifier)
	if err != nil {
		return h, errChainHead
	}
	n, err := note.Open(signed, note.VerifierList(key))
	if err != nil {
		return h, errChainHead
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 6 {
		return h, errChainHead
	}
	var sum string
	if _, err := fmt.Sscanf(strings.Join(lines[1:4], " "), "%d %d %s", &h.Log, &h.N, &sum); err != nil {
		return h, errChainHead
	}
	if h.Hash, err = base64.StdEncoding.Strict().DecodeString(sum); err != nil {
		return h, errChainHead
	}
	if h.At, err = time.Parse(time.RFC3339Nano, lines[4]); err != nil || h.text() != n.Text || h.N < 0 || len(h.Hash) != sha256.Size {
		return ChainHead{}, errChainHead
	}
	return h, nil
}

// ChainKey signs heads. It hides itself; use NewChainKey.
type ChainKey struct {
	sign     func(text []byte) []byte
	hash     uint32
	verifier string
}

// NewChainKey is the key that comes from 32 bytes.
func NewChainKey(seed []byte) (ChainKey, error) {
	if len(seed) != ed25519.SeedSize {
		return ChainKey{}, errors.New("wire: a key of heads comes from 32 bytes")
	}
	private := ed25519.NewKeyFromSeed(bytes.Clone(seed))
	public, _ := private.Public().(ed25519.PublicKey)
	verifier, err := note.NewEd25519VerifierKey(chainKey, public)
	if err != nil {
		return ChainKey{}, err
	}
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return ChainKey{}, err
	}
	return ChainKey{func(text []byte) []byte { return ed25519.Sign(private, text) }, v.KeyHash(), verifier}, nil
}

// Name is that of the key in a note.
func (ChainKey) Name() string { return chainKey }

// KeyHash tells keys of one name apart.
func (k ChainKey) KeyHash() uint32 { return k.hash }

// Sign makes it a note.Signer.
func (k ChainKey) Sign(text []byte) ([]byte, error) { return k.sign(text), nil }

// Verifier is the public half, by which others know what it signed.
func (k ChainKey) Verifier() string { return k.verifier }
