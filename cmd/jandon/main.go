// Command jandon is a wallet for small digital money: screens when run bare,
// commands for scripts otherwise.
//
// This package holds flags, wiring and exit codes, one verb a file. Data goes
// to standard output, messages to standard error. A command returns its error;
// only main exits. Secrets come by keyring, hidden prompt or file descriptor,
// never by flag or environment.
package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"time"
	_ "time/tzdata" // zones, where the system has none

	"jandon/keystore"
)

func main() { os.Exit(start()) }

func start() int {
	collectLater()
	_ = keystore.Harden()        // refused in some sandboxes; what it keeps out is no reason not to run
	_ = os.Unsetenv("TEA_TRACE") // it would write every frame to a file
	_ = os.Unsetenv("TEA_DEBUG") // and this what a panic said
	ctx, stop := stopping()
	defer stop()
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.Environ(), now: time.Now}
	return a.run(ctx, os.Args[1:])
}

// collectLater puts the first garbage collection off until the heap holds
// 16 MiB: nearly every command has ended by then, and one at 4 MiB would take
// a tenth of its time. With the first one, things are as ever.
func collectLater() {
	if os.Getenv("GOGC") != "" {
		return // somebody decided
	}
	debug.SetGCPercent(400)
	runtime.AddCleanup(&struct{ garbage [64]byte }{}, func(bool) { collectSoon() }, true)
}

// collectSoon ends that for what works on files of any length in little memory.
func collectSoon() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(100)
	}
}
