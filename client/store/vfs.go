package store

import (
	"crypto/rand"
	"sync"

	"github.com/ncruces/go-sqlite3/vfs"
	wrapvfs "github.com/ncruces/go-sqlite3/vfs/adiantum"
	"lukechampine.com/adiantum"
	"lukechampine.com/adiantum/hbsh"
)

// KeyLen is the length of a store's key in bytes (Adiantum with XChaCha12 and AES-256).
const KeyLen = 32

// Key lends the bytes of a key for the length of a call.
// keystore.Secret is one.
type Key interface {
	Expose(use func([]byte))
}

// vfsName is the name under which SQLite finds the encrypting file system.
const vfsName = "jandon-store"

func init() { vfs.Register(vfsName, wrapvfs.Wrap(vfs.Find(""), ciphers{})) }

// tickets leads from a random word in a database's URI to the key that opens
// it. SQLite and everything that can see URIs only ever sees the ticket.
var tickets sync.Map // string → Key

// issueTicket makes a word that stands for key until it is taken back.
func issueTicket(key Key) (ticket string, takeBack func()) {
	ticket = rand.Text()
	tickets.Store(ticket, key)
	return ticket, func() { tickets.Delete(ticket) }
}

// ciphers makes ciphers from tickets. Temporary files, which have no ticket,
// get a random key, as the wrapped file system asks.
type ciphers struct{}

// KDF hands the ticket through as the key's name; HBSH resolves it, so that no
// slice with the key in it is passed around.
func (ciphers) KDF(ticket string) []byte {
	if ticket == "" {
		key := make([]byte, KeyLen)
		_, _ = rand.Read(key) // never fails: it ends the process instead
		return key
	}
	return []byte(ticket)
}

// HBSH is the cipher of a ticket or of a temporary file's random key; nil for
// a ticket that was taken back, which SQLite reports as a bad key.
func (ciphers) HBSH(name []byte) (cipher *hbsh.HBSH) {
	if key, ok := tickets.Load(string(name)); ok {
		return cipherOf(key.(Key))
	}
	if len(name) == KeyLen {
		return adiantum.New(name)
	}
	return nil
}

func cipherOf(key Key) (cipher *hbsh.HBSH) {
	key.Expose(func(b []byte) {
		if len(b) == KeyLen {
			cipher = adiantum.New(b)
		}
	})
	return cipher
}
