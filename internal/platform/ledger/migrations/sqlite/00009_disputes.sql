-- Charges that a person wants back. Instants are Unix milliseconds; -9223372036854775808 is none.

-- +goose Up
-- next is when it has to be seen to; NULL once it has ended.
CREATE TABLE disputes (
  owner    INTEGER NOT NULL REFERENCES users (id),
  id       TEXT NOT NULL,
  transfer TEXT NOT NULL,
  reason   TEXT NOT NULL,
  note     TEXT NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('open', 'examined', 'refunded', 'refused', 'withdrawn')),
  opened   INTEGER NOT NULL,
  deadline INTEGER NOT NULL,
  ended    INTEGER,
  refund   TEXT,
  next     INTEGER,
  tries    INTEGER NOT NULL DEFAULT 0, -- how often the merchant was asked in vain
  key      TEXT,
  request  BLOB,
  PRIMARY KEY (owner, id),
  FOREIGN KEY (owner, transfer) REFERENCES transfers (owner, id),
  FOREIGN KEY (owner, refund) REFERENCES transfers (owner, id),
  CHECK ((state IN ('open', 'examined')) = (ended IS NULL)),
  CHECK ((ended IS NULL) = (next IS NOT NULL)),
  CHECK ((state = 'refunded') = (refund IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX disputes_once ON disputes (owner, transfer); -- for good: what was refused or withdrawn is not opened again
CREATE UNIQUE INDEX disputes_refund ON disputes (owner, refund) WHERE refund IS NOT NULL;
CREATE UNIQUE INDEX disputes_key ON disputes (owner, key) WHERE key IS NOT NULL;
CREATE INDEX disputes_next ON disputes (next) WHERE next IS NOT NULL;

-- What happened to a dispute, in order.
CREATE TABLE dispute_steps (
  owner   INTEGER NOT NULL,
  dispute TEXT NOT NULL,
  n       INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  who     TEXT NOT NULL CHECK (who IN ('you', 'merchant', 'platform')),
  what    TEXT NOT NULL,
  PRIMARY KEY (owner, dispute, n),
  FOREIGN KEY (owner, dispute) REFERENCES disputes (owner, id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('disputes', 'disputes', '10000 20 1'), ('disputes', 'disputes_once', '10000 20 1'), ('disputes', 'disputes_refund', '5000 20 1'),
  ('disputes', 'disputes_key', '10000 20 1'), ('disputes', 'disputes_next', '1000 2'), ('dispute_steps', 'dispute_steps', '40000 80 4 1');
ANALYZE sqlite_schema; -- reads them

-- A dispute ends once, and what happened stays.
CREATE TRIGGER disputes_ended BEFORE UPDATE ON disputes WHEN OLD.ended IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a dispute ends once'); END;
CREATE TRIGGER disputes_last BEFORE DELETE ON disputes BEGIN SELECT RAISE(ABORT, 'disputes stay'); END;
CREATE TRIGGER dispute_steps_stay BEFORE UPDATE ON dispute_steps BEGIN SELECT RAISE(ABORT, 'what happened stays'); END;
CREATE TRIGGER dispute_steps_last BEFORE DELETE ON dispute_steps BEGIN SELECT RAISE(ABORT, 'what happened stays'); END;
