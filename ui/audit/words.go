package audit

import (
	"jandon/internal/review"
	"jandon/ui/kit/finding"
)

// worth reports whether a reason is told on the list: a beginning alone is for the review.
func worth(r review.Reason) bool { return r.Why != review.New && r.Why != review.Doubtful }

func (p *listPage) words() finding.Words { return finding.Words{Env: p.env, Currency: p.data.Currency} }

func (p *detailPage) words() finding.Words {
	return finding.Words{Env: p.env, Currency: p.data.Currency}
}
