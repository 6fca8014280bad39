-- Keys that sign ID tokens and other answers to clients, with PS256. docs/storage.md says what each column is for.

ALTER TABLE stored_key DROP CONSTRAINT stored_key_purpose_check;
ALTER TABLE stored_key ADD CONSTRAINT stored_key_purpose_check
    CHECK (purpose IN ('sign', 'identify', 'identify_ec', 'identify_ps', 'assert', 'seal', 'audit'));

-- When clients that registered themselves were last used.
ALTER TABLE registered_client ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;
UPDATE registered_client SET used_at = taken_at;
CREATE INDEX registered_client_used ON registered_client (api, used_at);
