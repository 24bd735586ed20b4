package keystore

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// canary is long enough that no chance output holds it.
const canary = "canary-7f3a9c-do-not-print"

// leaks are the forms in which a printer might show the canary.
func leaks(out string) string {
	raw := []byte(canary)
	decimal := strings.Trim(fmt.Sprint(raw), "[]")
	for _, form := range []string{
		canary, hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)), decimal,
		strings.ReplaceAll(decimal, " ", ", "), strings.ReplaceAll(decimal, " ", ","), fmt.Sprintf("%#v", raw),
		"Y2FuYXJ5LTdm", // the start of its base64
	} {
		if strings.Contains(out, form) {
			return form
		}
	}
	return ""
}
