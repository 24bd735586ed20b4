package main

import (
	"context"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/wallet"
	"jandon/keystore"
	"jandon/ui/home"
	"jandon/ui/kit"
)

// banker gives the account of this device. A demo's is made when it is first
// asked for, behind the first frame.
type banker func(ctx context.Context) (*client.Account, error)

// mover is what pages ask that move value or trust, over an account that may
// still be on its way.
type mover struct {
	bank   banker
	wallet func(ctx context.Context) (wallet.Wallet, error) // the stored copy, at once
}

// with asks the account.
func with[T any](ctx context.Context, m mover, ask func(*client.Account) (T, error)) (T, error) {
	open, err := m.bank(ctx)
	if err != nil {
		var none T
		return none, err
	}
	return ask(open)
}

// done is with for what returns nothing.
func done(ctx context.Context, m mover, do func(*client.Account) error) error {
	_, err := with(ctx, m, func(a *client.Account) (struct{}, error) { return struct{}{}, do(a) })
	return err
}

// secretOf is a PIN as the keystore takes it; whoever gets it wipes it.
func secretOf(pin kit.PIN) (s keystore.Secret) {
	pin.Expose(func(digits []byte) { s = keystore.NewSecret(append([]byte(nil), digits...)) })
	return s
}

// Waiting counts the newest acts that wait to be confirmed; older ones than a
// page of them have lapsed.
func (m mover) Waiting(ctx context.Context) (home.Waiting, error) {
	page, err := with(ctx, m, func(a *client.Account) (act.Page, error) { return a.Acts(ctx, "") })
	var w home.Waiting
	for _, one := range page.Acts {
		if one.State == act.Waiting {
			w.Acts++
		}
	}
	return w, err
}

// Wallet is what is held.
func (m mover) Wallet(ctx context.Context) (wallet.Wallet, error) { return m.wallet(ctx) }

// Means are what the planner needs to know.
func (m mover) Means(ctx context.Context) (act.Limits, error) {
	return with(ctx, m, func(a *client.Account) (act.Limits, error) { return a.Means(ctx) })
}

// Kept are those that were told last.
func (m mover) Kept(ctx context.Context) (act.Limits, error) {
	return with(ctx, m, func(a *client.Account) (act.Limits, error) { return a.Kept(ctx), nil })
}

// Quote fixes plans for a while.
func (m mover) Quote(ctx context.Context, ask act.Ask) (act.Quote, error) {
	return with(ctx, m, func(a *client.Account) (act.Quote, error) { return a.Quote(ctx, ask) })
}

// Start begins a cash-out.
func (m mover) Start(ctx context.Context, q act.Quote, offer int) (act.Act, error) {
	return with(ctx, m, func(a *client.Account) (act.Act, error) { return a.CashOut(ctx, q, offer) })
}

// Recover finds out what became of acts whose answers were lost.
func (m mover) Recover(ctx context.Context) ([]act.Act, error) {
	return with(ctx, m, func(a *client.Account) ([]act.Act, error) { return a.Recover(ctx) })
}

// Acts lists acts, newest first.
func (m mover) Acts(ctx context.Context, cursor string) (act.Page, error) {
	return with(ctx, m, func(a *client.Account) (act.Page, error) { return a.Acts(ctx, cursor) })
}

// Act asks for one.
func (m mover) Act(ctx context.Context, id string) (act.Act, error) {
	return with(ctx, m, func(a *client.Account) (act.Act, error) { return a.Act(ctx, id) })
}

// Cancel takes one back.
func (m mover) Cancel(ctx context.Context, id string) (act.Act, error) {
	return with(ctx, m, func(a *client.Account) (act.Act, error) { return a.Cancel(ctx, id) })
}

// Question asks what is to be confirmed.
func (m mover) Question(ctx context.Context, id string) (act.Question, error) {
	return with(ctx, m, func(a *client.Account) (act.Question, error) {
		of, err := a.Act(ctx, id)
		if err != nil {
			return act.Question{}, err
		}
		return a.Challenge(ctx, of)
	})
}

// Confirm answers the question, with the PIN if one was typed for it.
func (m mover) Confirm(ctx context.Context, id string, pin kit.PIN, sent kit.Sent) (act.Act, error) {
	return with(ctx, m, func(a *client.Account) (act.Act, error) {
		of := act.Act{ID: id}
		if pin.None() {
			return a.ConfirmShown(ctx, of, nil, sent.Fill)
		}
		typed := secretOf(pin)
		defer typed.Wipe()
		return a.ConfirmShown(ctx, of, &typed, sent.Fill)
	})
}

// Limits are what the person may do.
func (m mover) Limits(ctx context.Context) (act.Limits, error) {
	return with(ctx, m, func(a *client.Account) (act.Limits, error) { return a.Limits(ctx) })
}

// Pause stops everything that moves value.
func (m mover) Pause(ctx context.Context) (act.Limits, error) {
	return with(ctx, m, func(a *client.Account) (act.Limits, error) { return a.Pause(ctx) })
}

// Resume asks to go on before the pause ends.
func (m mover) Resume(ctx context.Context) (act.Act, error) {
	return with(ctx, m, func(a *client.Account) (act.Act, error) { return a.Resume(ctx) })
}

// SetLevel changes how careful the platform is.
func (m mover) SetLevel(ctx context.Context, l act.Level) (act.Act, error) {
	return with(ctx, m, func(a *client.Account) (act.Act, error) { return a.SetLevel(ctx, l) })
}

// Devices lists the devices.
func (m mover) Devices(ctx context.Context) ([]act.Device, error) {
	return with(ctx, m, func(a *client.Account) ([]act.Device, error) { return a.Devices(ctx) })
}

// RenameDevice gives one another name.
func (m mover) RenameDevice(ctx context.Context, id, name string) error {
	return done(ctx, m, func(a *client.Account) error { return a.RenameDevice(ctx, id, name) })
}

// RevokeDevice takes everything from one.
func (m mover) RevokeDevice(ctx context.Context, id string) error {
	return done(ctx, m, func(a *client.Account) error { return a.RevokeDevice(ctx, id) })
}

// Destinations lists where value can be sent.
func (m mover) Destinations(ctx context.Context) ([]act.Destination, error) {
	return with(ctx, m, func(a *client.Account) ([]act.Destination, error) { return a.Destinations(ctx) })
}

// LinkDestination begins to link one.
func (m mover) LinkDestination(ctx context.Context, rail, name, number string) (act.Act, error) {
	return with(ctx, m, func(a *client.Account) (act.Act, error) { return a.LinkDestination(ctx, rail, name, number) })
}

// UnlinkDestination takes one away.
func (m mover) UnlinkDestination(ctx context.Context, id string) error {
	return done(ctx, m, func(a *client.Account) error { return a.UnlinkDestination(ctx, id) })
}

// CancelMandate ends a recurring charge that the platform knows of.
func (m mover) CancelMandate(ctx context.Context, id string) (wallet.Mandate, error) {
	return with(ctx, m, func(a *client.Account) (wallet.Mandate, error) { return a.CancelMandate(ctx, id) })
}

// Unlock opens a session that may act.
func (m mover) Unlock(ctx context.Context, pin kit.PIN) error {
	return done(ctx, m, func(a *client.Account) error {
		typed := secretOf(pin)
		defer typed.Wipe()
		_, err := a.Unlock(ctx, typed)
		return err
	})
}

// UnlockBy opens one another way than by the PIN.
func (m mover) UnlockBy(ctx context.Context, by kit.Way, code kit.PIN) error {
	return done(ctx, m, func(a *client.Account) error {
		typed, unlock := secretOf(code), a.UnlockByApp
		defer typed.Wipe()
		if by == kit.ByRecovery {
			unlock = a.UnlockByRecovery
		}
		_, err := unlock(ctx, typed)
		return err
	})
}
