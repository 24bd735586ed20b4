package i18n_test

import (
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/i18n"
)

// Nobody counts in 86400 seconds.
func TestAWaitIsSaidInItsUnit(t *testing.T) {
	t.Parallel()
	for seconds, want := range map[string][2]string{
		"1": {"in 1 second.", "1초 뒤"}, "59": {"in 59 seconds.", "59초 뒤"}, "60": {"in 1 minute.", "1분 뒤"}, "61": {"in 2 minutes.", "2분 뒤"},
		"900": {"in 15 minutes.", "15분 뒤"}, "3600": {"in 1 hour.", "1시간 뒤"}, "3601": {"in 2 hours.", "2시간 뒤"},
		"86400": {"in 1 day.", "1일 뒤"}, "172800": {"in 2 days.", "2일 뒤"},
	} {
		for i, lang := range []string{"en", "ko"} {
			_, hint := i18n.Must(lang).Fault(fault.New(fault.RateLimited, "seconds", seconds))
			if !strings.Contains(hint, want[i]) {
				t.Errorf("%s s, %s: %q", seconds, lang, hint)
			}
		}
	}
}
