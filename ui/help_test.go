package ui_test

import "testing"

func TestTheListOfKeysScrollsAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	b := fakes(t, 60, 16)
	shows := func(keys ...string) string {
		b.Press(keys...)
		return b.Text()
	}
	top := shows("?")
	end := shows("end")
	if end == top {
		t.Fatal("there is nothing to scroll")
	}
	for _, want := range []struct {
		keys []string
		is   string
	}{
		{[]string{"down", "pgdown"}, end},
		{[]string{"up", "down", "down", "down"}, end},
		{[]string{"up", "up", "pgdown"}, end},
		{[]string{"home"}, top},
		{[]string{"up", "pgup"}, top},
		{[]string{"pgdown", "pgup"}, top},
		{[]string{"down", "down", "up", "up"}, top},
		{[]string{"j", "k"}, top},
	} {
		if got := shows(want.keys...); got != want.is {
			t.Errorf("after %v:\n%s\nnot\n%s", want.keys, got, want.is)
		}
	}
	if shows("down") == top || shows("home", "pgdown") == top {
		t.Error("it does not move")
	}
}
