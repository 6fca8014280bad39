-- The credential that a reply is kept for, so that the live ones of each are bounded; absent in older rows.
ALTER TABLE kept_reply ADD COLUMN caller BIGINT;
CREATE INDEX kept_reply_caller ON kept_reply (caller, expires_at);
