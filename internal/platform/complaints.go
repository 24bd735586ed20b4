package platform

import (
	"context"
	"log/slog"
	"strings"
)

// complaints is what net/http has to say of connections on which there is no
// request yet. The log gets its kind alone: the rest is addresses, and what
// whoever is on the other end has sent.
type complaints struct{ slog.Handler }

// Handle notes one complaint, as "http: TLS handshake error from ADDRESS: CAUSE".
func (c complaints) Handle(ctx context.Context, said slog.Record) error {
	kind, rest, _ := strings.Cut(said.Message, ": ")
	for _, end := range []string{" from ", " serving ", ":", ";"} {
		rest, _, _ = strings.Cut(rest, end)
	}
	known := slog.NewRecord(said.Time, said.Level, "connection", 0)
	known.AddAttrs(slog.String("what", kind+": "+rest))
	return c.Handler.Handle(ctx, known)
}
