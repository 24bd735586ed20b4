-- Who may act for a person and what they have asked for. Secrets lie sealed or as digests; accepted codes lie nowhere.

-- +goose Up
ALTER TABLE users ADD COLUMN account TEXT; -- the id that devices know; made with the first of them
CREATE UNIQUE INDEX users_account ON users (account);

CREATE TABLE devices (
  id      TEXT PRIMARY KEY,
  owner   INTEGER NOT NULL REFERENCES users (id),
  name    TEXT NOT NULL,
  store   TEXT NOT NULL, -- keyring, file
  state   TEXT NOT NULL CHECK (state IN ('pending', 'active', 'blocked', 'revoked')),
  jwk     BLOB NOT NULL,
  jkt     TEXT NOT NULL,
  secret  BLOB, -- K, sealed; gone once the device can do nothing any more
  next    BLOB, -- the K of a new PIN, sealed, until its first use
  renewed TEXT NOT NULL DEFAULT '', -- the act that brought next
  step    INTEGER NOT NULL DEFAULT 0, -- of the last session code that was taken
  fails   INTEGER NOT NULL DEFAULT 0, -- wrong codes in a row
  paused  INTEGER NOT NULL, -- until
  created INTEGER NOT NULL,
  used    INTEGER NOT NULL,
  limited INTEGER NOT NULL, -- moves little until
  dies    INTEGER NOT NULL  -- pending: when it is forgotten
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_of ON devices (owner, created);

-- Tries of the last day that were not found good; each is written before its code is looked at.
CREATE TABLE tries (
  id     INTEGER PRIMARY KEY,
  device TEXT NOT NULL REFERENCES devices (id),
  at     INTEGER NOT NULL
) STRICT;
CREATE INDEX tries_of ON tries (device, at);

CREATE TABLE enrolments (
  id      TEXT PRIMARY KEY,
  owner   INTEGER NOT NULL REFERENCES users (id), -- 0: nobody has that handle
  digest  TEXT NOT NULL, -- of the activation code
  jwk     BLOB NOT NULL,
  jkt     TEXT NOT NULL,
  seal    BLOB NOT NULL, -- the public key for the secret
  name    TEXT NOT NULL,
  store   TEXT NOT NULL,
  act     TEXT NOT NULL, -- device.add
  tries   INTEGER NOT NULL DEFAULT 0,
  granted INTEGER NOT NULL DEFAULT 0, -- 1: another device has approved
  device  TEXT NOT NULL DEFAULT '', -- what it became
  made    INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolments_due ON enrolments (expires);

CREATE TABLE sessions (
  hash    BLOB PRIMARY KEY, -- SHA-256 of the token
  device  TEXT NOT NULL REFERENCES devices (id),
  scope   TEXT NOT NULL CHECK (scope IN ('read', 'act')),
  method  TEXT NOT NULL, -- what opened it: key, totp, authenticator, recovery
  made    INTEGER NOT NULL,
  used    INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of ON sessions (device);

-- What moves value or trust; n places it among the person's changes.
CREATE TABLE acts (
  owner    INTEGER NOT NULL REFERENCES users (id),
  id       TEXT NOT NULL,
  n        INTEGER NOT NULL,
  action   TEXT NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('waiting', 'review', 'going', 'done', 'partly', 'returned', 'canceled', 'lapsed')),
  need     TEXT NOT NULL CHECK (need IN ('none', 'code', 'pin', 'review')),
  reasons  TEXT NOT NULL, -- JSON
  device   TEXT NOT NULL, -- '': any device of the person may confirm it
  made     INTEGER NOT NULL,
  until    INTEGER NOT NULL,
  ended    INTEGER NOT NULL,
  amount   INTEGER NOT NULL,
  fee      INTEGER NOT NULL,
  currency TEXT NOT NULL,
  quote    TEXT NOT NULL,
  subject  TEXT NOT NULL, -- JSON
  detail   BLOB, -- what the action needs to be carried out; gone once it is over
  receipt  TEXT NOT NULL DEFAULT '',
  jws      TEXT NOT NULL DEFAULT '',
  key      TEXT, -- Idempotency-Key; it stays for ever, since a forgotten one would pay twice
  request  BLOB, -- SHA-256 of what was asked with it
  PRIMARY KEY (owner, id),
  UNIQUE (owner, key)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX acts_at ON acts (owner, made, n);
CREATE INDEX acts_due ON acts (owner, until) WHERE state IN ('waiting', 'review');

CREATE TABLE challenges (
  id      TEXT PRIMARY KEY,
  owner   INTEGER NOT NULL,
  act     TEXT NOT NULL,
  device  TEXT NOT NULL REFERENCES devices (id),
  need    TEXT NOT NULL,
  bytes   BLOB NOT NULL,
  state   TEXT NOT NULL CHECK (state IN ('open', 'used', 'dead')),
  tries   INTEGER NOT NULL DEFAULT 0 CHECK (tries <= 3),
  made    INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  FOREIGN KEY (owner, act) REFERENCES acts (owner, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX challenges_open ON challenges (owner, act) WHERE state = 'open';
CREATE INDEX challenges_of ON challenges (device) WHERE state = 'open';
CREATE INDEX challenges_made ON challenges (made);

-- For whom the secret of a confirmed act is sealed, until its first use.
CREATE TABLE seals (
  owner INTEGER NOT NULL,
  act   TEXT NOT NULL,
  seal  BLOB NOT NULL,
  PRIMARY KEY (owner, act),
  FOREIGN KEY (owner, act) REFERENCES acts (owner, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE authenticators (
  owner  INTEGER PRIMARY KEY REFERENCES users (id),
  secret BLOB NOT NULL, -- sealed
  act    TEXT NOT NULL, -- authenticator.add
  ready  INTEGER NOT NULL DEFAULT 0, -- 1: a first code has shown that the app has it
  step   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE recovery_codes (
  owner  INTEGER NOT NULL REFERENCES users (id),
  digest TEXT NOT NULL,
  PRIMARY KEY (owner, digest)
) STRICT, WITHOUT ROWID;

-- Each person's log is a chain: hash = SHA-256 over the hash before and all of the row. What happened in particular stands
-- apart with a salt, so that it can be erased and the chain still holds.
CREATE TABLE audit (
  owner  INTEGER NOT NULL REFERENCES users (id),
  n      INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  what   TEXT NOT NULL,
  digest BLOB NOT NULL, -- SHA-256 of salt and detail
  hash   BLOB NOT NULL,
  PRIMARY KEY (owner, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_details (
  owner  INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  salt   BLOB NOT NULL,
  detail TEXT NOT NULL, -- JSON
  PRIMARY KEY (owner, n),
  FOREIGN KEY (owner, n) REFERENCES audit (owner, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the log is immutable'); END;
CREATE TRIGGER audit_lasts BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the log is immutable'); END;
CREATE TRIGGER audit_details_stay BEFORE UPDATE ON audit_details BEGIN SELECT RAISE(ABORT, 'the log is immutable'); END;

-- As in the first migration: those of a person who has been here for years.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('devices', 'devices', '10000 1'), ('devices', 'devices_of', '10000 5 1'), ('tries', 'tries_of', '1000 5 1'),
  ('enrolments', 'enrolments', '1000 1'), ('enrolments', 'enrolments_due', '1000 2'),
  ('sessions', 'sessions', '10000 1'), ('sessions', 'sessions_of', '10000 2'),
  ('acts', 'acts', '100000 1000 1'), ('acts', 'sqlite_autoindex_acts_2', '100000 1000 1'), ('acts', 'acts_at', '100000 1000 2 1'), ('acts', 'acts_due', '1000 2 1'),
  ('challenges', 'challenges', '10000 1'), ('challenges', 'challenges_open', '100 2 1'), ('challenges', 'challenges_of', '100 2'), ('challenges', 'challenges_made', '10000 2'),
  ('seals', 'seals', '100 1 1'), ('recovery_codes', 'recovery_codes', '10000 10 1'), ('audit', 'audit', '100000 1000 1'), ('audit_details', 'audit_details', '100000 1000 1');
ANALYZE sqlite_schema;
