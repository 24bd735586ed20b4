package main

import (
	"net"
	"net/netip"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/platform/faults"
)

// faulty is the plan of faults. What is tried out is for this machine alone:
// whoever reaches a platform with a tester moves its clock and reads the codes
// of all persons.
func (o *serving) faulty() (*faults.Plan, error) {
	plan, err := o.trial.plan()
	if err != nil || plan == nil && !o.trial.tester {
		return nil, err
	}
	host, _, err := net.SplitHostPort(o.listen)
	if err != nil {
		return nil, fault.Wrap(err, fault.BadFlag, "name", "--listen", "value", o.listen, "want", "127.0.0.1:8750")
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
		return nil, fault.New(fault.BadFlag, "name", "--listen", "value", o.listen, "want", "127.0.0.1:8750 (--tester, --fault)")
	}
	return plan, nil
}

// tellTester says how the clock is moved, and that it could not begin where it
// was wanted if the books have seen more.
func (a *app) tellTester(p *platform.Platform, url string, wanted time.Time, t trial) {
	if t.tester {
		a.note(a.text().F("cli.serve.tester", "URL", url))
		if at := p.Clock().Now(); at.Sub(wanted) > time.Minute {
			a.note(a.text().F("cli.serve.ahead", "When", a.text().Moment(at, a.cfg.Zone)))
		}
	}
	if t.faults != "" {
		a.note(a.text().F("cli.serve.faults", "Plan", t.faults, "Seed", t.seed))
	}
}
