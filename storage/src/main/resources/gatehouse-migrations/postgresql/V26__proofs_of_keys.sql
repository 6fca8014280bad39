-- Codes and refresh tokens that are bound to a key, and the proofs of keys that are used up. docs/storage.md says what
-- each column is for.
ALTER TABLE user_grant ADD COLUMN jkt TEXT COLLATE "C" CHECK (length(jkt) = 43);

CREATE TABLE used_proof (
    proof      BYTEA NOT NULL PRIMARY KEY CHECK (length(proof) = 32),
    expires_at BIGINT NOT NULL
);

CREATE INDEX used_proof_over ON used_proof (expires_at);
