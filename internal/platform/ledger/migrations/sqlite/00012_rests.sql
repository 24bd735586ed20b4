-- What is given back of a charge after a part of it was.

-- +goose Up
-- A charge is given back once, wholly or in part (reverses); a dispute of it can give back what that left, once.
ALTER TABLE transfers ADD COLUMN rest_of TEXT; -- the transfer whose rest this gives back
CREATE UNIQUE INDEX transfers_rest ON transfers (owner, rest_of) WHERE rest_of IS NOT NULL;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('transfers', 'transfers_rest', '1000 1000 1');
ANALYZE sqlite_schema; -- reads it
