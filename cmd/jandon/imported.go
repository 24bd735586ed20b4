package main

import (
	"context"
	"strconv"
	"time"

	"jandon/client"
	"jandon/client/store"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/safe"
)

type importsJSON struct {
	Version int          `json:"version"`
	DryRun  bool         `json:"dry_run"`
	Imports []importJSON `json:"imports"`
}

type importJSON struct {
	ID            *int64        `json:"id"`
	Source        string        `json:"source"`
	File          string        `json:"file"`
	SHA256        string        `json:"sha256"`
	Format        string        `json:"format"`
	At            string        `json:"at"`
	Again         bool          `json:"again"`
	Lines         int           `json:"lines"`
	Added         int           `json:"added"`
	Known         int           `json:"known"`
	Skipped       int           `json:"skipped"`
	BecamePosted  int           `json:"became_posted,omitempty"`
	MaybePending  int           `json:"maybe_pending,omitempty"`
	Cancelled     int           `json:"cancelled,omitempty"`
	Foretold      int           `json:"cancelled_before,omitempty"`
	Currency      string        `json:"currency"`
	SpentMinor    int64         `json:"spent_minor"`
	StoredMinor   int64         `json:"stored_spent_minor"`
	NotUnderstood []skippedJSON `json:"not_understood,omitempty"`
}

type skippedJSON struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
	Text   string `json:"text"`
}

func importOf(x store.Import, zone *time.Location) importJSON {
	j := importJSON{
		Source: x.Source, File: safe.Text(x.Name), SHA256: x.Digest, Format: x.Format, At: *stamp(x.At, zone), Again: x.Again,
		Lines: x.Lines, Added: x.Added, Known: x.Lines - x.Added, Skipped: x.Skipped,
		BecamePosted: x.Became, MaybePending: x.Unsure, Cancelled: x.Cancelled, Foretold: x.Foretold,
		Currency: string(x.Currency), SpentMinor: x.Spent, StoredMinor: x.StoredSpent,
	}
	if x.ID != 0 {
		j.ID = &x.ID
	}
	return j
}

func (in *intake) json(zone *time.Location) importJSON {
	j := importOf(in.Import, zone)
	for _, l := range in.read.Skipped {
		j.NotUnderstood = append(j.NotUnderstood, skippedJSON{l.Number, string(l.Reason), l.Text})
	}
	return j
}

// printIntake tells what became of a file: what came in, what was there
// already, what was not understood, and whether the sums agree.
func (a *app) printIntake(in intake, dry bool) error {
	t, style := a.text(), a.style()
	a.tellSkipped(in.Name, in.read)
	a.tellStated(in.Name, in.read)
	var out sheet
	out.free(safe.Text(t.F("cli.import.file", "File", in.Name, "Source", in.Source)), headInk)
	if in.Again {
		out.free(t.F("cli.import.again", "ID", strconv.FormatInt(in.ID, 10)), quietInk)
	}
	added := "cli.import.added"
	if dry {
		added = "cli.import.would"
	}
	out.row(left("  "+t.T("cli.import.lines")), right(decimal(in.Lines)))
	out.row(left("  "+t.T(added)), right(decimal(in.Added)))
	out.row(left("  "+t.T("cli.import.known")), right(decimal(in.Lines-in.Added)))
	if in.Became > 0 {
		out.row(left("  "+t.T("cli.import.became")), right(decimal(in.Became)))
	}
	settled := in.read.Settled()
	if settled > 0 {
		out.row(left("  "+t.T("cli.import.not_counted")), right(decimal(settled)))
	}
	if in.Skipped > settled {
		out.row(left("  "+t.T("cli.import.skipped")).in(warnInk), right(decimal(in.Skipped-settled)))
	}
	out.row(left("  "+t.T("cli.import.spent")), right(style.Format(money.Of(in.Spent, in.Currency))))
	stored := right(style.Format(money.Of(in.StoredSpent, in.Currency)))
	if in.StoredSpent != in.Spent {
		stored = stored.in(warnInk)
	}
	out.row(left("  "+t.T("cli.import.stored")), stored)
	if err := a.print(&out); err != nil {
		return err
	}
	if in.StoredSpent != in.Spent {
		a.note(t.T("cli.import.differ"))
	}
	if in.Cancelled > 0 {
		a.note(t.N("cli.import.cancelled", in.Cancelled))
	}
	if in.Foretold > 0 {
		a.note(t.N("cli.import.foretold", in.Foretold, "File", safe.Text(in.ForetoldBy)))
	}
	if in.Unsure > 0 {
		a.note(t.N("cli.import.unsure", in.Unsure))
	}
	if !dry && !in.Again && in.ID != 0 {
		a.note(t.F("cli.import.undo", "ID", strconv.FormatInt(in.ID, 10)))
	}
	return nil
}

// listImports lists the files that were taken in, the latest first.
func (a *app) listImports(ctx context.Context, f importFlags) error {
	kept, shut, err := a.keptFiles(ctx, false)
	if err != nil {
		return err
	}
	defer func() { _ = shut() }() // was only read
	list, err := kept.Imports(ctx)
	if err != nil {
		return err
	}
	if f.json {
		answer := importsJSON{Version: version, Imports: []importJSON{}}
		for _, x := range list {
			answer.Imports = append(answer.Imports, importOf(x, a.cfg.Zone))
		}
		return a.printJSON(answer)
	}
	t, style := a.text(), a.style()
	var out sheet
	for _, x := range list {
		out.row(right(strconv.FormatInt(x.ID, 10)).in(headInk), left(x.Source), left(safe.Text(x.Name)),
			left(t.Moment(x.At, a.cfg.Zone)).in(quietInk), right(t.N("cli.lines", x.Lines)),
			right(style.Format(money.Of(x.Spent, x.Currency))))
	}
	if len(list) == 0 {
		out.free(t.T("cli.import.nothing"), quietInk)
	}
	return a.print(&out)
}

type undoneJSON struct {
	Version int        `json:"version"`
	Removed int        `json:"removed"`
	Import  importJSON `json:"import"`
}

// undoImport takes a file out again.
func (a *app) undoImport(ctx context.Context, f importFlags) error {
	if !client.HasFiles(a.cfg.Paths.Data) && a.cfg.Account == "" {
		return fault.New(fault.NotFound, "what", strconv.FormatInt(f.undo, 10))
	}
	kept, shut, err := a.keptFiles(ctx, false)
	if err != nil {
		return err
	}
	defer func() { _ = shut() }() // what is answered is on the disk
	gone, removed, err := kept.Undo(ctx, f.undo)
	if err != nil {
		return err
	}
	if f.json {
		return a.printJSON(undoneJSON{version, removed, importOf(gone, a.cfg.Zone)})
	}
	var out sheet
	out.free(safe.Text(a.text().N("cli.import.undone", removed, "File", gone.Name)), plainInk)
	return a.print(&out)
}
