//go:build !linux

package keystore

// Harden does nothing here: the system has no such switch for a process.
func Harden() error { return nil }
