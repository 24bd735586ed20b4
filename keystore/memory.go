package keystore

import (
	"context"
	"sync"

	"jandon/internal/fault"
)

// Memory is a Store that forgets at the end of the process: for the demo, for
// tests, and for a run on a machine without a keyring. Use NewMemory.
type Memory struct {
	mu     sync.Mutex
	values map[string]Secret
}

// NewMemory is an empty Memory.
func NewMemory() *Memory { return &Memory{values: make(map[string]Secret)} }

// Get gives a copy, so that wiping it does not wipe what is kept.
func (m *Memory) Get(ctx context.Context, account string) (Secret, error) {
	if err := begin(ctx, account); err != nil {
		return Secret{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.values[account]
	if !ok {
		return Secret{}, fault.New(fault.KeyringMissing)
	}
	return NewSecret(value.Copy()), nil
}

// Set keeps a copy of the value.
func (m *Memory) Set(ctx context.Context, account string, value Secret) error {
	if err := begin(ctx, account); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values[account].Wipe()
	m.values[account] = NewSecret(value.Copy())
	return nil
}

// Delete wipes the value.
func (m *Memory) Delete(ctx context.Context, account string) error {
	if err := begin(ctx, account); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.values[account]
	if !ok {
		return fault.New(fault.KeyringMissing)
	}
	value.Wipe()
	delete(m.values, account)
	return nil
}

// State is always Ready.
func (m *Memory) State(context.Context) State { return Ready }

func begin(ctx context.Context, account string) error {
	if err := ctx.Err(); err != nil {
		return fault.Wrap(err, fault.Canceled)
	}
	return CheckAccount(account)
}
