//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd || windows)

package main

import (
	"errors"

	"github.com/charmbracelet/x/term"
)

// withoutEcho leaves it to the reading of the password to stop the echo.
func withoutEcho(uintptr) (restore func() error, err error) {
	return func() error { return nil }, nil
}

// dropInput says that it can't: here nothing is asked, since what was typed
// before a question would answer it.
func dropInput(uintptr) error { return errors.ErrUnsupported }

// readUnseen reads a line without echo.
func readUnseen(in term.File) ([]byte, error) { return term.ReadPassword(in.Fd()) }
