package house_test

import (
	"slices"
	"strings"
	"testing"
)

// layers says which of the module's packages a package may import, by prefix:
// the longest that fits a package is its layer. What is not listed is refused,
// so that a new package must find its place here.
var layers = map[string][]string{
	"internal/money":   {},
	"internal/fault":   {},
	"internal/safe":    {},
	"internal/house":   {},
	"internal/picture": {},
	"internal/wallet":  {"internal/money"},
	"internal/history": {"internal/money", "internal/wallet", "internal/fault", "internal/safe"},
	"internal/audit":   {"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history", "internal/audit"},
	"internal/notes":   {},
	"internal/saved":   {"internal/fault", "internal/notes", "internal/safe"},
	"internal/review":  {"internal/money", "internal/wallet", "internal/history", "internal/audit", "internal/notes"},
	"internal/i18n":    {"internal/fault", "internal/history"},
	"internal/statement": {
		"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history",
	},
	"internal/export":    {"internal/money", "internal/wallet", "internal/history"},
	"internal/scenario":  {"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history", "internal/valuepath", "testdata"},
	"internal/dispute":   {"internal/money", "internal/wallet", "internal/fault"},
	"internal/valuepath": {"internal/money", "internal/wallet", "internal/fault"},
	"internal/session":   {"internal/money", "internal/safe"},
	"internal/act":       {"internal/money", "internal/wallet", "internal/valuepath"},
	"internal/wire":      {"internal/money", "internal/wallet", "internal/valuepath", "internal/act", "internal/fault", "internal/safe"},
	"internal/platform": {
		"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history",
		"internal/scenario", "internal/wire", "internal/platform", "internal/valuepath", "internal/act", "internal/dispute",
		// what both sides compute alike
		"keystore/challenge", "keystore/codes", "keystore/device", "keystore/dpop", "keystore/enrol", "keystore/onetime", "keystore/secret",
	},
	"internal/platform/risk": {"internal/money", "internal/fault", "internal/valuepath", "internal/act"},
	"client": {
		"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history", "internal/wire", "client", "keystore",
		"internal/valuepath", "internal/act",
	},
	"client/store": {
		"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history", "internal/notes", "internal/act", "internal/valuepath",
	},
	"client/store/storetest": {"internal/money", "internal/wallet", "client/store"},
	// the reference platform for tests of others; no program holds it
	"client/platformtest": {"client", "keystore", "internal/platform", "internal/scenario"},
	"keystore":            {"internal/fault", "keystore"},
	"keystore/presence":   {"keystore/internal/bus"},
	"config":              {"internal/fault"},
	"ui/kit":              {"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history", "internal/i18n", "internal/valuepath", "internal/act", "ui/kit"},
	// how findings are said; the pages that show them share it
	"ui/kit/finding": {"internal/money", "internal/history", "internal/audit", "internal/review", "ui/kit"},
	"ui/": {
		"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history", "internal/i18n",
		"internal/audit", "internal/notes", "internal/saved", "internal/review", "internal/valuepath", "internal/act", "internal/dispute", "ui/kit",
	},
	"ui": {
		"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history", "internal/i18n", "internal/saved", "ui",
	},
	// what tests of screens share; no screen imports it
	"ui/kit/kittest": {
		"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history", "internal/i18n",
		"internal/scenario", "internal/notes", "internal/review", "ui/kit",
	},
	"ui/replay": {
		"internal/money", "internal/wallet", "internal/fault", "internal/safe", "internal/history", "internal/i18n", "internal/audit",
		"internal/review", "internal/saved", "internal/valuepath", "internal/act", "internal/session", "ui",
	},
	"ui/script": {"internal/fault"},
	"ui/still":  {"internal/picture", "internal/safe"},
	"ui/uitest": {"internal/picture", "internal/i18n", "ui/kit", "ui/script", "ui/still"},
	"cmd":       {"client", "config", "internal", "keystore", "ui", "cmd"},
	"testdata":  {},
}

func TestImportsRunOneWay(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		name := inside(p.ImportPath)
		layer, ok := layerOf(name)
		if !ok {
			t.Errorf("%s has no layer: give it a place in layers", name)
			continue
		}
		for _, path := range p.Imports {
			to := inside(path)
			if to == path || to == name || below(to, layers[layer]) || strings.HasPrefix(to, name+"/") || supports(name, to) {
				continue
			}
			t.Errorf("%s imports %s; its layer %q may import %v", name, to, layer, layers[layer])
		}
	}
}

func TestCharmStaysInScreens(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		name := inside(p.ImportPath)
		if strings.HasPrefix(name, "ui") || strings.HasPrefix(name, "cmd/") || strings.HasPrefix(name, "testdata/") {
			continue
		}
		for _, path := range p.Imports {
			if strings.HasPrefix(path, "charm.land/") || strings.HasPrefix(path, "github.com/charmbracelet/") {
				t.Errorf("%s imports %s; only ui and cmd draw", name, path)
			}
		}
	}
}

func TestScreensReachNoNetwork(t *testing.T) {
	t.Parallel()
	never := []string{"net/http", "jandon/client", "jandon/keystore", "jandon/config", "jandon/internal/platform", "jandon/internal/wire"}
	for _, p := range packages(t) {
		if name := inside(p.ImportPath); name != "ui" && !strings.HasPrefix(name, "ui/") {
			continue
		}
		for _, bad := range never {
			for _, dep := range p.Deps {
				if dep == bad || strings.HasPrefix(dep, bad+"/") {
					t.Errorf("%s reaches %s, if not itself then through what it imports", p.ImportPath, dep)
				}
			}
		}
	}
}

// heavy are packages whose start costs every run of the binary milliseconds,
// or that belong to tests.
var heavy = []string{
	"github.com/getkin/kin-openapi", "charm.land/glamour", "github.com/alecthomas/chroma",
	"pgregory.net/rapid", "github.com/Shopify/toxiproxy", "github.com/charmbracelet/x/vt",
}

func TestBinaryStartsLight(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if p.ImportPath != "jandon/cmd/jandon" {
			continue
		}
		for _, dep := range p.Deps {
			if strings.HasPrefix(dep, "jandon/") && strings.HasSuffix(dep, "test") {
				t.Errorf("the binary holds %s", dep)
			}
			for _, bad := range heavy {
				if dep == bad || strings.HasPrefix(dep, bad+"/") {
					t.Errorf("the binary holds %s", dep)
				}
			}
		}
		return
	}
	t.Error("there is no cmd/jandon")
}

// supports reports whether a package is what tests of the one above it share,
// as history/historytest is; no program holds it.
func supports(name, to string) bool {
	return strings.HasSuffix(name, "test") && strings.HasPrefix(name, to+"/")
}

// layerOf is the longest prefix in layers that fits: "ui/" fits the pages but not ui itself.
func layerOf(name string) (string, bool) {
	best, found := "", false
	for layer := range layers {
		fits := name == layer || strings.HasPrefix(name, strings.TrimSuffix(layer, "/")+"/")
		if fits && (!found || len(layer) > len(best)) {
			best, found = layer, true
		}
	}
	return best, found
}

func below(name string, allowed []string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool { return name == a || strings.HasPrefix(name, a+"/") })
}

// inside is a path relative to the module; a foreign path stays as it is.
func inside(path string) string { return strings.TrimPrefix(path, "jandon/") }
