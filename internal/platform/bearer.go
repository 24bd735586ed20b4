package platform

import "context"

// MintToken makes a token that reads the books of a person, known by handle.
func (p *Platform) MintToken(ctx context.Context, handle string) (string, error) {
	u, err := p.ledger.User(ctx, handle)
	if err != nil {
		return "", err
	}
	return p.ledger.MintToken(ctx, u, p.now())
}
