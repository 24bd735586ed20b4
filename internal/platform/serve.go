package platform

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// How long one exchange may take. The longest page is some 300 KB.
const (
	headerTime = 5 * time.Second
	readTime   = 15 * time.Second
	writeTime  = 30 * time.Second
	idleTime   = 2 * time.Minute
	farewell   = 5 * time.Second // for what is under way when the server stops
	headerSize = 32 << 10
)

func (p *Platform) server() *http.Server {
	return &http.Server{
		Handler:           p.handler,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes:               headerSize,
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     slog.NewLogLogger(complaints{p.log.Handler()}, slog.LevelWarn),
		ConnContext:                  known,
	}
}

// Serve answers on a listener until ctx ends, then lets what is under way
// finish. It closes the listener. Legs are seen to in the background from then on.
func (p *Platform) Serve(ctx context.Context, ln net.Listener) error {
	p.beginWork()
	s := p.server()
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ln) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	err := s.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.Close()
	}
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// inside is the same server without a port: its connections are pipes.
type inside struct {
	server *http.Server
	conns  chan net.Conn
	start  sync.Once
	stop   sync.Once
	done   chan struct{}
}

func newInside(s *http.Server) *inside {
	return &inside{server: s, conns: make(chan net.Conn), done: make(chan struct{})}
}

// Dial connects to the platform inside this process, for the DialContext of an
// http.Transport; network and address do not matter.
func (p *Platform) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	return p.dial(ctx, func(c net.Conn) net.Conn { return c })
}

// DialAs is Dial for whoever has the platform in this very process and reads a
// person's books without a device: a demo, and tests. What comes without a
// token over such a connection is that person's, and may read.
func (p *Platform) DialAs(handle string) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, _, _ string) (net.Conn, error) {
		return p.dial(ctx, func(c net.Conn) net.Conn { return homely{c, handle} })
	}
}

// homely is a connection from inside the process by somebody who is known.
type homely struct {
	net.Conn
	handle string
}

type handleKey struct{}

// known lets requests know who is on the other end of a homely connection.
func known(ctx context.Context, c net.Conn) context.Context {
	if h, ok := c.(homely); ok {
		return as(ctx, h.handle)
	}
	return ctx
}

// as is a context in which requests without a token read a person's books.
func as(ctx context.Context, handle string) context.Context {
	return context.WithValue(ctx, handleKey{}, handle)
}

// dial connects; dress says what the platform sees of the other end.
func (p *Platform) dial(ctx context.Context, dress func(net.Conn) net.Conn) (net.Conn, error) {
	i := p.inside
	i.start.Do(func() {
		p.beginWork()
		go func() { _ = i.server.Serve(i) }()
	})
	here, there := net.Pipe()
	select {
	case i.conns <- dress(there):
		return here, nil
	case <-i.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept waits for the next Dial.
func (i *inside) Accept() (net.Conn, error) {
	select {
	case c := <-i.conns:
		return c, nil
	case <-i.done:
		return nil, net.ErrClosed
	}
}

// Close ends Accept; it makes inside a net.Listener.
func (i *inside) Close() error {
	i.stop.Do(func() { close(i.done) })
	return nil
}

// Addr names the pipe.
func (i *inside) Addr() net.Addr { return pipeAddr{} }

func (i *inside) close() error { return errors.Join(i.Close(), i.server.Close()) }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "inside" }
