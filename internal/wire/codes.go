package wire

import (
	"slices"

	"jandon/internal/fault"
)

// spoken are the codes of problems that a wallet takes from a platform: all
// that a platform can know. It must not be able to talk of this machine's
// command line, keyring, files or settings, nor of what only this side finds out.
var spoken = []fault.Code{
	// the request
	fault.BadRequest, fault.BadAmount, fault.BadCursor, fault.CursorOld, fault.TooLarge, fault.BadMethod, fault.BadMedia, fault.NotFound,
	fault.RateLimited, fault.KeyMissing, fault.KeyReused, fault.KeyInFlight, fault.UnsafeText,
	// who asks
	fault.Unauthorized, fault.StepUpRequired, fault.BadProof, fault.ProofReplayed, fault.NonceNeeded, fault.WrongCode, fault.EnrolmentOver,
	fault.DeviceRevoked, fault.DevicePaused, fault.DeviceBlocked, fault.DeviceLimit,
	// value and what it may do
	fault.Paused, fault.QuoteExpired, fault.QuoteOutdated, fault.QuoteUsed, fault.ChallengeExpired, fault.Insufficient, fault.OverLimit, fault.NothingConvertible,
	fault.NotVerified, fault.NoDestination, fault.DestinationNew, fault.AlreadyCanceled, fault.AlreadyDisputed, fault.NotDisputable, fault.NotSteady, fault.TooLate,
}

// Codes lists the codes that a wallet takes from a platform. Others are told
// by their status alone.
func Codes() []fault.Code { return slices.Clone(spoken) }

// Speaks reports whether a platform can say a code.
func Speaks(c fault.Code) bool { return slices.Contains(spoken, c) }
