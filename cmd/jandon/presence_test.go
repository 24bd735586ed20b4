package main

import (
	"testing"

	"jandon/internal/i18n"
	"jandon/keystore/presence"
)

func TestEveryWordOfATouchIsSaid(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		text := i18n.Must(lang)
		for s := presence.Unknown; s <= presence.Canceled; s++ {
			switch s {
			case presence.Ready, presence.Canceled: // nothing came of these: "unknown" says so
				continue
			}
			if !text.Has("lock.touch." + s.String()) {
				t.Errorf("%s: nothing is said of %v", lang, s)
			}
		}
	}
}
