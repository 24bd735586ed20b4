package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jandon/client"
	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/keystore"
)

// bench is what the measurements share.
type bench struct {
	dir    string
	jandon string // the built program
	empty  string // the built smallest program
	least  string // the built least parser of a statement
	large  int    // lines of the largest store
	rounds int
	table  table
}

// url is a platform that nobody answers for: the wallet is opened offline.
const url = "http://127.0.0.1:9"

// at is the instant at which commands are run: the end of the made-up histories.
var at = storetest.End.Format(time.RFC3339)

// span is the time in which all histories lie, so that larger ones are denser
// and weeks stay as many; hledger reads every line either way.
const span = 2 * 365 * 24 * time.Hour

func moduleRoot() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	return strings.TrimSpace(string(out)), err
}

// prepare builds the programs and fills the stores.
func (b *bench) prepare(ctx context.Context) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	b.jandon, b.empty, b.least = filepath.Join(b.dir, "jandon"), filepath.Join(b.dir, "empty"), filepath.Join(b.dir, "least")
	for program, path := range map[string]string{b.jandon: "./cmd/jandon", b.empty: "./cmd/bench/testdata/empty", b.least: "./cmd/bench/testdata/least"} {
		c := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", program, path)
		c.Dir, c.Stderr, c.Env = root, os.Stderr, append(os.Environ(), "CGO_ENABLED=0") // as make build does
		if err := c.Run(); err != nil {
			return fmt.Errorf("building %s: %w", path, err)
		}
	}
	for _, n := range slices.Compact([]int{1000, b.large / 100, b.large / 10, b.large}) {
		if err := b.fill(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

func account(n int) string { return fmt.Sprintf("bench-%d", n) }

func (b *bench) home(n int) string { return filepath.Join(b.dir, account(n)) }

// options are those with which the store of n lines is opened.
func (b *bench) options(n int, key store.Key) (store.Options, error) {
	zone, err := time.LoadLocation("Asia/Seoul")
	return store.Options{
		Path: filepath.Join(b.home(n), "data", account(n)+".store"), Key: key, Zone: zone,
		Now: func() time.Time { return storetest.End },
	}, err
}

// fill makes the account of n lines: its key in the keyring and its store.
func (b *bench) fill(ctx context.Context, n int) error {
	fmt.Fprintf(os.Stderr, "bench: a store of %d lines\n", n)
	key := keystore.RandomSecret(store.KeyLen)
	keys := keystore.NewKeyring(keystore.Limits{}, nil)
	server, _, err := client.CheckURL(url)
	if err != nil {
		return err
	}
	if err := keystore.Save(ctx, keys, account(n), keystore.Item{Server: server, StoreKey: key}); err != nil {
		return err
	}
	o, err := b.options(n, key)
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, o)
	if err != nil {
		return err
	}
	return errors.Join(storetest.Fill(ctx, s, n, span), s.Close())
}

// open opens the store of n lines in this process.
func (b *bench) open(ctx context.Context, n int) (*store.Store, error) {
	item, err := keystore.Load(ctx, keystore.NewKeyring(keystore.Limits{}, nil), account(n))
	if err != nil {
		return nil, err
	}
	o, err := b.options(n, item.StoreKey)
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, o)
}

// command is a run of jandon on the account of n lines.
func (b *bench) command(ctx context.Context, n int, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, b.jandon, args...)
	c.Env = append(os.Environ(), "JANDON_HOME="+b.home(n), "JANDON_PLATFORM_URL="+url, "JANDON_PLATFORM_ACCOUNT="+account(n), "JANDON_LANG=en", "TERM=xterm-256color")
	return c
}
