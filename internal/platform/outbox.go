package platform

import (
	"slices"
	"sync"
	"time"

	"jandon/keystore/secret"
)

// Letter is what reaches a person beside the network: the code that lets a
// device in. A real platform would send it by post or by message; the
// simulator hands it to whoever runs it.
type Letter struct {
	At      time.Time
	Handle  string
	Device  string // what the person calls it
	Mark    string // what the device shows of its key, to compare
	Code    secret.Secret
	Expires time.Time
}

// mostLetters are kept; older ones are forgotten.
const mostLetters = 64

// outbox keeps letters and hands them on.
type outbox struct {
	mu      sync.Mutex
	letters []Letter
	deliver func(Letter)
}

func (o *outbox) send(l Letter) {
	o.mu.Lock()
	if len(o.letters) == mostLetters {
		o.letters = slices.Delete(o.letters, 0, 1)
	}
	o.letters = append(o.letters, l)
	o.mu.Unlock()
	if o.deliver != nil {
		go o.deliver(l) // how long it takes must not tell a stranger that there is such a person
	}
}

// Outbox are the latest letters, oldest first.
func (p *Platform) Outbox() []Letter {
	o := &p.trust.outbox
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.letters)
}
