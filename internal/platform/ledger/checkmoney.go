package ledger

// moneyChecks are the rules of what leaves: holds, legs and the acts they are of.
var moneyChecks = []rule{
	// What is held is what open holds pin, lot by lot and account by account.
	{"held", `SELECT 'lot ' || l.id || ' has ' || l.held || ' held but open holds pin ' || coalesce(p.amount, 0)
		FROM lots l LEFT JOIN (SELECT x.owner, x.lot, sum(x.amount) AS amount FROM hold_lots x JOIN holds h ON h.id = x.hold AND h.state = 'open' GROUP BY x.owner, x.lot) p
		ON p.owner = l.owner AND p.lot = l.id WHERE l.held <> coalesce(p.amount, 0)`},
	{"held", `SELECT 'account ' || a.id || ' has ' || a.held || ' held but open holds pin ' || coalesce(p.amount, 0)
		FROM accounts a LEFT JOIN (SELECT x.account, sum(x.amount) AS amount FROM hold_lots x JOIN holds h ON h.id = x.hold AND h.state = 'open' GROUP BY x.account) p
		ON p.account = a.id WHERE a.held <> coalesce(p.amount, 0)`},
	// A hold is the sum of its parts, each on the account of its lot.
	{"hold", `SELECT 'hold ' || h.id || ' is ' || h.amount || ' but its parts are ' || coalesce(sum(x.amount), 0)
		FROM holds h LEFT JOIN hold_lots x ON x.hold = h.id GROUP BY h.id, h.amount HAVING coalesce(sum(x.amount), 0) <> h.amount`},
	{"hold", `SELECT 'hold ' || x.hold || ' pins lot ' || x.lot || ' on another account' FROM hold_lots x
		LEFT JOIN lots l ON l.owner = x.owner AND l.id = x.lot WHERE l.account IS NULL OR l.account <> x.account`},
	// A posted hold is what its transfers took of each lot; all others took nothing.
	{"hold", `SELECT 'hold ' || h.id || ' is ' || h.state || ' with ' || h.amount || ' but its transfers moved ' || coalesce(-sum(t.amount), 0)
		FROM holds h LEFT JOIN transfers t ON t.owner = h.owner AND t.hold = h.id GROUP BY h.id, h.state, h.amount
		HAVING coalesce(-sum(t.amount), 0) <> CASE h.state WHEN 'posted' THEN h.amount ELSE 0 END`},
	{"hold", `SELECT 'hold ' || x.hold || ' pinned ' || x.amount || ' of lot ' || x.lot || ' but posted ' || coalesce(e.amount, 0)
		FROM (SELECT hold, owner, lot, sum(amount) AS amount FROM hold_lots GROUP BY hold, owner, lot) x JOIN holds h ON h.id = x.hold AND h.state = 'posted'
		LEFT JOIN (SELECT t.owner, t.hold, e.lot, -sum(e.amount) AS amount FROM transfers t JOIN entries e ON e.owner = t.owner AND e.transfer = t.id AND e.lot IS NOT NULL
			WHERE t.hold IS NOT NULL GROUP BY t.owner, t.hold, e.lot) e ON e.owner = x.owner AND e.hold = x.hold AND e.lot = x.lot
		WHERE coalesce(e.amount, 0) <> x.amount`},
	{"reference", `SELECT 'transfer ' || t.id || ' posts hold ' || t.hold || ', which is not there' FROM transfers t
		LEFT JOIN holds h ON h.id = t.hold AND h.owner = t.owner WHERE t.hold IS NOT NULL AND h.id IS NULL`},
	// A leg is where its hold is.
	{"leg", `SELECT 'leg ' || l.id || ' is ' || l.state || ' with ' || l.amount || ' but its hold ' || coalesce(h.state, 'missing') || ' with ' || coalesce(h.amount, 0)
		FROM legs l LEFT JOIN holds h ON h.id = l.id AND h.owner = l.owner
		WHERE h.id IS NULL OR h.amount <> l.amount OR h.state <> CASE l.state WHEN 'done' THEN 'posted' WHEN 'returned' THEN 'freed' ELSE 'open' END`},
	// What an act took is what arrived, with its fees, what came back, and what is still held.
	{"cashout", `SELECT 'act ' || a.id || ' took ' || a.amount || ' but ' || coalesce(sum(CASE WHEN l.state = 'done' THEN l.amount - l.fee END), 0) || ' arrived, '
		|| coalesce(sum(CASE WHEN l.state = 'done' THEN l.fee END), 0) || ' were fees, ' || coalesce(sum(CASE WHEN l.state = 'returned' THEN l.amount END), 0)
		|| ' came back and ' || coalesce(sum(CASE WHEN h.state = 'open' THEN h.amount END), 0) || ' is held'
		FROM acts a LEFT JOIN legs l ON l.owner = a.owner AND l.act = a.id LEFT JOIN holds h ON h.id = l.id WHERE a.action = 'cashout'
		GROUP BY a.owner, a.id, a.amount, a.fee HAVING coalesce(sum(l.fee), 0) <> a.fee OR count(l.id) = 0
		OR coalesce(sum(CASE WHEN l.state = 'done' THEN l.amount WHEN l.state = 'returned' THEN l.amount WHEN h.state = 'open' THEN h.amount END), 0) <> a.amount`},
	// An act's state is that of its legs.
	{"cashout", `SELECT 'act ' || a.id || ' is ' || a.state || ' but of ' || count(l.id) || ' legs ' || count(CASE WHEN l.state = 'done' THEN 1 END) || ' are done and '
		|| count(CASE WHEN l.state = 'returned' THEN 1 END) || ' came back'
		FROM acts a JOIN legs l ON l.owner = a.owner AND l.act = a.id GROUP BY a.owner, a.id, a.state HAVING a.state <> CASE
		WHEN count(CASE WHEN l.state = 'waiting' AND l.next IS NULL THEN 1 END) = count(l.id) THEN CASE a.state WHEN 'review' THEN 'review' ELSE 'waiting' END
		WHEN count(l.ended) < count(l.id) THEN 'going'
		WHEN count(CASE WHEN l.state = 'done' THEN 1 END) = count(l.id) THEN 'done'
		WHEN count(CASE WHEN l.state = 'done' THEN 1 END) > 0 THEN 'partly'
		ELSE CASE a.state WHEN 'canceled' THEN 'canceled' WHEN 'lapsed' THEN 'lapsed' ELSE 'returned' END END`},
	// A quote is used by the act that names it.
	{"quote", `SELECT 'act ' || a.id || ' names quote ' || a.quote || ', which ' || coalesce(q.used_by, 'nobody') || ' used'
		FROM acts a LEFT JOIN quotes q ON q.owner = a.owner AND q.id = a.quote WHERE a.action = 'cashout' AND (q.used_by IS NULL OR q.used_by <> a.id)`},
	// What the simulated partner paid has arrived or is under way, and what came back it has not paid and will not.
	{"partner", `SELECT 'leg ' || l.id || ' is ' || l.state || ' with ' || (l.amount - l.fee) || ' but its partner has an order of ' || o.amount
		|| CASE o.refusal WHEN '' THEN '' ELSE ', refused: ' || o.refusal END
		FROM legs l JOIN partner_orders o ON o.id = l.id AND o.heard = 1 WHERE o.amount <> l.amount - l.fee OR o.currency <> l.currency
		OR l.state = 'waiting' OR (l.state = 'done' AND o.refusal <> '') OR (l.state = 'returned' AND o.refusal = '')`},
}
