-- Keys that sign ID tokens and other answers to clients, with PS256. docs/storage.md says what each column is for.

ALTER TABLE stored_key DROP CONSTRAINT stored_key_purpose_check;
ALTER TABLE stored_key ADD CONSTRAINT stored_key_purpose_check
    CHECK (purpose IN ('sign', 'identify', 'identify_ec', 'identify_ps', 'assert', 'seal', 'audit'));
