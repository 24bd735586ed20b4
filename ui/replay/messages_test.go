package replay

import (
	"testing"

	"jandon/internal/session"
)

func TestEverythingThatIsWrittenHasAClass(t *testing.T) {
	t.Parallel()
	r := session.NewRegistry()
	messages(r)
	classes(r)
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
}
