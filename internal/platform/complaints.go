package platform

import (
	"log"
	"log/slog"
	"strings"
)

// complaints is what net/http has to say of connections on which there is no
// request yet. The log gets its kind alone: the rest is addresses, and what
// whoever is on the other end has sent.
type complaints struct{ log *slog.Logger }

func (c complaints) logger() *log.Logger { return log.New(c, "", 0) }

// Write notes one complaint, as "http: TLS handshake error from ADDRESS: CAUSE".
func (c complaints) Write(line []byte) (int, error) {
	kind, rest, _ := strings.Cut(strings.TrimSpace(string(line)), ": ")
	for _, end := range []string{" from ", " serving ", ":", ";"} {
		rest, _, _ = strings.Cut(rest, end)
	}
	c.log.Warn("connection", slog.String("what", kind+": "+rest))
	return len(line), nil
}
