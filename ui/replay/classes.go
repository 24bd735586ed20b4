package replay

import (
	"strings"
	"time"

	"jandon/internal/act"
	"jandon/internal/audit"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/i18n"
	findings "jandon/internal/review"
	"jandon/internal/session"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui"
	auditpage "jandon/ui/audit"
	"jandon/ui/auto"
	"jandon/ui/cashout"
	"jandon/ui/destinations"
	"jandon/ui/devices"
	"jandon/ui/enrol"
	historypage "jandon/ui/history"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/pace"
	"jandon/ui/review"
	"jandon/ui/searches"
)

const (
	keep   = session.Keep
	word   = session.Word
	name   = session.Name
	text   = session.Text
	id     = session.ID
	amount = session.Amount
	drop   = session.Drop
	label  = session.Label
)

type fields = session.Fields

// classes says of everything that messages hold what becomes of it. Amounts of
// money, flags, counts and times need no word here; numbers that are none do.
func classes(r *session.Registry) {
	nouns(r)
	deeds(r)
	paths(r)
	audits(r)
	pages(r)
	shell(r)
	worked(r)
	own(r)
	r.Words(words())
}

// words are the words that the catalogue has sentences for.
func words() func(string) bool {
	p := i18n.Must("en")
	version := ""
	if book, err := valuepath.Shipped(); err == nil {
		version = book.Version
	}
	before := []string{"category.", "kind.", "channel.", "origin.", "rail.name.", "rail.fee.", "alert.", "risk.", "leg.", "limit.need.", "limit.why.", "pause.", "auto.why.", "auto.need."}
	return func(s string) bool {
		for _, prefix := range before {
			if p.Has(prefix + s) {
				return true
			}
		}
		return s == version || zoneName(s) || ofKeys[s] || p.Has("rule."+s+".say") || p.Has("fault."+s+".say")
	}
}

// ofKeys are the words that pages put before ids, as they name what was found
// twice or looked at: a key that a page makes anew has to be the one in a note.
var ofKeys = map[string]bool{"double": true, "series": true, "merge": true, string(findings.Twice): true}

// zoneName reports whether a text is the name of a time zone.
func zoneName(s string) bool {
	if !strings.Contains(s, "/") {
		return false
	}
	_, err := time.LoadLocation(s)
	return err == nil
}

func nouns(r *session.Registry) {
	session.Whole[wallet.Kind](r, keep)
	session.Whole[wallet.Type](r, keep)
	session.Whole[wallet.Status](r, keep)
	session.Whole[wallet.AlertKind](r, word)
	session.Whole[history.Day](r, keep)
	session.Whole[history.Dimension](r, keep)
	session.Whole[history.BasisPoints](r, keep)
	session.Whole[fault.Code](r, word)
	session.Struct[wallet.Issuer](r, fields{"ID": id, "Name": name, "Sector": word, "Contact": text})
	session.Struct[wallet.Lot](r, fields{"ID": id, "Issuer": id, "Origin": word, "Source": id})
	session.Struct[wallet.Claim](r, fields{"ShareBP": keep})
	session.Struct[wallet.Wallet](r, fields{"Seq": keep})
	session.Struct[wallet.Transaction](r, fields{
		"ID": id, "Seq": keep, "Issuer": id, "Merchant": name, "Category": word, "Channel": word, "Reason": text, "Contact": text,
		"Order": id, "Approval": id, "Settlement": id, "RefundOf": id,
	})
	session.Struct[wallet.Settlement](r, fields{"ID": id, "Seq": keep, "Issuer": id})
	session.Struct[wallet.Disclosure](r, fields{"Who": name, "What": text, "Why": text})
	session.Struct[wallet.Alert](r, fields{"ID": id, "Seq": keep, "Issuer": id, "Merchant": name, "Transactions": id, "Lots": id, "Settlement": id})
	session.Struct[wallet.TrailStep](r, fields{"Transaction": id, "Lot": id, "Merchant": name})
	session.Struct[wallet.Draw](r, fields{"Lot": id})
	session.Struct[wallet.Mandate](r, fields{"ID": id, "Seq": keep, "Issuer": id, "Merchant": name, "First": id})
	session.Struct[wallet.Consent](r, fields{"Charge": id})
	session.Whole[wallet.DisputeReason](r, label)
	session.Whole[wallet.DisputeState](r, label)
	session.Whole[wallet.DisputeWord](r, label)
	session.Whole[wallet.Party](r, label)
	session.Struct[wallet.Dispute](r, fields{"ID": id, "Seq": keep, "Transaction": id, "Issuer": id, "Merchant": name, "Note": text, "Refund": id})
	session.Struct[history.Totals](r, fields{"Spent": amount, "Refunded": amount, "Received": amount, "Expired": amount})
	session.Struct[history.Group](r, fields{"Name": word})
	session.Struct[history.Cursor](r, fields{"At": keep, "N": keep})
	session.Struct[history.Span](r, fields{"Others[key]": keep})
	session.Struct[history.Pile](r, fields{"Most": amount})
	session.Struct[history.Pace](r, fields{"Name": word, "Spent": amount, "Week": amount, "Month": amount, "Year": amount})
}

func deeds(r *session.Registry) {
	session.Whole[act.Action](r, label) // words, but of the platform: a newer one has others
	session.Whole[act.State](r, label)
	session.Whole[act.Need](r, label)
	session.Whole[act.LegState](r, label)
	session.Whole[act.DeviceState](r, label)
	session.Whole[act.Level](r, label)
	session.Struct[act.Act](r, fields{"ID": id, "Challenge": id, "Device": id, "Quote": id, "Receipt": id})
	session.Struct[act.Leg](r, fields{"ID": id, "Rail": word, "FeeName": word, "Failure": word})
	session.Struct[act.Payee](r, fields{"Name": name, "ID": id, "Destination": id})
	session.Struct[act.Page](r, fields{"Next": id})
	session.Struct[act.Question](r, fields{"ID": id, "Act": id, "Quote": id, "Account": id, "Server": name})
	session.Struct[act.Quote](r, fields{"ID": id, "Version": word})
	session.Struct[act.Means](r, fields{
		"Linked[key]": word, "Used": amount, "Used[key]": word, "Pinned": amount, "Pinned[key]": id, "Version": word, "Zone": word,
	})
	session.Struct[act.Limits](r, fields{"PausedWhy": word})
	session.Struct[act.RailLimit](r, fields{"Rail": word, "Why": word})
	session.Struct[act.NextTier](r, fields{"Missing": word})
	session.Whole[act.Every](r, label)
	session.Whole[act.AutoState](r, label)
	session.Struct[act.Terms](r, fields{"Rail": word, "Destination": id})
	session.Struct[act.Auto](r, fields{"Missing": word, "Device": id, "Last": id, "Why": word})
	session.Struct[act.Choice](r, fields{"Rail": word})
	session.Struct[act.Device](r, fields{"ID": id, "Name": name, "Store": label})
	session.Struct[act.Destination](r, fields{"ID": id, "Rail": word, "Name": name, "Number": id})
}

func paths(r *session.Registry) {
	session.Whole[valuepath.Goal](r, keep)
	session.Whole[valuepath.Nature](r, keep)
	session.Whole[valuepath.Tier](r, keep)
	session.Whole[valuepath.Code](r, label)
	session.Struct[valuepath.Leg](r, fields{"Rail": word, "FeeName": word})
	session.Struct[valuepath.Stay](r, fields{"Lot": id})
	session.Struct[valuepath.Verdict](r, fields{"Rule": word, "Since": keep, "Say": keep, "Remedy": keep}) // see own.go
}

// worked are what pages work out of amounts.
func worked(r *session.Registry) {
	session.Struct[cashout.Surveyed](r, fields{})
	session.Struct[cashout.Term](r, fields{"Min": amount, "Unit": amount})
	session.Struct[cashout.Split](r, fields{"Fees": amount, "Fees[key]": word})
	session.Struct[cashout.Figured](r, fields{"To": amount})
	session.Struct[valuepath.Refusal](r, fields{"Lot": id})
	session.Struct[valuepath.RailState](r, fields{"Rail": word})
	session.Struct[valuepath.Outcome](r, fields{"Version": word})
	session.Struct[valuepath.Option](r, fields{"Issuer": id, "Say": keep})
	session.Struct[valuepath.BrokerCost](r, fields{"BP": keep, "Times": keep, "RateBP": keep})
}

func audits(r *session.Registry) {
	session.Whole[audit.AmountKind](r, keep)
	session.Whole[audit.Cadence](r, keep)
	session.Whole[audit.Occasion](r, keep)
	session.Whole[audit.Status](r, keep)
	session.Whole[audit.Verdict](r, keep)
	session.Whole[findings.Consent](r, keep)
	session.Whole[findings.Why](r, keep)
	session.Struct[audit.Series](r, fields{"Merchant": name, "Category": word, "Amount": amount, "Annual": amount, "Paid": amount})
	session.Struct[audit.PriceChange](r, fields{"ID": id, "From": amount, "To": amount})
	session.Struct[audit.Evidence](r, fields{"ID": keep, "Low": amount, "High": amount, "Currency": keep})
	session.Struct[audit.Creep](r, fields{"Now": amount, "YearAgo": amount, "Risen": amount, "New": amount})
	session.Struct[audit.CreepMonth](r, fields{"Cost": amount, "Charged": amount})
	session.Struct[audit.Decision](r, fields{"Transactions": id})
	session.Struct[findings.Charge](r, fields{"ID": id, "Second": keep, "Minor": amount, "Merchant": name})
	session.Struct[findings.Series](r, fields{"Key": id})
	session.Struct[findings.Reason](r, fields{"Key": id, "From": amount, "To": amount, "With": name, "Annual": amount, "Category": word})
	session.Struct[findings.Decision](r, fields{"Key": id})
	session.Struct[findings.Double](r, fields{"Key": id})
	session.Struct[findings.Findings](r, fields{"Year": amount, "Said[key]": id, "held": drop})
	session.Struct[findings.Progress](r, fields{"Marked[key]": id})
}

func pages(r *session.Registry) {
	session.Whole[enrol.Step](r, keep)
	session.Struct[auditpage.Said](r, fields{"Keys": id})
	session.Struct[auditpage.Ended](r, fields{"Merchant": name})
	session.Struct[review.Review](r, fields{"Spent": amount, "Disputed": id})
	session.Struct[review.Said](r, fields{"Keys": id})
	session.Whole[searches.Deed](r, keep)
	session.Struct[searches.Changed](r, fields{"Name": name})
	session.Struct[ui.Named](r, fields{})
	session.Struct[devices.Changed](r, fields{"Name": name})
	session.Struct[destinations.Changed](r, fields{"Name": name})
	session.Struct[auto.Asked](r, fields{"Wrong": label})
	session.Struct[enrol.Platform](r, fields{"Host": name, "Fingerprint": id})
	session.Struct[home.Waiting](r, fields{})
	session.Struct[enrol.Left](r, fields{"URL": name, "Handle": name, "Device": name, "Mark": id})
	session.Struct[historypage.Week](r, fields{})
	session.Struct[historypage.Known](r, fields{"Disputed": id})
	session.Struct[pace.Paced](r, fields{})
	session.Struct[pace.Row](r, fields{})
}

func shell(r *session.Registry) {
	session.Whole[kit.Intent](r, keep)
	session.Whole[kit.Level](r, keep)
	session.Struct[kit.Slow](r, fields{"From": keep})
	session.Struct[kit.Armed](r, fields{"From": keep})
	session.Struct[kit.Touched](r, fields{"From": keep})
	session.Whole[kit.Touch](r, label)
	session.Struct[visit](r, fields{"Page": keep, "Raw": id, "Args": id, "Args[key]": label, "When": keep, "When[key]": keep})
	session.Struct[history.Query](r, fields{
		"Text": text, "Merchant": name, "Category": word, "Issuer": id, "MerchantLike": text, "CategoryLike": text, "IssuerLike": text,
		"Min": amount, "Max": amount, "Settlement": id,
	})
	session.Struct[key](r, fields{"Code": keep, "BaseCode": keep, "Text": keep}) // see keys.go
	session.Struct[paste](r, fields{"Text": keep})
	session.Struct[settled](r, fields{"Kind": keep}) // the message within was redacted before
	session.Struct[ui.Freshness](r, fields{})
	session.Struct[screen](r, fields{
		"Lang": keep, "Theme": keep, "Source": name, "DemoPIN": text, "Version": keep,
	})
	session.Struct[Setting](r, fields{"URL": name, "Device": name})
	session.Struct[had](r, fields{"Name": keep, "Label": keep, "Keys": keep})
	session.Struct[zone](r, fields{"Name": keep})
	session.Struct[shift](r, fields{"From": keep, "Name": keep})
}
