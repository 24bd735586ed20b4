package store

import (
	"encoding/binary"
	"io"
	"os"
)

// blockSize is the unit of encryption and the size of a database page.
const blockSize = 4096

// verdict says why a file that is there could not be read.
type verdict uint8

const (
	notAStore  verdict = iota // never was one, or its bytes are gone
	otherKey                  // looks encrypted, and nothing in it answers to this key
	rightKey                  // parts of it answer to this key
	unreadable                // the file itself could not be read
)

// sniffed is how many blocks are tried before a file counts as locked to
// another key: spread over the file, so that local damage can't hide the rest.
const sniffed = 16

// sniff tells a wrong key from damage. Every block carries a checksum inside
// the encryption, so one block that checks out proves the key; a file in which
// none does, but whose bytes look random, belongs to another key.
func sniff(path string, key Key) verdict {
	f, err := os.Open(path)
	if err != nil {
		return unreadable
	}
	defer func() { _ = f.Close() }() // was only read
	info, err := f.Stat()
	if err != nil {
		return unreadable
	}
	blocks := info.Size() / blockSize
	if blocks == 0 {
		return notAStore
	}
	cipher := cipherOf(key)
	if cipher == nil {
		return otherKey
	}
	random := 0
	tries := min(blocks, sniffed)
	for i := range tries {
		at := (blocks - 1) * i / max(tries-1, 1) * blockSize
		block := make([]byte, blockSize)
		if _, err := f.ReadAt(block, at); err != nil && err != io.EOF {
			return unreadable
		}
		if looksRandom(block) {
			random++
		}
		var tweak [8]byte
		binary.LittleEndian.PutUint64(tweak[:], uint64(at))
		if checks(cipher.Decrypt(block, tweak[:])) {
			return rightKey
		}
	}
	if random*2 > int(tries) {
		return otherKey
	}
	return notAStore
}

// looksRandom: 4,096 random bytes show nearly all 256 values; text and zeroes don't.
func looksRandom(block []byte) bool {
	var seen [256]bool
	n := 0
	for _, b := range block {
		if !seen[b] {
			seen[b] = true
			n++
		}
	}
	return n >= 240
}

// checks verifies the checksum at the end of a page (SQLite's cksumvfs format).
func checks(page []byte) bool {
	body, sum := page[:len(page)-8], page[len(page)-8:]
	var s1, s2 uint32
	for ; len(body) >= 8; body = body[8:] {
		s1 += binary.LittleEndian.Uint32(body) + s2
		s2 += binary.LittleEndian.Uint32(body[4:]) + s1
	}
	return binary.LittleEndian.Uint32(sum) == s1 && binary.LittleEndian.Uint32(sum[4:]) == s2
}
