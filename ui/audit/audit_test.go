package audit_test

import (
	"testing"

	"jandon/ui/audit"
	"jandon/ui/kit/kittest"
)

func list(t *testing.T, lang string, w, h int) (*kittest.Drive, *kittest.Audited) {
	t.Helper()
	s := kittest.Audit(kittest.Book(t, "everyday"), kittest.Seoul(), kittest.Now)
	return kittest.Start(audit.New(kittest.Env(lang), s, ""), w, h), s
}
