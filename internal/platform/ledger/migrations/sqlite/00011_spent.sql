-- What of a lot was used at merchants. Amounts are minor units.

-- +goose Up
-- spent is what payments took of a lot for merchants, less what they gave back: terms ask for it, and what lapsed, was sent or paid out is no use.
ALTER TABLE lots ADD COLUMN spent INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0);
UPDATE lots SET spent = coalesce((SELECT -sum(e.amount) FROM entries e CROSS JOIN entries m CROSS JOIN accounts a
  WHERE e.owner = lots.owner AND e.lot = lots.id AND m.owner = e.owner AND m.transfer = e.transfer AND a.id = m.account AND a.class = 'merchants'), 0);
