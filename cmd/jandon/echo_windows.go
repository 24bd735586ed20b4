package main

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/windows"
)

// withoutEcho leaves it to the reading of the password to stop the echo.
func withoutEcho(uintptr) (restore func() error, err error) {
	return func() error { return nil }, nil
}

// dropInput forgets what was typed and not read yet.
func dropInput(fd uintptr) error { return windows.FlushConsoleInputBuffer(windows.Handle(fd)) }

// readUnseen reads a line without echo.
func readUnseen(in term.File) ([]byte, error) { return term.ReadPassword(in.Fd()) }
