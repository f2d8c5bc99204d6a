-- A firm may be suspended from the roll and stay on it (law 298/1974, art. 21).
ALTER TABLE firms ADD COLUMN suspended_from text; -- civil date
ALTER TABLE firms ADD COLUMN suspended_until text; -- civil date, the last day; until further notice when absent
CREATE INDEX firms_suspended ON firms (tenant) WHERE suspended_from IS NOT NULL;
