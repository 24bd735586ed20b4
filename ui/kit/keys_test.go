package kit_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/i18n"
	"jandon/ui/kit"
)

func TestLettersOfTheKoreanLayoutAreKeys(t *testing.T) {
	t.Parallel()
	const jamo, latin = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", "qwertyuiopasdfghjklzxcvbnm"
	i := 0
	for _, r := range jamo {
		if got := kit.Fold(tea.KeyPressMsg{Code: r, Text: string(r)}); got != kit.Stroke(latin[i:i+1]) {
			t.Errorf("%c is %q, want %q", r, got, latin[i:i+1])
		}
		i++
	}
	for r, want := range map[rune]kit.Stroke{'ㅃ': "Q", 'ㅉ': "W", 'ㄸ': "E", 'ㄲ': "R", 'ㅆ': "T", 'ㅒ': "O", 'ㅖ': "P"} {
		if got := kit.Fold(tea.KeyPressMsg{Code: r, Text: string(r), Mod: tea.ModShift}); got != want {
			t.Errorf("%c is %q, want %q", r, got, want)
		}
	}
}

func TestFoldPrefersTheKeyItself(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		msg  tea.KeyPressMsg
		want kit.Stroke
	}{
		{tea.KeyPressMsg{Code: 'ㅗ', Text: "ㅗ", BaseCode: 'h'}, "h"},
		{tea.KeyPressMsg{Code: 'ㅗ', Text: "ㅗ", BaseCode: 'h', Mod: tea.ModShift}, "H"},
		{tea.KeyPressMsg{Code: 'й', Text: "й", BaseCode: 'q'}, "q"},
		{tea.KeyPressMsg{Code: 'a', Text: "a", BaseCode: 'q'}, "a"}, // AZERTY: a Latin letter is what it says
		{tea.KeyPressMsg{Code: '바', Text: "바"}, "바"},                // a whole syllable is no key
		{tea.KeyPressMsg{Code: tea.KeyEnter}, "enter"},
		{tea.KeyPressMsg{Code: ' ', Text: " "}, "space"},
		{tea.KeyPressMsg{Code: 'r', Mod: tea.ModCtrl}, "ctrl+r"},
	} {
		if got := kit.Fold(c.msg); got != c.want {
			t.Errorf("%+v is %q, want %q", c.msg, got, c.want)
		}
	}
}

func TestKeysAreWrittenForPeople(t *testing.T) {
	t.Parallel()
	p := i18n.Must("en")
	for k, want := range map[string]string{"pgdown": "PgDn", "ctrl+r": "Ctrl+R", "f5": "F5", "shift+tab": "Shift+Tab", "space": "Space", "up": "↑", "q": "q", "+": "+", "?": "?"} {
		if got := kit.KeyName(p, k); got != want {
			t.Errorf("%s is written %q, want %q", k, got, want)
		}
	}
}

func TestMatchFindsABindingThatCannotAct(t *testing.T) {
	t.Parallel()
	list := []kit.Binding{{Intent: kit.Open, Keys: []string{"enter"}, Off: "kit.failed"}, {Intent: kit.Down, Keys: []string{"j", "down"}}}
	if b, ok := kit.Match(list, "enter"); !ok || b.Intent != kit.Open {
		t.Errorf("enter matches %+v, %v", b, ok)
	}
	if b, ok := kit.Match(list, "down"); !ok || b.Intent != kit.Down {
		t.Errorf("down matches %+v, %v", b, ok)
	}
	if _, ok := kit.Match(list, "x"); ok {
		t.Error("x matches something")
	}
}
