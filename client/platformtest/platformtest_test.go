package platformtest_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/client"
	"jandon/client/platformtest"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/keystore"
)

// out is an act that cashes out the first offer for an amount, confirmed.
func out(t *testing.T, a *client.Account, won int64) (act.Act, error) {
	t.Helper()
	q, err := a.Quote(t.Context(), act.Ask{Amount: money.Won(won)})
	if err != nil {
		return act.Act{}, err
	}
	made, err := a.CashOut(t.Context(), q, 0)
	if err != nil || made.State != act.Waiting {
		return made, err
	}
	if _, err := a.Challenge(t.Context(), made); err != nil {
		return made, err
	}
	return a.Confirm(t.Context(), made, nil)
}

func TestACashOutInATestOfOnesOwn(t *testing.T) {
	t.Parallel()
	s := platformtest.Start(t, platformtest.Options{})
	a := s.Account()
	if !a.Unlocked() {
		t.Fatal("the account is locked")
	}
	if _, err := a.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	made, err := out(t, a, 5000)
	if err != nil {
		t.Fatal(err)
	}
	if made.State != act.Going {
		t.Fatalf("confirmed, it is %s", made.State)
	}
	s.Step(7 * 24 * time.Hour)
	pin := keystore.NewSecret([]byte(platformtest.PIN))
	if _, err := a.Unlock(t.Context(), pin); err != nil {
		t.Fatal(err)
	}
	ended, err := a.Act(t.Context(), made.ID)
	if err != nil || ended.State != act.Done {
		t.Errorf("a week later it is %s: %v", ended.State, err)
	}
}

func TestEverythingMovesWithTheOneClock(t *testing.T) {
	t.Parallel()
	s := platformtest.Start(t, platformtest.Options{Scenario: "student"})
	a := s.Account()
	if got := s.Clock.Now(); got.Sub(platformtest.At) > time.Minute {
		t.Errorf("it shows %v", got)
	}
	q, err := a.Quote(t.Context(), act.Ask{Amount: money.Won(3000)})
	if err != nil {
		t.Fatal(err)
	}
	s.Step(3 * time.Minute)
	if _, err := a.CashOut(t.Context(), q, 0); err == nil || fault.From(err).Code != fault.QuoteExpired {
		t.Errorf("a quote of three minutes ago: %v", err)
	}
	s.Step(time.Hour)
	if a.Unlocked() {
		t.Error("a session lasts an hour without use")
	}
}

func TestFaultsInATestOfOnesOwn(t *testing.T) {
	t.Parallel()
	s := platformtest.Start(t, platformtest.Options{Scenario: "student", Faults: "error=paused@quotes", Seed: 3})
	a := s.Account()
	if _, err := a.Quote(t.Context(), act.Ask{Amount: money.Won(3000)}); err == nil || fault.From(err).Code != fault.Paused {
		t.Errorf("%v", err)
	}
	s.Fail("", 0)
	if _, err := a.Quote(t.Context(), act.Ask{Amount: money.Won(3000)}); err != nil {
		t.Errorf("without faults: %v", err)
	}
}

func TestAScenarioOfOnesOwn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "mine.txtar")
	world := "-- scene.toml --\nsay = { en = \"Mine\", ko = \"내 것\" }\nbase = \"student\"\n"
	if err := os.WriteFile(file, []byte(world), 0o600); err != nil {
		t.Fatal(err)
	}
	s := platformtest.Start(t, platformtest.Options{Scenario: file})
	if s.Person == "" || len(s.Outbox()) != 0 {
		t.Errorf("%q, %d letters", s.Person, len(s.Outbox()))
	}
	s.Account()
	if letters := s.Outbox(); len(letters) != 1 || letters[0].Handle != s.Person || letters[0].Code == "" {
		t.Errorf("%d letters", len(letters))
	}
}

func TestWhatCannotBeStartedSaysWhy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	typo := filepath.Join(dir, "typo.txtar")
	if err := os.WriteFile(typo, []byte("-- scene.toml --\nsya = { en = \"a\", ko = \"b\" }\nbase = \"student\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		o    platformtest.Options
		code fault.Code
		says string
	}{
		"a name":   {platformtest.Options{Scenario: "evryday"}, fault.UnknownScene, "everyday"},
		"no file":  {platformtest.Options{Scenario: filepath.Join(dir, "none.txtar")}, fault.NoFile, "none.txtar"},
		"a typo":   {platformtest.Options{Scenario: typo}, fault.BadScenario, "say"},
		"a fault":  {platformtest.Options{Faults: "drop@confrim"}, fault.BadFlag, "confirm"},
		"not read": {platformtest.Options{Scenario: dir + "/"}, fault.BadFile, "directory"},
	} {
		_, err := platformtest.Open(context.Background(), c.o)
		if f := fault.From(err); f == nil || f.Code != c.code || !strings.Contains(f.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
