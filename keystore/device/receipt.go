package device

import (
	"bytes"
	"fmt"
)

// ReceiptType is the typ of a signed confirmation.
const ReceiptType = "jandon-confirm+jwt"

func (p Public) receiptHeader() []byte {
	return fmt.Appendf(nil, `{"alg":"ES256","kid":"%s","typ":"%s"}`, p.Thumbprint(), ReceiptType)
}

// Receipt signs the bytes of a challenge that was confirmed: the platform
// keeps it, and nobody without the device can make one.
func (k Key) Receipt(challenge []byte) (string, error) {
	return k.Sign(k.public.receiptHeader(), challenge)
}

// CheckReceipt verifies that a receipt is this key's, over exactly these bytes.
func (p Public) CheckReceipt(receipt string, challenge []byte) error {
	j, err := ParseJWS(receipt, ReceiptType)
	if err != nil {
		return err
	}
	if !bytes.Equal(j.header, p.receiptHeader()) {
		return badJWS("the header is another key's or has more in it")
	}
	if !bytes.Equal(j.Payload, challenge) {
		return badJWS("it signs other bytes")
	}
	return j.Verify(p)
}
