-- Signed heads of the logs. Whoever cut a log short or wrote it anew would have to take them back too, from those who saw them.

-- +goose Up
CREATE TABLE heads (
  owner INTEGER NOT NULL REFERENCES users (id),
  n     INTEGER NOT NULL, -- of the line that it is the head of
  at    INTEGER NOT NULL,
  hash  BLOB NOT NULL,    -- of that line
  note  BLOB NOT NULL,
  PRIMARY KEY (owner, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER heads_stay BEFORE UPDATE ON heads BEGIN SELECT RAISE(ABORT, 'heads are immutable'); END;
CREATE TRIGGER heads_last BEFORE DELETE ON heads BEGIN SELECT RAISE(ABORT, 'heads are immutable'); END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('heads', 'heads', '10000 100 1');
ANALYZE sqlite_schema; -- reads it
