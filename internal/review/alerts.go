package review

import (
	"slices"

	"jandon/internal/audit"
	"jandon/internal/notes"
	"jandon/internal/wallet"
)

// Unanswered leaves out alerts of double charges that the person has answered:
// both are theirs for good. The platform, which raised them, is not told.
func Unanswered(alerts []wallet.Alert, said []notes.Note) []wallet.Alert {
	verdicts := Verdicts(said)
	return slices.DeleteFunc(slices.Clone(alerts), func(a wallet.Alert) bool {
		return a.Kind == wallet.AlertDoubleCharge && len(a.Transactions) > 0 && slices.ContainsFunc(verdicts, func(d audit.Decision) bool {
			return d.Verdict == audit.BothMine && !slices.ContainsFunc(a.Transactions, func(id string) bool {
				return !slices.Contains(d.Transactions, id)
			})
		})
	})
}
