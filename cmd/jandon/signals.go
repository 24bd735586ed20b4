package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// stopping is a context that a signal to end ends, whichever it is: what is under
// way leaves as the quit key does. Left alone, Go would answer the quit signal
// with the stacks of everything that runs, over a terminal that nobody puts
// back; so that one is never left alone again, while who asks another way for
// the second time does not want to wait.
func stopping() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	context.AfterFunc(ctx, func() {
		signal.Ignore(syscall.SIGQUIT)
		stop()
	})
	return ctx, stop
}
