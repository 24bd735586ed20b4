//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package main

import "golang.org/x/sys/unix"

const getTermios, setTermios = unix.TIOCGETA, unix.TIOCSETA

// dropInput forgets what was typed and not read yet.
func dropInput(fd uintptr) error {
	const read = 1 // FREAD of sys/file.h
	return unix.IoctlSetPointerInt(int(fd), unix.TIOCFLUSH, read)
}
