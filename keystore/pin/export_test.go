package pin

import "jandon/keystore/secret"

// Whole reports whether a blob is undamaged and asks for no more than it may;
// it needs no PIN and costs nothing.
func Whole(blob secret.Secret) (err error) {
	blob.Expose(func(b []byte) { _, err = limits.read(b) })
	return err
}
