-- How an Api speaks with its callers: the name of a dialect, lines of a product's name and address, and where calls go
-- that only a test credential opens.
ALTER TABLE api ADD COLUMN dialect TEXT NOT NULL DEFAULT 'oauth' CHECK (length(dialect) BETWEEN 1 AND 63);
ALTER TABLE api ADD COLUMN products TEXT NOT NULL DEFAULT '';
ALTER TABLE api ADD COLUMN test_upstream TEXT;
