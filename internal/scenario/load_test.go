package scenario_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/scenario"
)

const small = `A small world.
-- scene.toml --
say = { en = "Small", ko = "작은 세계" }
-- world.toml --
person = "한결"
seed = 1
zone = "Asia/Seoul"
currency = "KRW"
start = 2026-01-01

[[issuers]]
id = "golmok"
name = "골목페이"
sector = "pay"
contact = "1500-0101"

[[pots]]
at = "golmok/prepaid"
topup = 10000
merchant = "충전"
reason = "충전"
origin = "bank_transfer"

[[habits]]
name = "coffee"
week = [1, 1, 1, 1, 1, 0, 0]
hours = ["08:00-09:00"]
merchants = [{ name = "카페" }]
items = [{ say = "커피", price = 4000 }]
pay = [{ from = "golmok/prepaid" }]
category = "cafe"
channel = "store"
`

func TestHostileFilesSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, from, to  string // what is replaced in the small world
		line, near, say string
	}{
		{"a misspelt key", "week = [1, 1, 1, 1, 1, 0, 0]", "wek = [1, 1, 1, 1, 1, 0, 0]", "26", "week", `did you mean "week"`},
		{"a misspelt table", "[[habits]]", "[[habit]]", "24", "habits", `did you mean "habits"`},
		{"a key of a table in a line", "price = 4000", "prise = 4000", "29", "price", `did you mean "price"`},
		{"a wrong type", "price = 4000", `price = "4000"`, "29", "", "price (a whole number)"},
		{"a word for a list", `hours = ["08:00-09:00"]`, `hours = "08:00-09:00"`, "27", "", "hours (a list)"},
		{"a word for a date", "start = 2026-01-01", `start = "soon"`, "9", "", "date"},
		{"a number for a table", `merchants = [{ name = "카페" }]`, `merchants = [7]`, "28", "", "(a table)"},
		{"a negative amount", "price = 4000", "price = -4000", "29", "", "-4000"},
		{"an amount beyond all reason", "price = 4000", "price = 4000000000", "29", "", "4000000000"},
		{"an unknown issuer", `from = "golmok/prepaid"`, `from = "golmk/prepaid"`, "30", "", `did you mean "golmok"`},
		{"an unknown kind", `from = "golmok/prepaid"`, `from = "golmok/gold"`, "30", "", "no kind of value"},
		{"a bill that nobody sends", `from = "golmok/prepaid"`, `from = "bill/golmok"`, "30", "", "sends no bills"},
		{"six days", "week = [1, 1, 1, 1, 1, 0, 0]", "week = [1, 1, 1, 1, 1, 0]", "26", "", "seven numbers"},
		{"a rate that floods", "week = [1, 1, 1, 1, 1, 0, 0]", "week = [1, 1, 1e9, 1, 1, 0, 0]", "26", "", "between 0 and 500"},
		{"no time of day", `hours = ["08:00-09:00"]`, `hours = ["8 o'clock"]`, "27", "", "no time of day"},
		{"hours that end before they begin", `hours = ["08:00-09:00"]`, `hours = ["09:00-08:00"]`, "27", "", "no time of day"},
		{"an unknown zone", `"Asia/Seoul"`, `"Asia/Seuol"`, "7", "", "no time zone"},
		{"the machine's zone", `"Asia/Seoul"`, `"Local"`, "7", "", "no time zone"},
		{"no date", "start = 2026-01-01", "start = 2026-02-30", "9", "", "date"},
		{"a start in antiquity", "start = 2026-01-01", "start = 0026-01-01", "9", "", "before 1990"},
		{"no start", "start = 2026-01-01", "", "5", "", "start is missing"},
		{"an unknown cadence", "week = [1, 1, 1, 1, 1, 0, 0]", `cadence = "montly"`, "26", "", `did you mean "monthly"`},
		{"two ways at once", "week = [1, 1, 1, 1, 1, 0, 0]", "week = [1, 1, 1, 1, 1, 0, 0]\ncadence = \"monthly\"", "24", "", "there are 2"},
		{"no TOML at all", `seed = 1`, `seed = = 1`, "6", "", ""},
		{"a twin issuer", "[[pots]]", "[[issuers]]\nid = \"golmok\"\nname = \"x\"\ncontact = \"y\"\n\n[[pots]]", "18", "", "taken"},
		{"a file of another name", "-- world.toml --", "-- word.toml --", "4", "world.toml", "word.toml"},
		{"a file without a name", "-- world.toml --", "-- --", "4", "", "without a name"},
		{"no sentence in Korean", `, ko = "작은 세계"`, "", "3", "", "say"},
		{"an account with acts of no size", "[[issuers]]", "[account]\nacts = 3\n\n[[issuers]]", "12", "", "go together"},
		{"an account of antiquity", "[[issuers]]", "[account]\nsince = 0026-01-01\n\n[[issuers]]", "12", "", "before 1990"},
		{"a misspelt fact", "[[issuers]]", "[account]\nverfied = true\n\n[[issuers]]", "12", "verified", `did you mean "verified"`},
		{"an unknown rail", "[[issuers]]", to("bank_transfr", "110-12", "2026-02-01", ""), "12", "", `did you mean "bank_transfer"`},
		{"a rail that needs no destination", "[[issuers]]", to("donation", "110-12", "2026-02-01", ""), "12", "", "no rail with destinations"},
		{"a number of letters", "[[issuers]]", to("bank_transfer", "110-1x", "2026-02-01", ""), "14", "", "4 digits"},
		{"a number of three digits", "[[issuers]]", to("bank_transfer", "1-1-0", "2026-02-01", ""), "14", "", "4 digits"},
		{"used before it was there", "[[issuers]]", to("bank_transfer", "110-12", "2026-02-01", "used = 2026-01-31"), "16", "", "before added"},
		{"a base that is not there", "-- world.toml --", "base = \"evryday\"\n-- keys --", "4", "everyday", "no scenario"},
		{"a base and a world", "-- world.toml --", "base = \"everyday\"\n-- world.toml --", "4", "", "not both"},
	} {
		if !strings.Contains(small, c.from) {
			t.Fatalf("%s: %q is not in the small world", c.name, c.from)
		}
		_, err := scenario.Parse("small.txtar", []byte(strings.Replace(small, c.from, c.to, 1)))
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != fault.BadScenario {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if f.Args["file"] != "small.txtar" || f.Args["line"] != c.line || f.Args["near"] != c.near || !strings.Contains(f.Args["detail"], c.say) {
			t.Errorf("%s: want line %s, near %q, about %q; got %v", c.name, c.line, c.near, c.say, f)
		}
	}
}

func TestUnknownScenarioNamesTheNearest(t *testing.T) {
	t.Parallel()
	_, err := scenario.Load("evryday")
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != fault.UnknownScene || f.Args["near"] != "everyday" || !strings.Contains(f.Args["all"], "creator, empty, everyday, student") {
		t.Errorf("Load = %v", err)
	}
	for _, name := range []string{"", "../embed", "everyday.txtar", "x\x1b[2J"} {
		if _, err := scenario.Load(name); !errors.Is(err, fault.New(fault.UnknownScene)) {
			t.Errorf("Load(%q) = %v", name, err)
		}
	}
}

func TestSceneOnABase(t *testing.T) {
	t.Parallel()
	f, err := scenario.Parse("keys.txtar", []byte("-- scene.toml --\nsay = { en = \"Keys\", ko = \"키\" }\nbase = \"student\"\n-- keys --\nq\n"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.Generate(now)
	if err != nil || p.Name != "keys" || digest(t, p) != digest(t, plan(t, "student", now)) {
		t.Errorf("the scene is not its base: %v", err)
	}
	if keys, ok := f.Part("keys"); !ok || string(keys) != "q\n" {
		t.Errorf("Part = %q, %v", keys, ok)
	}
	if _, ok := f.Part("frames"); ok {
		t.Error("there is a part that is not there")
	}
}

// A habit has a stream of chance of its own: another one changes nothing about it.
func TestHabitsKeepTheirChance(t *testing.T) {
	t.Parallel()
	other := "\n[[habits]]\nname = \"bus\"\nweek = [2, 2, 2, 2, 2, 2, 2]\nhours = [\"07:00-08:00\"]\nmerchants = [{ name = \"버스\" }]\n" +
		"items = [{ say = \"요금\", price = 1500 }]\npay = [{ from = \"golmok/prepaid\" }]\ncategory = \"transit\"\nchannel = \"store\"\n"
	coffees := func(content string) (ids []string) {
		f, err := scenario.Parse("small.txtar", []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		p, err := f.Generate(now)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Steps {
			if s.Act == scenario.Spend && s.Transaction.Category == "cafe" {
				ids = append(ids, s.Transaction.At.In(p.Zone).Format(time.DateOnly))
			}
		}
		return ids
	}
	alone, beside := coffees(small), coffees(small+other)
	if len(alone) < 200 || strings.Join(alone, " ") != strings.Join(beside, " ") {
		t.Errorf("%d coffees alone, %d beside the bus", len(alone), len(beside))
	}
}

// to is a destination before the issuers.
func to(rail, number, added, more string) string {
	return "[[destinations]]\nrail = \"" + rail + "\"\nname = \"한결\"\nnumber = \"" + number + "\"\nadded = " + added + "\n" + more + "\n\n[[issuers]]"
}

// What the platform knows of a person is there from its day on.
func TestAccountsAreThoseOfTheirDay(t *testing.T) {
	t.Parallel()
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 3, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name     string
		at       time.Time
		verified bool
		acts     int
		linked   int
		used     bool
	}{
		{"everyday", day(2025, 10, 1), true, 24, 0, false},
		{"everyday", day(2025, 12, 1), true, 24, 1, false},
		{"everyday", now, true, 24, 2, true},
		{"creator", now, true, 61, 2, true},
		{"student", now, false, 0, 0, false},
		{"empty", now, false, 0, 0, false},
	} {
		p := plan(t, c.name, c.at)
		if p.Account.Verified != c.verified || p.Account.Acts != c.acts || len(p.Destinations) != c.linked || p.Account.Since.IsZero() || p.Account.Since.After(c.at) {
			t.Errorf("%s at %s: %+v, %+v", c.name, c.at, p.Account, p.Destinations)
			continue
		}
		if c.linked > 0 && p.Destinations[0].Used.IsZero() == c.used {
			t.Errorf("%s at %s: %+v", c.name, c.at, p.Destinations[0])
		}
	}
}
