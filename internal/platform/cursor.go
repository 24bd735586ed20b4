package platform

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// A cursor is a place in a list, the list's letter and the ledger's id. Places
// do not move while lines are added. It is no secret: it says nothing that
// the page before did not.

// cursorFormat is the first byte of a cursor.
const cursorFormat = 1

func encodeCursor(id string, list byte, p ledger.Place) string {
	if p == (ledger.Place{}) {
		return ""
	}
	b := []byte{cursorFormat, list}
	b = binary.BigEndian.AppendUint64(b, uint64(p.At))
	b = binary.BigEndian.AppendUint64(b, uint64(p.N))
	b = append(b, id...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	return base64.RawURLEncoding.EncodeToString(b)
}

func decodeCursor(id string, list byte, s *string) (ledger.Place, error) {
	const head, sum = 2 + 8 + 8, 4
	if s == nil {
		return ledger.Place{}, nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(*s)
	if err != nil || len(b) < head+sum || b[0] != cursorFormat || b[1] != list {
		return ledger.Place{}, fault.Wrap(err, fault.BadCursor)
	}
	body, tail := b[:len(b)-sum], b[len(b)-sum:]
	if crc32.ChecksumIEEE(body) != binary.BigEndian.Uint32(tail) {
		return ledger.Place{}, fault.New(fault.BadCursor)
	}
	if string(body[head:]) != id {
		return ledger.Place{}, fault.New(fault.CursorOld)
	}
	return ledger.Place{At: int64(binary.BigEndian.Uint64(b[2:])), N: int64(binary.BigEndian.Uint64(b[10:]))}, nil
}
