package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"jandon/internal/fault"
)

// The wallet's log is where a failure is looked up by the id that the screen
// shows. It is an allow-list: when, where in the program, the code, the id, and
// which kinds of causes led to it; no text of an error, which may quote a file,
// an address or a name.

// logFile is its name below the directory for state.
const logFile = "jandon.log"

// logLimit bounds it: some ten thousand lines. What is older is kept once more.
const logLimit = 1 << 20

// logbook appends lines to a file that is made for the first one. What can't be
// written is lost: a disk that is full is no reason to stop, and is said anyway.
type logbook struct {
	path string
	mu   sync.Mutex
	file *os.File
	size int64
}

// Write appends a line, which other processes may do as well.
func (l *logbook) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file != nil && l.size+int64(len(line)) > logLimit {
		_ = l.file.Close()
		l.file = nil
	}
	if l.file == nil && !l.open(int64(len(line))) {
		return len(line), nil
	}
	n, _ := l.file.Write(line)
	l.size += int64(n)
	return len(line), nil
}

// open opens the file, and puts the old one aside if there is no room in it for
// n more bytes.
func (l *logbook) open(n int64) bool {
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return false
	}
	if info, err := os.Stat(l.path); err == nil && info.Size()+n > logLimit {
		_ = os.Rename(l.path, l.path+".1")
	}
	f, err := os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return false
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		_ = f.Close()
		return false
	}
	l.file, l.size = f, info.Size()
	return true
}

// logIn is the log in a directory.
func logIn(dir string) *slog.Logger {
	return slog.New(slog.NewTextHandler(&logbook{path: filepath.Join(dir, logFile)}, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// log is the wallet's log; before settings are known there is none.
func (a *app) log() *slog.Logger {
	if a.logs == nil {
		return slog.New(slog.DiscardHandler)
	}
	return a.logs
}

// named is an error with the id of this run, unless it has one or needs none.
func (a *app) named(err error) *fault.Error {
	f := fault.From(err)
	if f != nil && f.Code.Logged() {
		f = f.Under(a.id)
	}
	return f
}

// logFailure writes a failure that has an id into the log.
func (a *app) logFailure(where string, f *fault.Error) {
	if f.Correlation == "" {
		return
	}
	a.log().Warn("failed", "where", where, "code", string(f.Code), "correlation", f.Correlation, "causes", strings.Join(causes(f.Unwrap()), " < "))
}

// causes are the kinds of errors that led to one: codes, the system's own words,
// and types for the others, whose texts may quote anything.
func causes(err error) (list []string) {
	switch e := err.(type) { //nolint:errorlint // each layer is looked at
	case nil:
		return nil
	case *fault.Error:
		list = []string{string(e.Code)}
	case syscall.Errno:
		list = []string{e.Error()}
	case fault.Defect: // what a panic may say
		list = []string{e.Error()}
	default:
		list = []string{fmt.Sprintf("%T", e)}
	}
	switch e := err.(type) { //nolint:errorlint // as above
	case interface{ Unwrap() error }:
		list = append(list, causes(e.Unwrap())...)
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			list = append(list, causes(one)...)
		}
	}
	return list
}
