package main

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/client/store"
	"jandon/internal/fault"
	"jandon/internal/statement"
	"jandon/internal/wallet"
)

// importFlags are what `jandon import` is told.
type importFlags struct {
	as, rules         string
	dry, json, listed bool
	undo              int64
}

// imports takes statement files into the encrypted store, lists and undoes them.
func (a *app) imports() *cobra.Command {
	var f importFlags
	c := a.command("import FILE…", "cli.import", 0, -1, func(cmd *cobra.Command, files []string) error {
		undo := cmd.Flags().Changed("undo")
		switch {
		case f.listed && undo:
			return fault.New(fault.Together, "name", "--list", "value", "--undo")
		case (f.listed || undo) && len(files) > 0:
			return fault.New(fault.ExtraArg, "value", files[0], "want", cmd.UseLine())
		case f.listed:
			return a.listImports(cmd.Context(), f)
		case undo:
			return a.undoImport(cmd.Context(), f)
		case len(files) == 0:
			return fault.New(fault.MissingArg, "name", cmd.CommandPath(), "want", cmd.UseLine())
		}
		return a.importFiles(cmd.Context(), files, f)
	})
	flags := c.Flags()
	flags.StringVar(&f.as, "as", "", "cli.flag.as")
	flags.StringVar(&f.rules, "rules", "", "cli.flag.rules")
	must(c.MarkFlagFilename("rules"))
	flags.BoolVar(&f.dry, "dry-run", false, "cli.flag.dry-run")
	flags.BoolVar(&f.listed, "list", false, "cli.flag.list")
	flags.Int64Var(&f.undo, "undo", 0, "cli.flag.undo")
	flags.BoolVar(&f.json, "json", false, "cli.flag.json")
	return c
}

// keptFiles opens the store that files go into: the connected account's, or
// one of their own. A dry run of a person who has neither needs no keyring.
func (a *app) keptFiles(ctx context.Context, create bool) (kept *store.Store, shut func() error, err error) {
	if a.cfg.URL != "" && a.cfg.Account != "" {
		open, err := client.Open(ctx, a.settings(a.cfg.URL, a.cfg.Account))
		if err != nil {
			return nil, nil, err
		}
		return open.Store, open.Close, nil
	}
	kept, err = client.OpenFiles(ctx, a.settings("", ""), create)
	if errors.Is(err, fault.New(fault.NoPlatform)) {
		kept, err = store.OpenMemory(ctx, a.cfg.Zone, a.now)
	}
	if err != nil {
		return nil, nil, err
	}
	return kept, kept.Close, nil
}

// importFiles takes files in one after the other, each whole or not at all.
// What went before one that can't be read stays.
func (a *app) importFiles(ctx context.Context, files []string, f importFlags) error {
	named := files
	if f.rules != "" {
		named = append([]string{f.rules}, files...)
	}
	for _, name := range named { // a slip of the finger needs no keyring to be told
		if err := a.present(name); err != nil {
			return err
		}
	}
	kept, shut, err := a.keptFiles(ctx, !f.dry)
	if err != nil {
		return err
	}
	defer func() { _ = shut() }() // every import is on the disk once it is answered
	answer := importsJSON{Version: version, DryRun: f.dry, Imports: []importJSON{}}
	for _, name := range files {
		var in intake
		if in, err = a.importFile(ctx, kept, name, f); err != nil {
			break
		}
		if f.json {
			answer.Imports = append(answer.Imports, in.json(a.cfg.Zone))
		} else if err = a.printIntake(in, f.dry); err != nil {
			break
		}
	}
	if f.json && (err == nil || len(answer.Imports) > 0) {
		err = errors.Join(err, a.printJSON(answer))
	}
	return err
}

// intake is a file, how it was read, and what became of it.
type intake struct {
	store.Import
	read statement.Result
}

func (a *app) importFile(ctx context.Context, kept *store.Store, name string, f importFlags) (intake, error) {
	source := f.as
	if source == "" {
		source = accountName(name)
	}
	rules, text, err := a.rulesFor(ctx, kept, source, f.rules)
	if err != nil {
		return intake{}, err
	}
	given, err := a.openGiven(ctx, name)
	if err != nil {
		return intake{}, err
	}
	defer given.close()
	read, digest, err := a.lookThrough(ctx, given, statement.Options{
		Name: name, Source: source, Zone: a.cfg.Zone, Now: a.now(), Rules: rules,
	})
	if err != nil {
		return intake{}, err
	}
	file := store.File{
		Source: source, Name: filepath.Base(name), Digest: digest, Format: read.Detected.Format,
		Currency: read.Detected.Currency, Skipped: read.Without(), Made: statement.Made, Rules: text,
		Cancelled: read.Cancelled,
	}
	m := a.meter(a.text().F("cli.import.storing", "File", filepath.Base(name)))
	defer m.end()
	file.Lines = watched(read.Transactions(ctx), read.Count(), m)
	in := intake{read: read.Result}
	if f.dry {
		in.Import, err = kept.Preview(ctx, file)
	} else {
		in.Import, err = kept.Import(ctx, file)
		if err == nil && f.rules != "" {
			err = a.remember(ctx, kept, source, text)
		}
	}
	return in, err
}

// lookThrough reads a statement once without keeping its lines, and gives the digest
// of its bytes.
func (a *app) lookThrough(ctx context.Context, g *given, o statement.Options) (*statement.File, string, error) {
	collectSoon()
	m := a.meter(a.text().F("cli.import.reading", "File", filepath.Base(o.Name)))
	defer m.end()
	o.Progress = m.at
	digest, err := g.digest(ctx, o.Name)
	if err != nil {
		return nil, "", err
	}
	read, err := statement.Open(ctx, g, g.size, o)
	if err != nil {
		return nil, "", unread(ctx, o.Name, err)
	}
	return read, digest, nil
}

// watched gives lines and tells a meter how many.
func watched(lines iter.Seq2[*wallet.Transaction, error], all int, m *meter) iter.Seq2[*wallet.Transaction, error] {
	return func(yield func(*wallet.Transaction, error) bool) {
		n := 0
		for x, err := range lines {
			if n%1024 == 0 {
				m.at(int64(n), int64(all))
			}
			n++
			if !yield(x, err) {
				return
			}
		}
	}
}

// dated is a date or the number of a copy at the end of a file's name: exports
// of one account differ in it.
var dated = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[ _.~-]*((19|20)\d\d([ _.-]?\d\d){0,2}|\(\d+\))$`)
})

// accountName is whose statement a file is by its name, the same for later
// exports: card-2026-10.csv and card-2026-11 (1).csv are of "card".
func accountName(name string) string {
	stem := sourceName(name)
	for rest := stem; ; {
		shorter := dated().ReplaceAllString(rest, "")
		if shorter == rest {
			return strings.TrimSpace(rest)
		}
		if strings.Trim(shorter, " _.~-") == "" {
			return stem
		}
		rest = shorter
	}
}
