package main

import (
	"context"
	"net/url"
	"time"

	"jandon/client"
	"jandon/keystore/file"
)

// openAccount opens the store of the configured account with the key in the
// keyring. The platform is only spoken to when something is wanted from it.
// Without a clock its time goes by what the platform says.
func (a *app) openAccount(ctx context.Context, clock func() time.Time) (*source, error) {
	if a.cfg.URL == "" || a.cfg.Account == "" {
		if clock == nil {
			clock = a.now
		}
		return a.openFiles(ctx, clock)
	}
	open, err := client.Open(ctx, a.settings(a.cfg.URL, a.cfg.Account))
	if err != nil {
		return nil, err
	}
	return sourceOf(open, hostOf(a.cfg.URL), clock), nil
}

// openFiles opens what a person without a platform has taken in.
func (a *app) openFiles(ctx context.Context, clock func() time.Time) (*source, error) {
	kept, err := client.OpenFiles(ctx, a.settings("", ""), false)
	if err != nil {
		return nil, err
	}
	return &source{
		reader: kept, name: a.text().T("cli.source.files"), statement: true, clock: clock, close: kept.Close,
		said: kept, mark: markOf(kept), asOf: func() time.Time { return time.Time{} },
	}, nil
}

// settings are what an account at an address is opened with.
func (a *app) settings(address, id string) client.Settings {
	name, _ := build()
	return client.Settings{
		Options: client.Options{URL: address, Now: a.now, Log: a.log(), UserAgent: "jandon/" + name},
		ID:      id, Dir: a.cfg.Paths.Data, Zone: a.cfg.Zone, Keys: a.keyring(a.waiting), File: a.cfg.Keystore == file.Setting,
	}
}

func sourceOf(open *client.Account, name string, clock func() time.Time) *source {
	if clock == nil {
		clock = open.Now
	}
	s := &source{
		reader: open.Store, name: name, clock: clock, trail: open.Trail, close: open.Close,
		said: open.Store, mark: markOf(open),
		asOf: func() time.Time { return syncedAt(open) },
		refresh: func(ctx context.Context, progress func(done, total int)) (bool, error) {
			report, err := open.Sync(ctx, progress)
			return report.Changed, err
		},
	}
	if open.Enrolled() { // else there is no PIN, and a lock that asks for it would never open
		s.teller, s.lock = open, open.Lock
		s.bank = func(context.Context) (*client.Account, error) { return open, nil }
	}
	return s
}

// syncedAt is when a copy was last up to date; if it can't be asked, never: the
// first read will say what is wrong with it.
func syncedAt(kept client.Copy) time.Time {
	state, err := kept.State(context.Background())
	if err != nil {
		return time.Time{}
	}
	return state.SyncedAt
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}
