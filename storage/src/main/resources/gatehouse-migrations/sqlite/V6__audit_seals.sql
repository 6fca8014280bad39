-- Seals over the audit trail, what searches it, and the keys that sign seals. docs/storage.md says what each column is for.

CREATE TABLE audit_seal (
    number         INTEGER NOT NULL PRIMARY KEY,
    at             INTEGER NOT NULL,
    first_position INTEGER NOT NULL,
    last_position  INTEGER NOT NULL,
    row_count      INTEGER NOT NULL,
    entries        BLOB    NOT NULL,
    root           BLOB    NOT NULL,
    previous       BLOB    NOT NULL,
    signature      TEXT    NOT NULL
) STRICT;

ALTER TABLE audit ADD COLUMN seal INTEGER;

CREATE INDEX audit_unsealed ON audit (position) WHERE seal IS NULL;
CREATE INDEX audit_seal_rows ON audit (seal, position) WHERE seal IS NOT NULL;
CREATE INDEX audit_at ON audit (at, position);
CREATE INDEX audit_organization ON audit (organization, at, position);
CREATE INDEX audit_actor_organization ON audit (actor_organization, at, position) WHERE actor_organization IS NOT NULL;
CREATE INDEX audit_actor_application ON audit (actor_application, at, position) WHERE actor_application IS NOT NULL;
CREATE INDEX audit_actor_credential ON audit (actor_credential, at, position) WHERE actor_credential IS NOT NULL;
CREATE INDEX audit_verb ON audit (verb, at, position);
CREATE INDEX audit_target ON audit (target, at, position) WHERE target IS NOT NULL;

-- SQLite changes no CHECK of a table that is there, so the table is made anew.
CREATE TABLE stored_key_next (
    id           INTEGER NOT NULL PRIMARY KEY,
    api          INTEGER REFERENCES api (id),
    purpose      TEXT    NOT NULL CHECK (purpose IN ('sign', 'assert', 'seal', 'audit')),
    algorithm    TEXT    NOT NULL CHECK (length(algorithm) BETWEEN 1 AND 40),
    state        TEXT    NOT NULL CHECK (state IN ('prepared', 'active', 'retired', 'withdrawn')),
    public_part  TEXT    NOT NULL,
    encrypted    BLOB    NOT NULL,
    created_at   INTEGER NOT NULL,
    activated_at INTEGER,
    retired_at   INTEGER,
    version      INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0)
) STRICT;

INSERT INTO stored_key_next (id, api, purpose, algorithm, state, public_part, encrypted, created_at, activated_at, retired_at, version)
SELECT id, api, purpose, algorithm, state, public_part, encrypted, created_at, activated_at, retired_at, version FROM stored_key;

DROP TABLE stored_key;
ALTER TABLE stored_key_next RENAME TO stored_key;

CREATE UNIQUE INDEX stored_key_active ON stored_key (api, purpose) WHERE state = 'active' AND api IS NOT NULL;
CREATE UNIQUE INDEX stored_key_active_of_all ON stored_key (purpose) WHERE state = 'active' AND api IS NULL;
CREATE UNIQUE INDEX stored_key_prepared ON stored_key (api, purpose) WHERE state = 'prepared' AND api IS NOT NULL;
CREATE UNIQUE INDEX stored_key_prepared_of_all ON stored_key (purpose) WHERE state = 'prepared' AND api IS NULL;
