-- Amounts are minor units; instants are Unix milliseconds; kinds, types and states are the numbers of internal/wallet.
-- Every row belongs to an owner and ids are unique per owner, so one person's ids say nothing about another's.

-- +goose Up
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- The id that tells these books from all others; the first seeding puts its plan's in its place.
INSERT INTO settings (name, value) VALUES ('ledger', lower(hex(randomblob(8))));

-- seq numbers the changes of one person; raising it is also the one lock for all about that person.
CREATE TABLE users (
  id       INTEGER PRIMARY KEY,
  handle   TEXT UNIQUE,
  currency TEXT NOT NULL,
  seq      INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO users (id, handle, currency) VALUES (0, NULL, ''); -- the platform itself

CREATE TABLE tokens (
  hash    BLOB PRIMARY KEY, -- SHA-256 of the token
  owner   INTEGER NOT NULL REFERENCES users (id),
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE issuers (
  owner   INTEGER NOT NULL REFERENCES users (id),
  id      TEXT NOT NULL,
  name    TEXT NOT NULL,
  sector  TEXT NOT NULL,
  contact TEXT NOT NULL,
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;

-- The platform's own accounts keep posted at zero: a cached sum would be a row that everybody writes.
CREATE TABLE accounts (
  id       INTEGER PRIMARY KEY,
  owner    INTEGER NOT NULL REFERENCES users (id),
  class    TEXT NOT NULL, -- value, bill; mint, merchants, fees, rails, breakage
  issuer   TEXT NOT NULL,
  kind     INTEGER NOT NULL,
  currency TEXT NOT NULL,
  guarded  INTEGER NOT NULL CHECK (guarded IN (0, 1)),
  posted   INTEGER NOT NULL DEFAULT 0,
  held     INTEGER NOT NULL DEFAULT 0,
  UNIQUE (owner, class, issuer, kind, currency),
  CHECK (guarded = 0 OR (held >= 0 AND posted >= held))
) STRICT;

CREATE TABLE lots (
  owner     INTEGER NOT NULL,
  id        TEXT NOT NULL,
  account   INTEGER NOT NULL REFERENCES accounts (id),
  origin    TEXT NOT NULL,
  source    TEXT NOT NULL,
  granted   INTEGER NOT NULL CHECK (granted > 0),
  remaining INTEGER NOT NULL,
  held      INTEGER NOT NULL DEFAULT 0,
  received  INTEGER NOT NULL,
  expires   INTEGER NOT NULL, -- 9223372036854775807: never
  PRIMARY KEY (owner, id),
  CHECK (held >= 0 AND remaining >= held AND remaining <= granted)
) STRICT, WITHOUT ROWID;
CREATE INDEX lots_left ON lots (owner, account, expires, received, id) WHERE remaining > 0;
CREATE INDEX lots_due ON lots (owner, expires) WHERE remaining > 0;

CREATE TABLE transfers (
  owner      INTEGER NOT NULL REFERENCES users (id),
  id         TEXT NOT NULL,
  seq        INTEGER NOT NULL,
  act        TEXT NOT NULL, -- grant, spend, charge, give_back, expire, pay
  at         INTEGER NOT NULL,
  type       INTEGER NOT NULL,
  status     INTEGER NOT NULL,
  amount     INTEGER NOT NULL, -- from the person's side
  currency   TEXT NOT NULL,
  issuer     TEXT NOT NULL,
  kind       INTEGER NOT NULL,
  merchant   TEXT NOT NULL DEFAULT '',
  category   TEXT NOT NULL DEFAULT '',
  channel    TEXT NOT NULL DEFAULT '',
  reason     TEXT NOT NULL DEFAULT '',
  contact    TEXT NOT NULL DEFAULT '',
  reference  TEXT NOT NULL DEFAULT '',
  reverses   TEXT, -- the transfer that this gives back
  pays       TEXT, -- the settlement that this pays
  PRIMARY KEY (owner, id),
  UNIQUE (owner, reverses),
  UNIQUE (owner, pays)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX transfers_at ON transfers (owner, at, seq);

CREATE TABLE entries (
  owner    INTEGER NOT NULL,
  transfer TEXT NOT NULL,
  n        INTEGER NOT NULL,
  account  INTEGER NOT NULL REFERENCES accounts (id),
  lot      TEXT,
  amount   INTEGER NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (owner, transfer, n),
  FOREIGN KEY (owner, transfer) REFERENCES transfers (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_lot ON entries (owner, lot) WHERE lot IS NOT NULL;

CREATE TABLE settlements (
  owner      INTEGER NOT NULL REFERENCES users (id),
  id         TEXT NOT NULL,
  seq        INTEGER NOT NULL,
  issuer     TEXT NOT NULL,
  since      INTEGER NOT NULL,
  until      INTEGER NOT NULL, -- exclusive
  due        INTEGER NOT NULL,
  total      INTEGER NOT NULL,
  currency   TEXT NOT NULL,
  count      INTEGER NOT NULL,
  disclosure TEXT NOT NULL, -- JSON
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX settlements_at ON settlements (owner, until, seq);

CREATE TABLE charges (
  owner      INTEGER NOT NULL,
  transfer   TEXT NOT NULL,
  settlement TEXT NOT NULL,
  PRIMARY KEY (owner, transfer),
  FOREIGN KEY (owner, transfer) REFERENCES transfers (owner, id),
  FOREIGN KEY (owner, settlement) REFERENCES settlements (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX charges_of ON charges (owner, settlement);

CREATE TABLE alerts (
  owner    INTEGER NOT NULL REFERENCES users (id),
  id       TEXT NOT NULL,
  seq      INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  body     TEXT NOT NULL, -- JSON
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX alerts_at ON alerts (owner, at, seq);

-- What changed, in order. A thing stands here once per change; its newest line says its seq.
CREATE TABLE events (
  owner INTEGER NOT NULL REFERENCES users (id),
  n     INTEGER NOT NULL,
  what  INTEGER NOT NULL, -- 1 transaction, 2 settlement, 3 alert
  ref   TEXT NOT NULL,
  at    INTEGER NOT NULL,
  PRIMARY KEY (owner, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_of ON events (owner, what, ref, n);

-- Without statistics SQLite takes "owner = ?" for choosy and joins the wrong way round. These are those of a person with
-- 100,000 transactions; each number is how many rows share the first, the first two … columns of the index.
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('accounts', 'sqlite_autoindex_accounts_1', '1000 20 10 3 1 1'),
  ('lots', 'lots', '50000 50000 1'), ('lots', 'lots_left', '500 500 50 2 1 1'), ('lots', 'lots_due', '500 500 2'),
  ('transfers', 'transfers', '100000 100000 1'), ('transfers', 'transfers_at', '100000 100000 2 1'),
  ('transfers', 'sqlite_autoindex_transfers_2', '100000 100000 1'), ('transfers', 'sqlite_autoindex_transfers_3', '100000 100000 1'),
  ('entries', 'entries', '200000 200000 2 1'), ('entries', 'entries_lot', '100000 100000 3'),
  ('settlements', 'settlements', '100 100 1'), ('settlements', 'settlements_at', '100 100 1 1'),
  ('charges', 'charges', '50000 50000 1'), ('charges', 'charges_of', '50000 50000 100'),
  ('alerts', 'alerts', '1000 1000 1'), ('alerts', 'alerts_at', '1000 1000 2 1'),
  ('events', 'events', '200000 200000 1'), ('events', 'events_of', '200000 200000 70000 2 1'),
  ('issuers', 'issuers', '100 20 1');
ANALYZE sqlite_schema; -- reads them

-- What is posted stays: a mistake is put right by another posting.
CREATE TRIGGER transfers_stay BEFORE UPDATE ON transfers BEGIN SELECT RAISE(ABORT, 'transfers are immutable'); END;
CREATE TRIGGER transfers_last BEFORE DELETE ON transfers BEGIN SELECT RAISE(ABORT, 'transfers are immutable'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are immutable'); END;
CREATE TRIGGER entries_last BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are immutable'); END;
CREATE TRIGGER settlements_stay BEFORE UPDATE ON settlements BEGIN SELECT RAISE(ABORT, 'settlements are immutable'); END;
CREATE TRIGGER settlements_last BEFORE DELETE ON settlements BEGIN SELECT RAISE(ABORT, 'settlements are immutable'); END;
CREATE TRIGGER charges_stay BEFORE UPDATE ON charges BEGIN SELECT RAISE(ABORT, 'charges are immutable'); END;
CREATE TRIGGER charges_last BEFORE DELETE ON charges BEGIN SELECT RAISE(ABORT, 'charges are immutable'); END;
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;
CREATE TRIGGER events_last BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;
