package main

import (
	"cmp"
	"context"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/internal/safe"
)

// begins begins a registration, with what was given before; what is given now is
// kept in turn.
func (e *enrolling) begins(ctx context.Context, t *talk, address string) (*client.Enrolment, error) {
	address, err := e.takesUp(ctx, t, address)
	if err != nil {
		return nil, err
	}
	begun, err := e.begin(ctx, t, address)
	if err == nil {
		return begun, nil
	}
	if _, kept := t.drafted(); kept {
		if _, someone := t.tty(); someone {
			t.note(t.text().T("cli.enroll.draft_kept"))
		}
	}
	return nil, err
}

// takesUp fills in what was given in an earlier run, if the person wants to go on
// with that, and is the address. A script says all by itself, unless it resumes;
// another address than before is another registration.
func (e *enrolling) takesUp(ctx context.Context, t *talk, address string) (string, error) {
	nothing := fault.New(fault.MissingArg, "name", "jandon enroll", "want", "jandon enroll URL")
	d, ok := t.drafted()
	_, someone := t.tty()
	on := ok && e.resume
	if ok && !e.resume && !e.anew && someone && (address == "" || address == d.Address && e.handle == "") {
		var err error
		if on, err = t.goesOn(ctx, t.text().F("cli.enroll.draft", "Host", safe.Text(hostOf(d.Address)), "Age", t.text().Age(t.now(), d.Made))); err != nil {
			return "", err
		}
	}
	switch {
	case on && address != "" && address != d.Address:
		return "", fault.New(fault.OtherServer, "url", d.Address)
	case on:
		e.handle, e.device, e.compared = cmp.Or(e.handle, d.Handle), cmp.Or(e.device, d.Device), d.Fingerprint
		return d.Address, nil
	case e.resume: // there is nothing to go on with
		return "", nothing
	}
	if ok && someone {
		t.forgetDraft()
	}
	if address == "" {
		return "", nothing
	}
	return address, nil
}

// keep keeps what was given so far, where a person types it.
func (e *enrolling) keep(t *talk, address, step string) {
	if _, someone := t.tty(); !someone {
		return
	}
	before, ok := t.drafted()
	if !ok {
		before.Made = t.now().UTC()
	}
	err := t.keepDraft(draft{Made: before.Made, Step: step, Address: address, Fingerprint: e.compared, Handle: e.handle, Device: e.device})
	if err != nil { // nothing has to be kept
		t.log().Warn("draft of a registration", "causes", causes(err))
	}
}
