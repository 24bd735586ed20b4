package presence

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"

	"jandon/keystore/internal/bus"
)

// Names of fprintd's interface, version 1.
const (
	service      = "net.reactivated.Fprint"
	managerPath  = dbus.ObjectPath("/net/reactivated/Fprint/Manager")
	managerIface = service + ".Manager"
	deviceIface  = service + ".Device"
	errorPrefix  = service + ".Error."
)

// Reader is the system's default fingerprint reader, over fprintd. Use New. It
// asks for the fingers of the user that the program runs as and of nobody else.
type Reader struct {
	limits Limits
	// turn lets one question at a time through: one that was given up may still
	// be giving the reader back.
	turn chan struct{}
}

// New makes a reader; nothing is looked for before it is asked.
func New(limits Limits) *Reader { return &Reader{limits.filled(), make(chan struct{}, 1)} }

// State looks for a reader with a finger of this person.
func (r *Reader) State(ctx context.Context) State {
	ctx, stop := context.WithTimeout(ctx, r.limits.Quick)
	defer stop()
	d, state := find(ctx)
	defer d.close()
	return state
}

// Ask waits for one touch.
func (r *Reader) Ask(ctx context.Context) State {
	quick, stop := context.WithTimeout(ctx, r.limits.Quick)
	defer stop()
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-quick.Done():
		return ended(ctx, Stuck)
	}
	d, state := find(quick)
	defer d.close()
	if state != Ready {
		return ended(ctx, state)
	}
	return ended(ctx, r.ask(ctx, quick, d))
}

// ended puts the caller's end before what it led to.
func ended(ctx context.Context, s State) State {
	if ctx.Err() != nil && s != Matched {
		return Canceled
	}
	return s
}

// ask claims the reader, waits and gives it back, whatever happened.
func (r *Reader) ask(ctx, quick context.Context, d *device) State {
	if err := d.watch(quick); err != nil {
		return stateOf(err)
	}
	if err := d.call(quick, "Claim", ""); err != nil {
		if bus.Gone(err) { // it may yet come to it
			d.giveBack(r.limits.Quick, "Release")
		}
		return stateOf(err)
	}
	defer d.giveBack(r.limits.Quick, "Release")
	if err := d.call(quick, "VerifyStart", "any"); err != nil {
		if bus.Gone(err) {
			d.giveBack(r.limits.Quick, "VerifyStop")
		}
		return stateOf(err)
	}
	defer d.giveBack(r.limits.Quick, "VerifyStop")
	patient, stop := context.WithTimeout(ctx, r.limits.Patient)
	defer stop()
	return d.wait(patient)
}

// device is one look at the default reader over a connection of its own;
// closing it makes the service give up what was begun through it.
type device struct {
	conn    *dbus.Conn
	object  dbus.BusObject
	owner   string // the service's own name on the bus: what others say in its name does not count
	signals chan *dbus.Signal
}

// find looks for a reader that can be asked.
func find(ctx context.Context) (*device, State) {
	d := &device{}
	var err error
	// The system's bus is named by its well-known socket; none is ever started.
	if d.conn, err = bus.Connect(ctx, func() (*dbus.Conn, error) { return dbus.SystemBusPrivate() }); err != nil {
		return d, failed(err, None)
	}
	var path dbus.ObjectPath
	if err := d.conn.Object(service, managerPath).CallWithContext(ctx, managerIface+".GetDefaultDevice", 0).Store(&path); err != nil {
		return d, failed(err, None)
	}
	d.object = d.conn.Object(service, path)
	if err := d.conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.GetNameOwner", 0, service).Store(&d.owner); err != nil {
		return d, failed(err, Stuck)
	}
	var fingers []string
	if err := d.object.CallWithContext(ctx, deviceIface+".ListEnrolledFingers", 0, "").Store(&fingers); err != nil {
		return d, stateOf(err)
	}
	if len(fingers) == 0 {
		return d, NotEnrolled
	}
	return d, Ready
}

func (d *device) close() {
	if d.conn != nil {
		_ = d.conn.Close()
	}
}

// watch listens before anything is begun, so that nothing is missed.
func (d *device) watch(ctx context.Context) error {
	d.signals = make(chan *dbus.Signal, 16)
	d.conn.Signal(d.signals)
	for _, match := range [][]dbus.MatchOption{
		{dbus.WithMatchSender(service), dbus.WithMatchInterface(deviceIface), dbus.WithMatchObjectPath(d.object.Path())},
		{dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, service)},
	} {
		if err := d.conn.AddMatchSignalContext(ctx, match...); err != nil {
			return err
		}
	}
	return nil
}

func (d *device) call(ctx context.Context, method string, args ...any) error {
	return d.object.CallWithContext(ctx, deviceIface+"."+method, 0, args...).Err
}

// giveBack ends what was begun, in a time of its own: the caller's may be over.
func (d *device) giveBack(within time.Duration, method string) {
	ctx, stop := context.WithTimeout(context.Background(), within)
	defer stop()
	_ = d.call(ctx, method) // nothing to be done about it: closing the connection does the same
}

// wait waits for the service's verdict.
func (d *device) wait(ctx context.Context) State {
	for {
		select {
		case <-ctx.Done():
			return TimedOut
		case signal, ok := <-d.signals:
			switch {
			case !ok:
				return Stuck
			case signal.Name == "org.freedesktop.DBus.NameOwnerChanged" && signal.Sender == "org.freedesktop.DBus":
				return Stuck // the service went away
			case signal.Name != deviceIface+".VerifyStatus" || signal.Sender != d.owner || signal.Path != d.object.Path():
				continue
			}
			if s, over := verdict(signal.Body); over {
				return s
			}
		}
	}
}

// verdict reads the status of a verification; while it goes on, it is not over.
func verdict(body []any) (s State, over bool) {
	if len(body) != 2 {
		return Stuck, true
	}
	word, _ := body[0].(string)
	done, _ := body[1].(bool)
	switch word {
	case "verify-match":
		return Matched, true
	case "verify-no-match":
		return NoMatch, true
	case "verify-disconnected", "verify-unknown-error":
		return Stuck, true
	}
	return Stuck, done // "verify-retry-scan" and the like: the finger is still wanted
}

// stateOf is what an error of the reader means.
func stateOf(err error) State {
	switch name := bus.Name(err); name {
	case errorPrefix + "NoEnrolledPrints":
		return NotEnrolled
	case errorPrefix + "AlreadyInUse":
		return Busy
	case errorPrefix + "PermissionDenied", "org.freedesktop.DBus.Error.AccessDenied":
		return Refused
	case errorPrefix + "NoSuchDevice":
		return None
	}
	return Stuck
}

// failed is Stuck for a matter of time, else what other errors mean here.
func failed(err error, otherwise State) State {
	switch {
	case bus.Gone(err):
		return Stuck
	case bus.Name(err) == "org.freedesktop.DBus.Error.AccessDenied":
		return Refused
	}
	return otherwise
}
