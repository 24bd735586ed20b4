// Package bus reaches a message bus within a deadline, and tells apart why it
// did not answer. It starts no bus: whoever calls names one that is there.
package bus

import (
	"context"
	"errors"
	"io"

	"github.com/godbus/dbus/v5"
)

// Connect opens a connection of its own. godbus knows no deadline for dialling
// and shaking hands, so that both go on behind the back of a caller that has
// left, and what they come to is closed.
func Connect(ctx context.Context, dial func() (*dbus.Conn, error)) (*dbus.Conn, error) {
	type result struct {
		conn *dbus.Conn
		err  error
	}
	done := make(chan result)
	go func() {
		conn, err := dial()
		if err == nil {
			if err = shake(ctx, conn); err != nil {
				_ = conn.Close()
			}
		}
		select {
		case done <- result{conn, err}:
		case <-ctx.Done():
			if err == nil {
				_ = conn.Close()
			}
		}
	}()
	select {
	case r := <-done:
		if r.err != nil {
			return nil, r.err
		}
		return r.conn, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func shake(ctx context.Context, conn *dbus.Conn) error {
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if err := conn.Auth(nil); err != nil {
		return err
	}
	return conn.Hello()
}

// Gone reports errors of something that was there and no longer answers.
func Gone(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) ||
		errors.Is(err, dbus.ErrClosed) || errors.Is(err, io.EOF) {
		return true
	}
	switch Name(err) {
	case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout",
		"org.freedesktop.DBus.Error.TimedOut", "org.freedesktop.DBus.Error.Disconnected":
		return true
	}
	return false
}

// Name is the name of an error that came over the bus; "" of others.
func Name(err error) string {
	var value dbus.Error
	var pointer *dbus.Error
	switch {
	case errors.As(err, &value):
		return value.Name
	case errors.As(err, &pointer):
		return pointer.Name
	}
	return ""
}
