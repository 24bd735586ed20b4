package store

import (
	"context"
	"errors"
	"sync"
)

// connections is how many a store keeps at most: one that writes, and pages
// that read meanwhile. Each costs about half a megabyte.
const connections = 4

// pool lends connections; it opens one more only when all others are in use.
type pool struct {
	open func(context.Context) (*conn, error)
	room chan struct{} // one token for each connection that is lent

	mu   sync.Mutex
	idle []*conn
	shut bool
}

var errClosed = errors.New("store: used after Close")

func newPool(first *conn, size int, open func(context.Context) (*conn, error)) *pool {
	return &pool{open: open, room: make(chan struct{}, size), idle: []*conn{first}}
}

// with lends a connection to fn.
func (p *pool) with(ctx context.Context, fn func(*conn) error) error {
	select {
	case p.room <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.room }()
	if err := ctx.Err(); err != nil {
		return err
	}
	c, err := p.take(ctx)
	if err != nil {
		return err
	}
	defer p.give(c)
	return fn(c)
}

func (p *pool) take(ctx context.Context) (*conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shut {
		return nil, errClosed
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return c, nil
	}
	return p.open(ctx)
}

func (p *pool) give(c *conn) {
	p.mu.Lock()
	p.idle = append(p.idle, c)
	p.mu.Unlock()
}

// close waits for what is lent, then closes everything.
func (p *pool) close() error {
	for range cap(p.room) {
		p.room <- struct{}{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var err error
	for _, c := range p.idle {
		err = errors.Join(err, c.Close())
	}
	p.idle, p.shut = nil, true
	for range cap(p.room) {
		<-p.room
	}
	return err
}
