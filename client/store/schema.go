package store

// schemaVersion is kept in PRAGMA user_version. A higher one belongs to a newer
// program and is left alone; a lower one is carried up by migrations.
const schemaVersion = 10

// migrations[n] leads from version n to n+1.
//
// word    every text that repeats; 0 is the empty text and has no row.
// strand  what lines have in common, with the sums of all its lines and the
//
//	bounds of their instants (which may be too wide, never too narrow).
//
// tx      the lines. n is the order of arrival and breaks ties of time. Texts
//
//	that are a line's own stand in the line: its numbers (approval: up to
//	version 8 of files as ord; one of eight digits was that), and the
//	reason and contact of merchants that never say the same twice, and the
//	price in the merchant's own currency, where it is another.
//
// loose   the folded own texts of lines, many to a row, in order of arrival:
//
//	a search reads them in one sweep.
//
// roll    sums per week (grain 0) and day (grain 1) of everything (dim 0) and
//
//	of each value of a history.Dimension, per currency.
//
// spell   sums per strand and week: answers for any combination of values.
// doc     settlements, alerts and the wallet, in the form of codec.go.
// note    what the person said (internal/notes); at in milliseconds. It is the
//
//	person's own, so Reset leaves it.
//
// file    the statement files that were taken in (Import); a number is given once.
// claim   which lines stand for those of a file, as stretches of n: a line of
//
//	several overlapping files goes with the last of them.
//
// became  what a line was before a file said that it is final, by that file, with
//
//	the provider's id that it has there, and the zone that the file was read by (posted.go).
//
// zone    by what zone lines of files were taken in, from a number of a line on (elsewhere.go).
//
// gone    marks of the purchases that a file says were cancelled, and that never came in (gone.go).
//
// alias   the id that a line of a file came with, where another has that.
// journal  what was asked of the platform and is not known to have ended; at in
//
//	milliseconds. It is no copy of anything, so Reset leaves it.
var migrations = []string{`
CREATE TABLE meta(
  one INTEGER PRIMARY KEY CHECK(one = 1), epoch INTEGER NOT NULL, gen INTEGER NOT NULL, zone TEXT NOT NULL,
  ledger TEXT NOT NULL, seq INTEGER NOT NULL, synced INTEGER NOT NULL);
INSERT INTO meta VALUES(1, 1, 1, '', '', 0, 0);
CREATE TABLE word(id INTEGER PRIMARY KEY, s TEXT NOT NULL UNIQUE);
CREATE TABLE strand(
  id INTEGER PRIMARY KEY, merchant INTEGER NOT NULL, category INTEGER NOT NULL, issuer INTEGER NOT NULL,
  currency INTEGER NOT NULL, kind INTEGER NOT NULL, type INTEGER NOT NULL, status INTEGER NOT NULL,
  channel INTEGER NOT NULL, contact INTEGER NOT NULL, reason INTEGER NOT NULL,
  spent INTEGER NOT NULL DEFAULT 0, refunded INTEGER NOT NULL DEFAULT 0, received INTEGER NOT NULL DEFAULT 0,
  expired INTEGER NOT NULL DEFAULT 0, count INTEGER NOT NULL DEFAULT 0, lines INTEGER NOT NULL DEFAULT 0,
  first INTEGER NOT NULL, last INTEGER NOT NULL,
  UNIQUE(merchant, category, issuer, currency, kind, type, status, channel, contact, reason));
CREATE TABLE tx(
  n INTEGER PRIMARY KEY, at INTEGER NOT NULL, strand INTEGER NOT NULL, amount INTEGER NOT NULL, seq INTEGER NOT NULL,
  id TEXT NOT NULL, settlement INTEGER, ord TEXT, refund_of TEXT, reason TEXT, contact TEXT);
CREATE UNIQUE INDEX tx_id ON tx(id);
` + timeIndex + ";\n" + strandIndex + ";\n" + amountIndex + `;
CREATE INDEX tx_settlement ON tx(settlement, at, n, strand, amount) WHERE settlement IS NOT NULL;
CREATE TABLE loose(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE roll(
  grain INTEGER NOT NULL, dim INTEGER NOT NULL, currency INTEGER NOT NULL, start INTEGER NOT NULL, val INTEGER NOT NULL,
  spent INTEGER NOT NULL, refunded INTEGER NOT NULL, received INTEGER NOT NULL, expired INTEGER NOT NULL,
  count INTEGER NOT NULL, lines INTEGER NOT NULL,
  PRIMARY KEY(grain, dim, currency, start, val)) WITHOUT ROWID;
CREATE TABLE spell(
  strand INTEGER NOT NULL, start INTEGER NOT NULL,
  spent INTEGER NOT NULL, refunded INTEGER NOT NULL, received INTEGER NOT NULL, expired INTEGER NOT NULL,
  count INTEGER NOT NULL, lines INTEGER NOT NULL,
  PRIMARY KEY(strand, start)) WITHOUT ROWID;
CREATE TABLE doc(n INTEGER PRIMARY KEY, sort INTEGER NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE(sort, id));
`, `
CREATE TABLE note(
  kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(kind, key)) WITHOUT ROWID;
`, `
CREATE TABLE file(
  id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, format TEXT NOT NULL,
  rules TEXT NOT NULL, at INTEGER NOT NULL, lines INTEGER NOT NULL, added INTEGER NOT NULL, skipped INTEGER NOT NULL,
  currency TEXT NOT NULL, spent INTEGER NOT NULL, stored INTEGER NOT NULL);
CREATE TABLE claim(file INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY(file, first)) WITHOUT ROWID;
CREATE TABLE imported(
  mark INTEGER NOT NULL, clock INTEGER NOT NULL, n INTEGER NOT NULL, named INTEGER NOT NULL, PRIMARY KEY(mark, clock, n)) WITHOUT ROWID;
CREATE TABLE alias(n INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE INDEX alias_id ON alias(id);
`, `
CREATE TABLE journal(
  key TEXT PRIMARY KEY, act TEXT NOT NULL, at INTEGER NOT NULL, asked BLOB NOT NULL) WITHOUT ROWID;
`, `
ALTER TABLE tx ADD COLUMN original TEXT;
`, `
CREATE TABLE became(
  n INTEGER NOT NULL, file INTEGER NOT NULL, mark INTEGER NOT NULL, clock INTEGER NOT NULL, id TEXT,
  at INTEGER NOT NULL, strand INTEGER NOT NULL, amount INTEGER NOT NULL, ord TEXT, refund_of TEXT, reason TEXT, contact TEXT, original TEXT,
  PRIMARY KEY(n, file)) WITHOUT ROWID;
CREATE INDEX became_id ON became(id) WHERE id IS NOT NULL;
CREATE INDEX became_file ON became(file);
`, `
INSERT OR IGNORE INTO alias SELECT i.n, substr(x.id, 1, 14) FROM imported i JOIN tx x ON x.n=i.n WHERE i.named=0 AND length(x.id)>14;
DROP TABLE imported;
ALTER TABLE became DROP COLUMN mark;
ALTER TABLE became DROP COLUMN clock;
CREATE INDEX became_at ON became(at);
`, `
CREATE TABLE zone(n INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO zone SELECT 1, substr(zone, 1, instr(zone, ' ')-1) FROM meta WHERE zone<>'' AND EXISTS(SELECT 1 FROM file);
ALTER TABLE became ADD COLUMN zone TEXT;
`, `
ALTER TABLE tx ADD COLUMN approval TEXT;
ALTER TABLE became ADD COLUMN approval TEXT;
UPDATE tx SET approval=ord, ord=NULL WHERE seq=-9223372036854775808 AND ord GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]';
UPDATE became SET approval=ord, ord=NULL WHERE ord GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]';
`, `
CREATE TABLE gone(file INTEGER NOT NULL, mark INTEGER NOT NULL);
CREATE INDEX gone_file ON gone(file);
`}

// The sorts of doc.
const (
	docWallet = iota
	docSettlement
	docAlert
	docMandate
	docMeans
	docDispute
)
