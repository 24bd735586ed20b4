package i18n

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// dynamic are the beginnings of ids that the code puts together from words of
// the domain; every word is known to be there by the test named beside it.
var dynamic = []string{
	"fault.",    // codes and .say, .hint: TestEveryFaultHasItsSentences
	"kind.",     // wallet.Kind: TestEveryWordOfTheDomainIsKnown
	"type.",     // wallet.Type
	"status.",   // wallet.Status
	"alert.",    // wallet.AlertKind
	"category.", // the scenarios' categories; pages show unknown ones as they are
	"doctor.",
	"channel.", "origin.", // words of the platform; pages show unknown ones as they are
	"subscriptions.cadence.", "subscriptions.status.", "subscriptions.why.", "subscriptions.consent.", "subscriptions.silent_", // audit's words: ui/kit/finding's TestEveryWordOfAnAuditIsKnown
	"cli.act.leg.",                          // act.LegState: cmd/jandon's TestEveryWordOfALegIsSaid
	"cli.session.what.", "cli.session.why.", // classes and damages of recordings: cmd/jandon's TestEveryWordOfARecordingIsSaid
	"cli.doctor.detail.",                                     // what doctor finds: cmd/jandon's TestEveryWordOfTheDoctorIsSaid
	"cli.flag.",                                              // a line for each setting
	"statement.why.", "statement.skip.", "statement.stated.", // reasons of package statement: its TestEveryReasonHasWords
	"acts.action.", "acts.state.", "acts.need.", "confirm.after.", "confirm.care.", "leg.", // the same: ui/kit/acting's test of that name
	"auto.need.", "auto.remedy.", "auto.why.", "auto.every.", // of automatic cash-outs: ui/auto's TestEveryWordIsSaid
	"limit.level.",    // act.Level: ui/limits draws each
	"limit.why.",      // why a limit is less: ledger's TestALimitSaysWhyItIsLess
	"risk.", "pause.", // reasons of package risk: its TestEveryReasonIsSaid; why a platform stands still: ledger's TestAPauseSaysWhy
	"lock.touch.",                                                                   // words of package keystore/presence: cmd/jandon's TestEveryWordOfATouchIsSaid
	"replay.worked.",                                                                // what pages work out: ui/replay's TestEveryWorkIsSaid
	"disputes.state.", "disputes.reason.", "disputes.step.", "disputes.letter.why.", // words of a dispute: ui/disputes' TestEveryWordOfADisputeIsSaid
	"find.",          // words to find commands by: ui's TestEveryWordToFindHasACommand
	"rule.", "rail.", // rules and rails of package valuepath: its TestEveryWordIsSaidAndUsed
}

var idShape = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)

// literals collects every string in the Go files of the module that looks like
// an id of an area, with a place where it stands.
func literals(t *testing.T, areas map[string]bool) map[string]string {
	t.Helper()
	found := map[string]string{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || d.Name() == "bin" || d.Name() == "dist") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, ".gen.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := goparser.ParseFile(set, path, src, goparser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ImportSpec); ok && spec != nil {
				return false
			}
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			area, _, _ := strings.Cut(s, ".")
			if err == nil && idShape.MatchString(s) && areas[area] {
				found[s] = set.Position(lit.Pos()).String()
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// notIDs are strings in the code that look like ids and are none.
var notIDs = []string{
	"history.bill", "history.known", "history.line", "history.rows", "history.sums", // names of reads
	"home.held", "home.spent",
	"shell.tab_", "shell.page_", // intents of the shell
	"lock.idle_minutes",                                                                              // a setting
	"audit.contact", "audit.said", "history.page", "history.totals", "review.said", "acts.recovered", // messages of a recording
	"destination.add", "auto.set", // actions
	"auto.off", "auto.stayed", "auto.stopped", "auto.went", // words of the platform's log
	"destination.id", "destination.rail", "device.id", // members of answers
	"destination.linked", "device.active", "device.blocked", "device.let_in", "device.new_secret", "device.wrong_codes",
	"review.refused", "review.released", // words of the platform's log
}

func TestEveryIDInTheCodeIsInTheCatalogueAndTheOtherWayRound(t *testing.T) {
	t.Parallel()
	known := messages(t, "en")
	areas := map[string]bool{}
	for id := range known {
		area, _, _ := strings.Cut(id, ".")
		areas[area] = true
	}
	used := literals(t, areas)
	for _, id := range slices.Sorted(maps.Keys(used)) {
		if known[id] == nil && !slices.Contains(notIDs, id) && !prefixed(id) && !begins(known, id) {
			t.Errorf("%s: no text for %q", used[id], id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(known)) {
		if used[id] == "" && !prefixed(id) && !grown(used, id) {
			t.Errorf("%q is used nowhere", id)
		}
	}
}

func prefixed(id string) bool {
	return slices.ContainsFunc(dynamic, func(p string) bool { return strings.HasPrefix(id, p) })
}

// begins reports whether a string in the code is the beginning of ids, such as
// a name to which .say and .hint are added, or _more and _less.
func begins[V any](known map[string]V, s string) bool {
	for id := range known {
		if strings.HasPrefix(id, strings.TrimSuffix(s, "_")+"_") || strings.HasPrefix(id, s+".") {
			return true
		}
	}
	return false
}

func grown(used map[string]string, id string) bool {
	for i := len(id) - 1; i > 0; i-- {
		if (id[i] == '.' || id[i] == '_') && (used[id[:i]] != "" || used[id[:i+1]] != "") {
			return true
		}
	}
	return false
}
