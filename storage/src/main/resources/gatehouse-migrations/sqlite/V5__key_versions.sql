-- Ciphertexts are bound to every column of their row from now on. No release made keys that are not: they are ended,
-- and the next start draws others.
ALTER TABLE stored_key ADD COLUMN version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0);
UPDATE stored_key SET state = 'withdrawn', encrypted = X'';
CREATE UNIQUE INDEX stored_key_prepared ON stored_key (api, purpose) WHERE state = 'prepared' AND api IS NOT NULL;
CREATE UNIQUE INDEX stored_key_prepared_of_all ON stored_key (purpose) WHERE state = 'prepared' AND api IS NULL;
