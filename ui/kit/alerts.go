package kit

import "jandon/internal/wallet"

// AlertWord is the catalogue id of what an alert is about, in a few words. One
// that this version does not know is shown as a charge worth a look.
func AlertWord(k wallet.AlertKind) string {
	switch k {
	case wallet.AlertDoubleCharge:
		return "alert.double_charge"
	case wallet.AlertExpiry:
		return "alert.expiry"
	case wallet.AlertBill:
		return "alert.bill"
	case wallet.AlertPriceRise:
		return "alert.price_rise"
	case wallet.AlertRefund:
		return "alert.refund"
	case wallet.AlertCashout:
		return "alert.cashout"
	case wallet.AlertReturned:
		return "alert.returned"
	case wallet.AlertNewDevice:
		return "alert.new_device"
	case wallet.AlertWrongCodes:
		return "alert.wrong_codes"
	case wallet.AlertDeviceBlocked:
		return "alert.device_blocked"
	case wallet.AlertNewPIN:
		return "alert.new_pin"
	case wallet.AlertRecoveryUsed:
		return "alert.recovery_used"
	case wallet.AlertNewRecovery:
		return "alert.new_recovery"
	case wallet.AlertNewApp:
		return "alert.new_app"
	case wallet.AlertDestination:
		return "alert.destination"
	case wallet.AlertReview:
		return "alert.review"
	case wallet.AlertDisputeOpened:
		return "alert.dispute_open"
	case wallet.AlertDisputeExamined:
		return "alert.dispute_examined"
	case wallet.AlertDisputePartly:
		return "alert.dispute_partly"
	case wallet.AlertDisputeRefunded:
		return "alert.dispute_refunded"
	case wallet.AlertDisputeRefused:
		return "alert.dispute_refused"
	case wallet.AlertDisputeWithdrawn:
		return "alert.dispute_withdrawn"
	case wallet.AlertAutoSet:
		return "alert.auto_set"
	case wallet.AlertAutoSoon:
		return "alert.auto_soon"
	case wallet.AlertAutoSkipped:
		return "alert.auto_skipped"
	case wallet.AlertAutoStopped:
		return "alert.auto_stopped"
	default:
		return "alert.charge"
	}
}
