//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package main

import "golang.org/x/sys/unix"

// withoutEcho stops a terminal from showing what is typed; keys that stop the
// program keep working. Reading a password does the same, but only once it
// reads: what a quick hand types before would be shown.
func withoutEcho(fd uintptr) (restore func() error, err error) {
	before, err := unix.IoctlGetTermios(int(fd), getTermios)
	if err != nil {
		return nil, err
	}
	quiet := *before
	quiet.Lflag &^= unix.ECHO
	if err := unix.IoctlSetTermios(int(fd), setTermios, &quiet); err != nil {
		return nil, err
	}
	return func() error { return unix.IoctlSetTermios(int(fd), setTermios, before) }, nil
}
