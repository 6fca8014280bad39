-- Keys that sign ID tokens and other answers to clients, with PS256. docs/storage.md says what each column is for.

-- SQLite changes no CHECK of a table that is there, so the table is made anew.
CREATE TABLE stored_key_next (
    id           INTEGER NOT NULL PRIMARY KEY,
    api          INTEGER REFERENCES api (id),
    purpose      TEXT    NOT NULL CHECK (purpose IN ('sign', 'identify', 'identify_ec', 'identify_ps', 'assert', 'seal', 'audit')),
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

-- When clients that registered themselves were last used.
ALTER TABLE registered_client ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
UPDATE registered_client SET used_at = taken_at;
CREATE INDEX registered_client_used ON registered_client (api, used_at);
