-- How value leaves: quotes, holds on lots, and the legs that carry it out. Amounts are minor units, instants Unix milliseconds.

-- +goose Up
-- A quote is used once, by the act that names it, and never repriced.
CREATE TABLE quotes (
  owner    INTEGER NOT NULL REFERENCES users (id),
  id       TEXT NOT NULL,
  at       INTEGER NOT NULL,
  expires  INTEGER NOT NULL,
  amount   INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  version  TEXT NOT NULL, -- of the catalogue
  plans    TEXT NOT NULL, -- JSON: the plans of the contract
  used_by  TEXT,          -- the act
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX quotes_used ON quotes (owner, used_by) WHERE used_by IS NOT NULL;
CREATE INDEX quotes_old ON quotes (owner, expires) WHERE used_by IS NULL;

-- The outbox: a row here is what a partner is told, and its id is the partner's key. next is when it has to be seen to.
CREATE TABLE legs (
  id          TEXT PRIMARY KEY,
  owner       INTEGER NOT NULL REFERENCES users (id),
  act         TEXT NOT NULL,
  n           INTEGER NOT NULL,
  rail        TEXT NOT NULL,
  nature      TEXT NOT NULL,
  payee       TEXT NOT NULL,
  payee_id    TEXT NOT NULL,
  destination TEXT NOT NULL DEFAULT '',
  amount      INTEGER NOT NULL,
  fee         INTEGER NOT NULL,
  fee_name    TEXT NOT NULL DEFAULT '',
  currency    TEXT NOT NULL,
  seconds     INTEGER NOT NULL, -- that its rail takes
  state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'going', 'asking', 'done', 'returned')),
  made        INTEGER NOT NULL,
  due         INTEGER,          -- when it should arrive
  ended       INTEGER,
  failure     TEXT NOT NULL DEFAULT '',
  tries       INTEGER NOT NULL DEFAULT 0, -- how often the partner was told or asked
  next        INTEGER,
  UNIQUE (owner, act, n),
  FOREIGN KEY (owner, act) REFERENCES acts (owner, id) DEFERRABLE INITIALLY DEFERRED, -- an act that needs nothing is carried out as it is made
  CHECK (fee >= 0 AND amount > fee),
  CHECK ((state IN ('done', 'returned')) = (ended IS NOT NULL)),
  CHECK (next IS NULL OR ended IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX legs_next ON legs (next) WHERE next IS NOT NULL;
CREATE INDEX legs_made ON legs (owner, made);

-- What a leg holds, until it moves once: to posted or to freed. Its id is the leg's.
CREATE TABLE holds (
  id       TEXT PRIMARY KEY REFERENCES legs (id),
  owner    INTEGER NOT NULL REFERENCES users (id),
  amount   INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  state    TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'posted', 'freed')),
  at       INTEGER NOT NULL,
  ended    INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX holds_open ON holds (owner) WHERE state = 'open';

CREATE TABLE hold_lots (
  hold    TEXT NOT NULL REFERENCES holds (id),
  n       INTEGER NOT NULL, -- the order in which the plan draws
  owner   INTEGER NOT NULL,
  lot     TEXT NOT NULL,
  account INTEGER NOT NULL REFERENCES accounts (id),
  amount  INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (hold, n),
  FOREIGN KEY (owner, lot) REFERENCES lots (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_lots_lot ON hold_lots (owner, lot);

-- A lot that comes back after its time lapses when it comes back, not before.
ALTER TABLE lots ADD COLUMN freed INTEGER;
-- The hold that a transfer posts. One hold can post lots of several accounts, each as a transfer with an id made of the hold's.
ALTER TABLE transfers ADD COLUMN hold TEXT;
CREATE INDEX transfers_hold ON transfers (owner, hold) WHERE hold IS NOT NULL;

-- What the simulated partner behind the rails knows. It is another system: nothing above refers to it, and no transaction spans both.
CREATE TABLE partner_orders (
  id       TEXT PRIMARY KEY, -- the leg's
  rail     TEXT NOT NULL,
  payee_id TEXT NOT NULL,
  amount   INTEGER NOT NULL,
  currency TEXT NOT NULL,
  received INTEGER NOT NULL,
  ends     INTEGER NOT NULL,
  refusal  TEXT NOT NULL DEFAULT '', -- why it does not pay; '' if it does
  told     INTEGER NOT NULL, -- how often it was sent the order
  heard    INTEGER NOT NULL  -- 0: all it was sent was lost on the way
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('quotes', 'quotes', '1000 1000 1'), ('quotes', 'quotes_used', '1000 1000 1'), ('quotes', 'quotes_old', '100 100 2'),
  ('legs', 'legs', '20000 1'), ('legs', 'sqlite_autoindex_legs_2', '20000 2000 2 1'), ('legs', 'legs_next', '1000 2'), ('legs', 'legs_made', '20000 2000 2'),
  ('holds', 'holds', '20000 1'), ('holds', 'holds_open', '100 10'),
  ('hold_lots', 'hold_lots', '40000 2 1'), ('hold_lots', 'hold_lots_lot', '40000 2000 2'),
  ('transfers', 'transfers_hold', '20000 20000 2'), ('partner_orders', 'partner_orders', '20000 1');
ANALYZE sqlite_schema; -- reads them

-- Down to one state and no further.
CREATE TRIGGER holds_once BEFORE UPDATE ON holds WHEN OLD.state <> 'open' BEGIN SELECT RAISE(ABORT, 'a hold moves once'); END;
CREATE TRIGGER holds_last BEFORE DELETE ON holds BEGIN SELECT RAISE(ABORT, 'holds stay'); END;
CREATE TRIGGER hold_lots_stay BEFORE UPDATE ON hold_lots BEGIN SELECT RAISE(ABORT, 'holds stay'); END;
CREATE TRIGGER hold_lots_last BEFORE DELETE ON hold_lots BEGIN SELECT RAISE(ABORT, 'holds stay'); END;
CREATE TRIGGER legs_last BEFORE DELETE ON legs BEGIN SELECT RAISE(ABORT, 'legs stay'); END;
CREATE TRIGGER legs_ended BEFORE UPDATE ON legs WHEN OLD.ended IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a leg ends once'); END;
