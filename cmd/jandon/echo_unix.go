//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package main

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// withoutEcho stops a terminal from showing what is typed; keys that stop the
// program keep working. It does so before anything is read: what a quick hand
// types before would be shown.
func withoutEcho(fd uintptr) (restore func() error, err error) {
	before, err := unix.IoctlGetTermios(int(fd), getTermios)
	if err != nil {
		return nil, err
	}
	quiet := *before
	quiet.Lflag &^= unix.ECHO
	quiet.Lflag |= unix.ICANON | unix.ISIG
	quiet.Iflag |= unix.ICRNL
	if err := unix.IoctlSetTermios(int(fd), setTermios, &quiet); err != nil {
		return nil, err
	}
	return func() error { return unix.IoctlSetTermios(int(fd), setTermios, before) }, nil
}

// readUnseen reads a line of a terminal without echo; io.EOF if nothing came
// before its end. The reading of passwords of the libraries reads on there, so
// Ctrl+D would do nothing.
func readUnseen(in term.File) ([]byte, error) {
	line, err := readLine(in)
	kept := line[:0]
	for _, b := range line {
		switch {
		case b != '\b':
			kept = append(kept, b)
		case len(kept) > 0: // a terminal that takes another key for taking back
			kept = kept[:len(kept)-1]
		}
	}
	clear(line[len(kept):])
	return kept, err
}
