-- Standing agreements to be charged, with what a person agreed to.

-- +goose Up
CREATE TABLE mandates (
  owner    INTEGER NOT NULL REFERENCES users (id),
  id       TEXT NOT NULL,
  seq      INTEGER NOT NULL, -- of its last change
  canceled INTEGER NOT NULL, -- -9223372036854775808: it holds
  body     TEXT NOT NULL,    -- JSON: all else
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('mandates', 'mandates', '1000 20 1');
ANALYZE sqlite_schema; -- reads it
