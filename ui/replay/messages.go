package replay

import (
	"jandon/internal/act"
	past "jandon/internal/history"
	findings "jandon/internal/review"
	"jandon/internal/saved"
	"jandon/internal/session"
	"jandon/internal/wallet"
	"jandon/ui"
	"jandon/ui/audit"
	"jandon/ui/auto"
	"jandon/ui/cashout"
	"jandon/ui/confirm"
	"jandon/ui/destinations"
	"jandon/ui/devices"
	"jandon/ui/disputes"
	"jandon/ui/enrol"
	"jandon/ui/history"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/limits"
	"jandon/ui/pace"
	"jandon/ui/review"
	"jandon/ui/searches"
)

// messages lists every message that is written. What is not here reaches no
// file; a test plays every page and fails where one is missing.
func messages(r *session.Registry) {
	r.Message("screen", screen{}) // in the header

	// the shell's
	r.Message("size", size{})
	r.Message("key", key{})
	r.Message("paste", paste{})
	r.Message("click", click{})
	r.Message("wheel", wheel{})
	r.Message("background", background{})
	r.Message("colours", colours{})
	r.Message("resume", resume{})
	r.Message("clock", clock{})
	r.Message("minute", ui.Minute{})
	r.Message("moved", ui.Moved{})
	r.Message("faded", ui.Faded{})
	r.Message("opened", ui.Opened{})
	r.Message("touched", kit.Touched{})
	r.Message("named", ui.Named{})
	r.Message("keyring-asks", ui.KeyringAsks{})
	r.Message("progress", ui.Progress{})
	r.Message("lingering", ui.Lingering{})
	r.Message("synced", ui.Synced{})

	// what pages ask the shell for
	r.Message("visit", visit{})
	r.Message("exit", kit.Exit{})
	r.Message("leave", leave{})
	r.Message("show", kit.Show{})
	r.Message("unlock", kit.Unlock{})
	r.Message("refresh", kit.Refresh{})
	r.Message("notice", notice{})
	r.Message("changed", kit.Changed{})
	r.Message("settled", settled{})

	// what pages are told
	r.Message("do", kit.Do{})
	r.Message("slow", kit.Slow{})
	r.Message("armed", kit.Armed{})
	answer[home.Held](r, "home-held")
	answer[home.Spent](r, "home-spent")
	answer[home.Waiting](r, "home-waiting")
	answer[history.Week](r, "history-week")
	answer[history.Known](r, "history-known")
	answer[history.Line](r, "history-line")
	answer[history.Evidence](r, "history-evidence")
	answer[history.Bill](r, "history-bill")
	answer[[]wallet.TrailStep](r, "history-trail")
	answer[past.Totals](r, "history-totals")
	answer[past.Page](r, "history-page")
	answer[[]saved.Search](r, "searches")
	answer[searches.Changed](r, "searches-changed")
	answer[findings.Findings](r, "findings")
	answer[audit.Contact](r, "audit-contact")
	answer[audit.Said](r, "audit-said")
	answer[audit.Ended](r, "audit-ended")
	answer[disputes.Case](r, "dispute-case")
	answer[[]wallet.Dispute](r, "disputes")
	answer[wallet.Dispute](r, "dispute")
	answer[review.Review](r, "review")
	answer[review.Said](r, "review-said")
	answer[pace.Paced](r, "pace")
	answer[wallet.Wallet](r, "wallet")
	answer[act.Limits](r, "limits")
	answer[limits.Changed](r, "limits-changed")
	answer[act.Auto](r, "auto")
	answer[auto.Going](r, "auto-going")
	answer[auto.Changed](r, "auto-changed")
	answer[act.Quote](r, "quote")
	answer[act.Act](r, "act")
	answer[act.Page](r, "acts")
	answer[act.Question](r, "question")
	answer[[]act.Device](r, "devices")
	answer[devices.Changed](r, "devices-changed")
	answer[[]act.Destination](r, "destinations")
	answer[destinations.Changed](r, "destinations-changed")
	answer[enrol.Platform](r, "enrol-platform")
	answer[enrol.Left](r, "enrol-left")
	answer[[]act.Act](r, "acts-recovered")
	r.Message("cashout-second", cashout.Second{})
	r.Message("cashout-check", cashout.Check{})
	r.Message("confirm-tick", confirm.Tick{})
	r.Message("confirm-covered", confirm.Covered{})
	answer[enrol.Done](r, "enrol-done")
	answer[enrol.Kept](r, "enrol-kept")

	// what pages worked out; see kit.Work
	r.Message(workKind+"auto", auto.Asked{})
	r.Message(workKind+"search", kit.Searched{})
	r.Message(workKind+"week", kit.Dated{})
	r.Message(workKind+"sum", kit.Summed{})
	r.Message(workKind+"name", kit.Named{})
	r.Message(workKind+"note", kit.Noted{})
	r.Message(workKind+"figure", cashout.Figured{})
	r.Message(workKind+"survey", cashout.Surveyed{})
	r.Message(workKind+"plan", cashout.Planned{})
	r.Message(workKind+"split", cashout.Split{})
	r.Message(workKind+"broker", cashout.Brokered{})
}

// answer lists what a read or a write came to.
func answer[T any](r *session.Registry, name string) {
	r.Message(name, kit.Answer[T]{})
	session.Struct[kit.Answer[T]](r, session.Fields{"From": session.Keep})
}
