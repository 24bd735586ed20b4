// Command jandon is a wallet for small digital money: screens when run bare,
// commands for scripts otherwise.
//
// This package holds flags, wiring and exit codes, one verb a file. Data goes
// to standard output, messages to standard error. A command returns its error;
// only main exits. Secrets come by keyring, hidden prompt or file descriptor,
// never by flag or environment.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
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
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // who asks a second time does not want to wait
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
	usual := debug.SetGCPercent(400)
	runtime.AddCleanup(&struct{ garbage [64]byte }{}, func(percent int) { debug.SetGCPercent(percent) }, usual)
}
