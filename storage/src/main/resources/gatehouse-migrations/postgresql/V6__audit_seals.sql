-- Seals over the audit trail, what searches it, and the keys that sign seals. docs/storage.md says what each column is for.

CREATE TABLE audit_seal (
    number         BIGINT NOT NULL PRIMARY KEY,
    at             BIGINT NOT NULL,
    first_position BIGINT NOT NULL,
    last_position  BIGINT NOT NULL,
    row_count      BIGINT NOT NULL,
    entries        BYTEA  NOT NULL,
    root           BYTEA  NOT NULL,
    previous       BYTEA  NOT NULL,
    signature      TEXT COLLATE "C" NOT NULL
);

ALTER TABLE audit ADD COLUMN seal BIGINT;

CREATE INDEX audit_unsealed ON audit (position) WHERE seal IS NULL;
CREATE INDEX audit_seal_rows ON audit (seal, position) WHERE seal IS NOT NULL;
CREATE INDEX audit_at ON audit (at, position);
CREATE INDEX audit_organization ON audit (organization, at, position);
CREATE INDEX audit_actor_organization ON audit (actor_organization, at, position) WHERE actor_organization IS NOT NULL;
CREATE INDEX audit_actor_application ON audit (actor_application, at, position) WHERE actor_application IS NOT NULL;
CREATE INDEX audit_actor_credential ON audit (actor_credential, at, position) WHERE actor_credential IS NOT NULL;
CREATE INDEX audit_verb ON audit (verb, at, position);
CREATE INDEX audit_target ON audit (target, at, position) WHERE target IS NOT NULL;

ALTER TABLE stored_key DROP CONSTRAINT stored_key_purpose_check;
ALTER TABLE stored_key ADD CONSTRAINT stored_key_purpose_check CHECK (purpose IN ('sign', 'assert', 'seal', 'audit'));
