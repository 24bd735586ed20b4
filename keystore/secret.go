package keystore

import "jandon/keystore/secret"

// Secret is bytes that hide themselves; see package secret.
type Secret = secret.Secret

// NewSecret takes the bytes over: they are copied and the argument is zeroed.
func NewSecret(b []byte) Secret { return secret.New(b) }

// RandomSecret is n bytes of the system's randomness.
func RandomSecret(n int) Secret { return secret.Random(n) }
