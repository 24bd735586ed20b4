// Package scenario makes up the world of a made-up person.
//
// A scenario file says who the person is: issuers, habits, subscriptions,
// accidents. Generate turns it into a Plan: the ordered acts of a ledger from
// the start date up to an instant. It is pure and seeded, so the same file at
// the same instant gives the same bytes, whatever the machine or its clock;
// a later instant only adds steps. Nothing is ever overdrawn.
//
// # Files
//
// testdata/scenarios/NAME.txtar is an archive (golang.org/x/tools/txtar): a
// comment, scene.toml, and either world.toml or a scene that names its base.
//
//	-- scene.toml --
//	say  = { en = "…", ko = "…" }   # one line for lists; required
//	base = "everyday"                # take the world of another scenario
//
//	[[disputes]]  # the newest charge of a merchant by a day that was not given back, disputed on that day
//	merchant, on, reason, note
//	withdrawn     # day; absent: never. What comes of the others, the platform's rules say
//
// Files of the archive that do not end in .toml are left to those who read
// them (keys, frames). A key that is not listed here is an error.
//
//	-- world.toml --
//	person, seed, zone, currency, start = 2025-09-22
//	holidays    = [2026-01-01, …]    # days on which nothing is booked by "shift"
//	notify_over = 30000              # a charge of this size raises an alert; 0: none
//
//	[account]    # what the platform knows of the person; absent: a new one
//	since        # day on which they joined; else the start
//	verified     # true: they have shown who they are
//	acts, usual  # cash-outs done undisputed before these books, and their usual size
//
//	[[destinations]]  # payees that are linked
//	rail, name, number
//	added, used       # days; no "used": never
//	weekly            # true: cash-outs of the usual size go there each week, on the weekday of "used"
//
//	[[issuers]]  id, name, sector, contact
//
//	[[pots]]     # a pot that its owner refills when a payment would leave too little
//	at           # "ISSUER/KIND"
//	topup, low   # refilled by multiples of topup when less than low would stay
//	on_bill      # "ISSUER": the refill is charged on that issuer's bill
//	merchant, reason, channel, origin
//
//	[[bills]]    # charges of a calendar month, closed on the 1st
//	issuer, due_day, disclosure = [{ who, what, why }]
//
//	[[habits]]         # what is paid now and then
//	name               # also seeds its own stream of chance
//	WHEN               # see below
//	merchants          # [{ name, text = ["variant {order}"], weight, contact }]
//	items              # [{ say, price, price_to, step, weight }]
//	pay                # [{ from = "ISSUER/KIND" or "bill/ISSUER", chance = 0.3 }]: the first that can
//	category, channel, contact
//	order              # true: lines have an order number
//	fee                # true: the line is a fee, not a payment
//	move               # true: the line is a transfer out, which is no spending
//	sweep              # true: whole multiples of the price, as many as there are
//	refund             # { chance, days = [2, 6], reason }
//	earn               # { percent, to = "ISSUER/KIND", monthly, months, reason }
//
//	[[subscriptions]]  # what is paid again and again
//	name, WHEN, merchant, text, category, channel, contact, reason, order, pay
//	prices             # [{ from = 2025-09-22, amount, amount_to, step, unasked }], oldest first;
//	                   # unasked: nobody agreed to this price
//	trial_until        # first day that costs anything
//	pauses             # [{ from, until }]: no charges, both days included
//	unasked            # true: nobody agreed to the first charge
//
//	[[incomes]]        # what comes in
//	name, WHEN, to, type ("earn", "transfer_in", "topup"), origin
//	merchants, items, category, channel, contact, order
//	expires            # { days = 20 } or { months = 12 }: the end of that month
//
//	[[accidents]]      # a habit's payment is charged twice
//	habit, on, every_weeks, minutes = [2, 6], refund_days
//
// WHEN is hours = ["08:10-09:00", …], from and until (days, both included)
// and one of
//
//	week    = [1, 1, 1, 1, 1, 0.3, 0]  # expected number for Monday … Sunday
//	cadence = "monthly"                # weekly, biweekly, four_weekly, days30, monthly,
//	                                   # bimonthly, quarterly, half_yearly, yearly, counted from "from"
//	                                   # (else the start); day = 31 is clamped to the month's end;
//	                                   # shift = "next" or "previous" avoids weekends and holidays
//	on      = [2026-11-19, …]          # these days
package scenario
