-- What persons have allowed to go by itself. Amounts are minor units, instants Unix milliseconds; -9223372036854775808 is none.

-- +goose Up
-- wake is when it has to be looked at next, to tell, to go or to end; next is when it goes.
CREATE TABLE autos (
  owner   INTEGER PRIMARY KEY REFERENCES users (id),
  act     TEXT NOT NULL, -- by which it was allowed
  state   TEXT NOT NULL CHECK (state IN ('off', 'on', 'stopped')),
  why     TEXT NOT NULL DEFAULT '', -- auto.why.<word>
  terms   TEXT NOT NULL, -- JSON
  payee   TEXT NOT NULL, -- JSON
  device  TEXT NOT NULL,
  receipt TEXT NOT NULL,
  since   INTEGER NOT NULL,
  until   INTEGER NOT NULL,
  next    INTEGER NOT NULL,
  told    INTEGER NOT NULL, -- the next that the person was told of
  wake    INTEGER,
  last    TEXT NOT NULL DEFAULT '', -- the act that went last
  FOREIGN KEY (owner, act) REFERENCES acts (owner, id),
  CHECK ((state = 'on') = (wake IS NOT NULL))
) STRICT;
CREATE INDEX autos_wake ON autos (wake) WHERE wake IS NOT NULL;

-- Each period that came, once for good: what went, or why nothing did.
CREATE TABLE auto_runs (
  owner  INTEGER NOT NULL REFERENCES users (id),
  period INTEGER NOT NULL, -- the instant it was due
  at     INTEGER NOT NULL,
  act    TEXT, -- NULL: nothing went
  why    TEXT NOT NULL, -- auto.why.<word>
  PRIMARY KEY (owner, period),
  FOREIGN KEY (owner, act) REFERENCES acts (owner, id),
  CHECK ((act IS NULL) = (why <> ''))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX auto_runs_act ON auto_runs (owner, act) WHERE act IS NOT NULL;
CREATE TRIGGER auto_runs_stay BEFORE UPDATE ON auto_runs BEGIN SELECT RAISE(ABORT, 'what went stays'); END;
CREATE TRIGGER auto_runs_last BEFORE DELETE ON auto_runs BEGIN SELECT RAISE(ABORT, 'what went stays'); END;

-- The act by which a person allowed this one; '': they began it themselves.
ALTER TABLE acts ADD COLUMN auto TEXT NOT NULL DEFAULT '';

-- Cash-outs that arrived before these books began.
CREATE TABLE earlier (
  owner       INTEGER NOT NULL REFERENCES users (id),
  rail        TEXT NOT NULL,
  destination TEXT NOT NULL, -- '' where the rail itself is paid
  at          INTEGER NOT NULL,
  amount      INTEGER NOT NULL,
  PRIMARY KEY (owner, rail, destination, at)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('autos', 'autos_wake', '100 1'), ('auto_runs', 'auto_runs', '5000 50 1'), ('auto_runs', 'auto_runs_act', '5000 50 1'), ('earlier', 'earlier', '1000 10 5 5 1');
ANALYZE sqlite_schema; -- reads them
