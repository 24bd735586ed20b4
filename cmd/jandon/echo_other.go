//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd)

package main

// withoutEcho leaves it to the reading of the password to stop the echo.
func withoutEcho(uintptr) (restore func() error, err error) {
	return func() error { return nil }, nil
}
