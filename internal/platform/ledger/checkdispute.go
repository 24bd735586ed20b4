package ledger

// disputeChecks are the rules of disputes: what ended as refunded was, by the
// one refund of its charge, and what is under way was not.
var disputeChecks = []rule{
	{"dispute", `SELECT 'dispute ' || d.id || ' names refund ' || d.refund || ', which gives back ' || coalesce(r.reverses, 'nothing')
		FROM disputes d LEFT JOIN transfers r ON r.owner = d.owner AND r.id = d.refund WHERE d.state = 'refunded' AND (r.id IS NULL OR r.reverses IS NULL OR r.reverses <> d.transfer)`},
	{"dispute", `SELECT 'dispute ' || d.id || ' is ' || d.state || ' though its charge was given back by ' || r.id
		FROM disputes d JOIN transfers r ON r.owner = d.owner AND r.reverses = d.transfer WHERE d.state IN ('open', 'examined')`},
	{"dispute", `SELECT 'dispute ' || d.id || ' is of ' || t.id || ', which charged nothing' FROM disputes d
		JOIN transfers t ON t.owner = d.owner AND t.id = d.transfer WHERE t.amount >= 0 OR t.act NOT IN ('spend', 'charge')`},
	// Its last step says where it is.
	{"dispute", `SELECT 'dispute ' || d.id || ' is ' || d.state || ' but its last step says ' || coalesce(s.what, 'nothing') FROM disputes d
		LEFT JOIN dispute_steps s ON s.owner = d.owner AND s.dispute = d.id
			AND s.n = (SELECT max(x.n) FROM dispute_steps x WHERE x.owner = d.owner AND x.dispute = d.id)
		WHERE coalesce(s.what, '') <> CASE d.state WHEN 'open' THEN 'opened' WHEN 'examined' THEN 'examines' ELSE d.state END`},
	{"dispute", `SELECT 'dispute ' || d.id || ' has ' || count(s.n) || ' steps numbered up to ' || max(s.n) FROM disputes d
		JOIN dispute_steps s ON s.owner = d.owner AND s.dispute = d.id GROUP BY d.owner, d.id HAVING max(s.n) <> count(s.n) - 1`},
}
