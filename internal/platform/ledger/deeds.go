package ledger

import "jandon/internal/act"

// deedOf is what acts of an action do. It is a function and no table, because
// deeds may begin, move and release acts themselves.
func deedOf(a act.Action) (deed, bool) {
	switch a {
	case act.Cashout:
		return deed{confirmed: (*book).sendLegs, released: (*book).freeLegs}, true
	case act.AddDevice:
		return deed{confirmed: (*book).grantEnrolment, released: (*book).refuseEnrolment}, true
	case act.AddDestination:
		return deed{confirmed: (*book).addDestination}, true
	case act.SetAuto:
		return deed{confirmed: (*book).setAuto}, true
	case act.LowerLevel:
		return deed{confirmed: (*book).lower}, true
	case act.Resume:
		return deed{confirmed: (*book).resume}, true
	case act.ChangePIN:
		return deed{confirmed: (*book).renewSecret}, true
	case act.SetRecovery:
		return deed{confirmed: (*book).newRecovery}, true
	case act.AddAuthenticator:
		return deed{confirmed: (*book).newAuthenticator}, true
	}
	return deed{}, false
}
