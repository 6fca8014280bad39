-- How often Apis and credentials may be used; the rates of routes are in their lines.
ALTER TABLE api ADD COLUMN limits TEXT NOT NULL DEFAULT '';
ALTER TABLE credential ADD COLUMN rate TEXT NOT NULL DEFAULT '';

-- The shortest and the longest life of an Api's tokens that can be asked for, and that of an application's tokens; in seconds.
ALTER TABLE api ADD COLUMN token_least INTEGER;
ALTER TABLE api ADD COLUMN token_most INTEGER;
ALTER TABLE application ADD COLUMN token_life INTEGER;
