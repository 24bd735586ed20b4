package platform

import (
	"encoding/json"
	"errors"
	"net/http"
	"path"
	"strconv"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/safe"
	"jandon/internal/wire"
)

// details say for developers what a code means here. People read the sentence
// of the code in their own language, which the wallet has.
var details = map[fault.Code]string{
	fault.BadCursor:    "the cursor is not one that this list gave out",
	fault.CursorOld:    "the cursor is from another ledger; start again without it",
	fault.TooLarge:     "the body is over the limit",
	fault.BadMethod:    "this path does not answer that method",
	fault.BadMedia:     "a body must be application/json",
	fault.NotFound:     "there is no such thing here",
	fault.Unauthorized: "an open session is needed: Authorization: DPoP, and a proof of its device's key",

	fault.BadProof:      "the DPoP header must hold one proof of this very request (RFC 9449)",
	fault.ProofReplayed: "each proof is taken once",
	fault.NonceNeeded:   "the proof must carry the nonce of the DPoP-Nonce header",
	fault.RateLimited:   "wait for retry_after_s",
	fault.KeyMissing:    "the Idempotency-Key header is needed",
	fault.StoreBusy:     "another process holds the database",
	fault.Internal:      "something broke; the log has it under the correlation id",
}

// busySeconds is how long to wait before asking a busy platform again.
const busySeconds = 1

// fail answers with the problem of an error. The cause, file names and
// anything else of the inside go to the log.
func (p *Platform) fail(w http.ResponseWriter, r *http.Request, err error, fields ...wire.ProblemField) {
	x := exchangeOf(r.Context())
	x.cause = err
	var why *ledger.Inconvertible
	if errors.As(err, &why) {
		fields = append(fields, whyNot(why)...)
	}
	e := *fault.From(err)
	var named wrongField
	if errors.As(err, &named) {
		fields = append(fields, named.field)
	}
	e.Correlation = x.correlation
	switch e.Code.Family() {
	case fault.FamilyInternal, fault.FamilyLedger:
		e.Code, e.Args = fault.Internal, nil
	case fault.FamilyStorage:
		e.Args = map[string]string{"file": "platform"}
	}
	detail := details[e.Code]
	if e.Code == fault.BadRequest {
		detail = e.Args["detail"]
	}
	body := wire.FromFault(&e, detail, fields...)
	h := w.Header()
	switch e.Code {
	case fault.StoreBusy:
		body.RetryAfterS = busySeconds
	case fault.Unauthorized:
		h.Set("WWW-Authenticate", `DPoP algs="ES256"`)
	case fault.BadProof, fault.ProofReplayed:
		h.Set("WWW-Authenticate", `DPoP error="invalid_dpop_proof", algs="ES256"`)
	case fault.NonceNeeded:
		h.Set("WWW-Authenticate", `DPoP error="use_dpop_nonce", algs="ES256"`)
	case fault.BadMethod:
		h.Set("Allow", e.Args["allow"])
	}
	if body.RetryAfterS > 0 {
		h.Set("Retry-After", strconv.Itoa(body.RetryAfterS))
	}
	h.Set("Content-Type", wire.ProblemType)
	w.WriteHeader(body.Status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		x.cause = err // the other side is gone
	}
}

// field says what is wrong with one part of a request, never what was sent.
func field(pointer, detail string) wire.ProblemField {
	return wire.ProblemField{Pointer: safe.Line(pointer), Detail: safe.Line(detail)}
}

// wrongField is a refusal that names the field it is about.
type wrongField struct {
	why   *fault.Error
	field wire.ProblemField
}

func (w wrongField) Error() string { return w.why.Error() }
func (w wrongField) Unwrap() error { return w.why }

// badField refuses a request for one of its fields.
func badField(pointer, detail string) error {
	return wrongField{fault.New(fault.BadRequest, "detail", path.Base(pointer)+" "+detail), field(pointer, detail)}
}
