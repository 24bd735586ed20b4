package ledger

// disputeChecks are the rules of disputes: what ended as refunded was, by a
// refund of its charge, and what is under way was not, or only in part.
var disputeChecks = []rule{
	{"dispute", `SELECT 'dispute ' || d.id || ' names refund ' || d.refund || ', which gives back ' || coalesce(r.reverses, r.rest_of, 'nothing')
		FROM disputes d LEFT JOIN transfers r ON r.owner = d.owner AND r.id = d.refund WHERE d.state = 'refunded' AND coalesce(r.reverses, r.rest_of, '') <> d.transfer`},
	{"dispute", `SELECT 'dispute ' || d.id || ' is ' || d.state || ' though its charge was given back by ' || r.id
		FROM disputes d JOIN transfers t ON t.owner = d.owner AND t.id = d.transfer JOIN transfers r ON r.owner = d.owner AND r.reverses = d.transfer
		WHERE d.state IN ('open', 'examined') AND r.amount + t.amount >= 0`},
	// All that comes back of a charge is no more than it was.
	{"dispute", `SELECT r.amount || ' came back of ' || t.id || ' and then ' || s.amount || ', of ' || -t.amount FROM transfers s
		JOIN transfers t ON t.owner = s.owner AND t.id = s.rest_of LEFT JOIN transfers r ON r.owner = t.owner AND r.reverses = t.id
		WHERE r.id IS NULL OR r.amount + s.amount + t.amount > 0`},
	{"dispute", `SELECT 'dispute ' || d.id || ' is of ' || t.id || ', which charged nothing' FROM disputes d
		JOIN transfers t ON t.owner = d.owner AND t.id = d.transfer WHERE t.amount >= 0 OR t.act NOT IN ('spend', 'charge')`},
	// Its last step says where it is, but for a part that came back, which leaves it there.
	{"dispute", `SELECT 'dispute ' || d.id || ' is ' || d.state || ' but its last step says ' || coalesce(s.what, 'nothing') FROM disputes d
		LEFT JOIN dispute_steps s ON s.owner = d.owner AND s.dispute = d.id
			AND s.n = (SELECT max(x.n) FROM dispute_steps x WHERE x.owner = d.owner AND x.dispute = d.id AND x.what <> 'partly')
		WHERE coalesce(s.what, '') <> CASE d.state WHEN 'open' THEN 'opened' WHEN 'examined' THEN 'examines' ELSE d.state END`},
	{"dispute", `SELECT 'dispute ' || d.id || ' has ' || count(s.n) || ' steps numbered up to ' || max(s.n) FROM disputes d
		JOIN dispute_steps s ON s.owner = d.owner AND s.dispute = d.id GROUP BY d.owner, d.id HAVING max(s.n) <> count(s.n) - 1`},
}
