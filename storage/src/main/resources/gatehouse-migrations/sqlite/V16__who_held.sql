-- How far up the organization is that set the hold `owner`: only it and those above it lift that one. A release that
-- does not know leaves it out, and whoever sees the member lifts the hold.
ALTER TABLE organization ADD COLUMN held_depth INTEGER CHECK (held_depth BETWEEN 1 AND 8);
ALTER TABLE application ADD COLUMN held_depth INTEGER CHECK (held_depth BETWEEN 1 AND 8);
ALTER TABLE credential ADD COLUMN held_depth INTEGER CHECK (held_depth BETWEEN 1 AND 8);
ALTER TABLE customer ADD COLUMN held_depth INTEGER CHECK (held_depth BETWEEN 1 AND 8);
ALTER TABLE person ADD COLUMN held_depth INTEGER CHECK (held_depth BETWEEN 1 AND 8);
ALTER TABLE membership ADD COLUMN held_depth INTEGER CHECK (held_depth BETWEEN 1 AND 8);
