package main

import (
	"context"
	"crypto/tls"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/platform/ledger"
	"jandon/internal/scenario"
)

// serving are the flags of serve.
type serving struct {
	listen, db, scenario, at string
	cert, key                string
	check                    bool
	trial                    trial
}

// serve runs the reference platform on a port.
func (a *app) serve() *cobra.Command {
	var o serving
	c := a.command("serve", "cli.serve", 0, 0, func(cmd *cobra.Command, _ []string) error {
		if o.db == "" {
			o.db = filepath.Join(a.cfg.Paths.Data, "platform.db")
		}
		clock := a.now
		if o.at != "" {
			at, err := parseTime(o.at, a.cfg.Zone)
			if err != nil {
				return err
			}
			clock = running(at, a.now)
		}
		if o.check {
			return a.checkBooks(cmd.Context(), o, clock)
		}
		return a.listen(cmd.Context(), o, clock, cmd.Flags().Changed("scenario"))
	})
	f := c.Flags()
	f.StringVar(&o.listen, "listen", "127.0.0.1:8750", "cli.flag.listen")
	f.StringVar(&o.db, "db", "", "cli.flag.db")
	f.StringVar(&o.scenario, "scenario", "everyday", "cli.flag.scenario")
	f.StringVar(&o.at, "at", "", "cli.flag.at")
	f.BoolVar(&o.check, "check", false, "cli.flag.check")
	o.trial.flags(c)
	f.StringVar(&o.cert, "tls-cert", "", "cli.flag.tls-cert")
	f.StringVar(&o.key, "tls-key", "", "cli.flag.tls-key")
	return c
}

// running is a clock that shows at now and goes on from there.
func running(at time.Time, now func() time.Time) func() time.Time {
	began := now()
	return func() time.Time { return at.Add(now().Sub(began)) }
}

// checkBooks checks the books of a database that exists.
func (a *app) checkBooks(ctx context.Context, o serving, clock func() time.Time) error {
	if _, err := os.Stat(o.db); errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(err, fault.NoFile, "file", o.db)
	}
	p, err := platform.Open(ctx, platform.Options{Path: o.db, Now: clock})
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	report, err := p.Check(ctx)
	if err != nil {
		return err
	}
	var out sheet
	for _, n := range []struct {
		name  string
		count int
	}{
		{"users", report.Users}, {"accounts", report.Accounts}, {"transfers", report.Transfers}, {"entries", report.Entries},
		{"lots", report.Lots}, {"settlements", report.Settlements},
	} {
		out.row(left(a.text().T("cli.serve."+n.name)), right(decimal(n.count)))
	}
	out.free(a.text().T("cli.serve.balanced"), headInk)
	return a.print(&out)
}

// listen fills a new database and serves until a signal comes.
func (a *app) listen(ctx context.Context, o serving, clock func() time.Time, asked bool) error {
	secure, err := o.tls()
	if err != nil {
		return err
	}
	faulty, err := o.faulty()
	if err != nil {
		return err
	}
	_, err = os.Stat(o.db)
	fresh := errors.Is(err, fs.ErrNotExist)
	var plan scenario.Plan
	if fresh || asked {
		if plan, err = planOf(ctx, o.scenario, clock()); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(o.db), 0o700); err != nil {
		return fault.Wrap(err, fault.StoreDenied, "file", o.db)
	}
	// The port comes first: a database is not filled for a server that can't start.
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", o.listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fault.Wrap(err, fault.AddressInUse, "address", o.listen)
	}
	if err != nil {
		return fault.Wrap(err, fault.BadFlag, "name", "--listen", "value", o.listen, "want", "127.0.0.1:8750")
	}
	defer func() { _ = ln.Close() }()
	name, _ := build()
	log := slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	wanted := clock()
	p, err := platform.Open(ctx, platform.Options{
		Path: o.db, Now: clock, Log: log, Version: name, Deliver: a.deliver, Origins: origins(secure, ln.Addr()),
		Faults: faulty, Tester: o.trial.tester,
	})
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	url := "http://" + ln.Addr().String()
	if secure != nil {
		url = "https://" + ln.Addr().String()
		ln = tls.NewListener(ln, secure)
	}
	if plan.Name == "" { // filling them may have been broken off, and nobody could register
		empty, err := p.Ledger().Empty(ctx)
		if err == nil && empty {
			plan, err = planOf(ctx, o.scenario, clock())
		}
		if err != nil {
			return err
		}
	}
	filled := false
	if plan.Name != "" {
		if filled, err = a.fill(ctx, p, plan); err != nil {
			return err
		}
	}
	if filled {
		a.note(a.text().F("cli.serve.enroll", "URL", url, "Handle", plan.Person))
	}
	a.note(a.text().F("cli.serve.ready", "URL", url))
	a.tellTester(p, url, wanted, o.trial)
	return p.Serve(ctx, ln)
}

// deliver shows a letter to whoever runs the simulator: a real platform would
// send it by post or by message.
func (a *app) deliver(l platform.Letter) {
	l.Code.Expose(func(code []byte) {
		a.note(a.text().F("cli.serve.letter", "Handle", l.Handle, "Code", string(code), "Device", l.Device, "Mark", l.Mark))
	})
}

// fill seeds a person, unless they are there already.
func (a *app) fill(ctx context.Context, p *platform.Platform, plan scenario.Plan) (bool, error) {
	err := p.Seed(ctx, plan, nil)
	if errors.Is(err, ledger.ErrSeeded) {
		return false, nil
	}
	if err == nil {
		a.note(a.text().F("cli.serve.filled", "Name", plan.Name))
	}
	return err == nil, err
}

// tls is the server's certificate; beyond this machine there is no serving without.
func (o *serving) tls() (*tls.Config, error) {
	if o.cert == "" && o.key == "" {
		host, _, err := net.SplitHostPort(o.listen)
		if err != nil {
			return nil, fault.Wrap(err, fault.BadFlag, "name", "--listen", "value", o.listen, "want", "127.0.0.1:8750")
		}
		if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
			return nil, fault.New(fault.InsecureURL, "url", "http://"+o.listen)
		}
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(o.cert, o.key)
	if err != nil {
		return nil, fault.Wrap(err, fault.BadFile, "file", o.cert, "detail", err.Error())
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS13}, nil
}

// origins are the addresses by the names in the certificate; that of the
// listener the platform knows itself.
func origins(secure *tls.Config, at net.Addr) (list []string) {
	_, port, err := net.SplitHostPort(at.String())
	if secure == nil || err != nil {
		return nil
	}
	for _, pair := range secure.Certificates {
		for _, name := range pair.Leaf.DNSNames {
			if !strings.HasPrefix(name, "*.") { // which hosts it stands for, nobody here knows
				list = append(list, "https://"+net.JoinHostPort(name, port))
			}
		}
	}
	return list
}

// planOf makes up a scenario's world.
func planOf(ctx context.Context, name string, at time.Time) (scenario.Plan, error) {
	file, err := scenario.Open(name)
	if err != nil {
		return scenario.Plan{}, err
	}
	return patiently(ctx, func() (scenario.Plan, error) { return file.Generate(at) })
}
