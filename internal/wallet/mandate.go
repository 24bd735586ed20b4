package wallet

import (
	"time"

	"jandon/internal/money"
)

// Mandate is a person's standing agreement to be charged, as the platform that
// charges it keeps it.
type Mandate struct {
	ID       string
	Seq      int64 // of its last change
	Issuer   string
	Merchant string
	First    string       // id of the first charge under it; "" before that
	Price    money.Amount // what was last charged
	Since    time.Time
	Trial    time.Time // the trial's end; zero: there was none
	Canceled time.Time // nothing is charged from then on; zero: it holds
	Consents []Consent // what the person agreed to, oldest first
}

// Consent is what a person agreed to on a mandate.
type Consent struct {
	At     time.Time
	Charge string       // id of the charge that it was given for
	Price  money.Amount // that was agreed to
}
