-- What lapsed and can be taken back from breakage. Amounts are minor units.

-- +goose Up
-- lapsed is what breakage has of a lot: what its expiry booked there, less what was taken back for a hold.
ALTER TABLE lots ADD COLUMN lapsed INTEGER NOT NULL DEFAULT 0 CHECK (lapsed >= 0);
UPDATE lots SET lapsed = coalesce((SELECT -sum(e.amount) FROM entries e JOIN transfers t ON t.owner = e.owner AND t.id = e.transfer
  WHERE e.owner = lots.owner AND e.lot = lots.id AND t.act = 'expire'), 0) WHERE expires < 9223372036854775807;
CREATE INDEX lots_lapsed ON lots (owner, origin, received) WHERE lapsed > 0;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('lots', 'lots_lapsed', '1000 500 100 2');
ANALYZE sqlite_schema; -- reads them
