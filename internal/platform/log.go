package platform

import (
	"context"
	"encoding/base64"
	"time"

	"jandon/internal/platform/ledger"
	"jandon/internal/platform/vault"
	"jandon/internal/safe"
	"jandon/internal/wire"
)

// signsHeads is what the key of the logs' heads is derived for. It lies in the
// vault's file and not in the books, so that who edits these can't sign.
const signsHeads = "jandon log v1"

// headKey is the key that signs the heads of logs.
func headKey(v *vault.Vault) (key wire.ChainKey, err error) {
	seed, err := v.Derive(signsHeads)
	if err != nil {
		return key, err
	}
	defer seed.Wipe()
	seed.Expose(func(b []byte) { key, err = wire.NewChainKey(b) })
	return key, err
}

// GetLog tells how far the caller's log has come, signed, and its lines.
func (a *answers) GetLog(ctx context.Context, q wire.GetLogRequestObject) (wire.GetLogResponseObject, error) {
	key, who := a.p.trust.heads, caller(ctx).User
	head, err := a.p.ledger.Head(ctx, who, a.clock(), func(h wire.ChainHead) ([]byte, error) { return h.Sign(key) })
	if err != nil {
		return nil, err
	}
	body := wire.LogPage{Head: base64.RawURLEncoding.EncodeToString(head.Note), Key: key.Verifier()}
	err = a.p.ledger.View(ctx, who, func(v *ledger.View) error {
		lines, err := v.Log(or(q.Params.After, 0), head.N, or(q.Params.Limit, usualPage))
		body.Lines = wire.Each(lines, fromLink)
		return err
	})
	return wire.GetLog200JSONResponse{Body: body, Headers: wire.GetLog200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

func fromLink(l wire.ChainLink) wire.LogLine {
	return wire.LogLine{
		N: l.N, At: time.UnixMilli(l.At).UTC(), What: safe.Line(l.What), Digest: base64.RawURLEncoding.EncodeToString(l.Digest),
	}
}
