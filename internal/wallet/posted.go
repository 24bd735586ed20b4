package wallet

import "time"

// A purchase that is not final yet and the one that is are the same by their
// approval number, else by merchant, currency, type and amount, if numbers that
// differ don't tell them apart. What could be one of several is none.
const (
	// SoonPosted is within what time a purchase is final where nothing but
	// merchant and amount tell it: card companies take two to five days.
	SoonPosted = 7 * 24 * time.Hour
	// LatelyPosted is the same where the approval number is equal; hotels and
	// ferries keep one open for weeks.
	LatelyPosted = 45 * 24 * time.Hour
)
