-- Whose share of the dead set a token takes: the highest organization above its client but for the provider's own.
-- A release that knows no shares leaves it out, and its tokens take nobody's.
ALTER TABLE dead ADD COLUMN charged_to INTEGER;

CREATE INDEX dead_share ON dead (charged_to, expires_at);
