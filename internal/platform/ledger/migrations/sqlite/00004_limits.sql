-- What a person may do, where value may go, and what is usual for them. Amounts are minor units, instants Unix milliseconds.

-- +goose Up
-- Facts and choices of a person. The profile is package risk's bytes: keys, made with the salt, and no names.
CREATE TABLE standings (
  owner    INTEGER PRIMARY KEY REFERENCES users (id),
  joined   INTEGER NOT NULL,
  verified INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
  acts     INTEGER NOT NULL DEFAULT 0, -- done and undisputed before these books began
  level    TEXT NOT NULL DEFAULT 'standard' CHECK (level IN ('standard', 'careful', 'strict')),
  paused   INTEGER NOT NULL, -- until
  why      TEXT NOT NULL DEFAULT '', -- pause.<word>
  salt     BLOB NOT NULL,
  profile  BLOB
) STRICT;

-- What lowers a tier for a while, and of which act.
CREATE TABLE marks (
  owner INTEGER NOT NULL REFERENCES users (id),
  at    INTEGER NOT NULL,
  what  TEXT NOT NULL CHECK (what IN ('dispute', 'pause', 'hold')),
  act   TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, at, what, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_of ON marks (owner, act) WHERE act <> '';

-- Linked payees. A number lies masked and as a salted digest, by which it is known again.
CREATE TABLE destinations (
  owner   INTEGER NOT NULL REFERENCES users (id),
  id      TEXT NOT NULL,
  rail    TEXT NOT NULL,
  name    TEXT NOT NULL,
  number  TEXT NOT NULL,
  digest  BLOB NOT NULL,
  added   INTEGER NOT NULL,
  usable  INTEGER NOT NULL,
  used    INTEGER NOT NULL, -- before these books began; later uses are legs
  removed INTEGER,
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX destinations_once ON destinations (owner, rail, digest) WHERE removed IS NULL;
CREATE INDEX destinations_linked ON destinations (owner, added) WHERE removed IS NULL;

-- What was weighed, and what it met. The trace is there until it is learned from, or is found not to be worth it.
CREATE TABLE attempts (
  owner  INTEGER NOT NULL REFERENCES users (id),
  act    TEXT NOT NULL,
  at     INTEGER NOT NULL,
  points INTEGER NOT NULL,
  policy TEXT NOT NULL, -- version
  trace  TEXT NOT NULL, -- JSON
  state  TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'learned', 'dropped')),
  PRIMARY KEY (owner, act),
  FOREIGN KEY (owner, act) REFERENCES acts (owner, id) DEFERRABLE INITIALLY DEFERRED -- weighed before it is written down
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_open ON attempts (owner) WHERE state = 'open';
CREATE INDEX acts_done ON acts (owner, ended) WHERE action = 'cashout' AND state IN ('done', 'partly');
CREATE INDEX legs_to ON legs (owner, destination) WHERE destination <> '';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('marks', 'marks', '1000 2 1 1 1'), ('marks', 'marks_of', '100 1 1'),
  ('destinations', 'destinations', '5000 5 1'), ('destinations', 'destinations_once', '5000 5 2 1'), ('destinations', 'destinations_linked', '5000 5 1'),
  ('attempts', 'attempts', '100000 1000 1'), ('attempts', 'attempts_open', '1000 2'), ('acts', 'acts_done', '100000 1000 2'), ('legs', 'legs_to', '10000 1000 500');
ANALYZE sqlite_schema; -- reads them
