-- Connections by private keys and by certificates. docs/storage.md says what each column is for.

-- SQLite changes no CHECK of a table that is there, so the table is made anew.
CREATE TABLE connection_next (
    id               INTEGER NOT NULL PRIMARY KEY,
    organization     INTEGER NOT NULL REFERENCES organization (id),
    platform         TEXT    NOT NULL CHECK (length(platform) BETWEEN 1 AND 40),
    kind             TEXT    NOT NULL
        CHECK (kind IN ('key', 'user', 'oauth_internal', 'oauth_external', 'client_credentials', 'jwt_bearer',
            'certificate')),
    name             TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    health           TEXT    NOT NULL CHECK (health IN ('live', 'needs_reauth')),
    sealed           BLOB    NOT NULL CHECK (length(sealed) > 0),
    credential       INTEGER NOT NULL CHECK (credential >= 1),
    token_expires_at INTEGER,
    fence            INTEGER NOT NULL CHECK (fence >= 0),
    leased_until     INTEGER,
    begun            INTEGER NOT NULL CHECK (begun IN (0, 1)),
    lost             INTEGER NOT NULL CHECK (lost IN (0, 1)),
    retry_at         INTEGER,
    failures         INTEGER NOT NULL CHECK (failures >= 0),
    holds            INTEGER NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked          INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    generation       INTEGER NOT NULL CHECK (generation >= 0),
    not_before       INTEGER,
    expires_at       INTEGER,
    held_depth       INTEGER CHECK (held_depth BETWEEN 1 AND 8),
    version          INTEGER NOT NULL CHECK (version >= 0),
    created_at       INTEGER NOT NULL,
    description      TEXT    NOT NULL DEFAULT '' CHECK (length(description) <= 1000)
) STRICT;

INSERT INTO connection_next (id, organization, platform, kind, name, health, sealed, credential, token_expires_at, fence, leased_until, begun,
    lost, retry_at, failures, holds, revoked, generation, not_before, expires_at, held_depth, version, created_at,
    description)
SELECT id, organization, platform, kind, name, health, sealed, credential, token_expires_at, fence, leased_until, begun,
    lost, retry_at, failures, holds, revoked, generation, not_before, expires_at, held_depth, version, created_at,
    description FROM connection;

DROP TABLE connection;
ALTER TABLE connection_next RENAME TO connection;

CREATE INDEX connection_list ON connection (organization, id);
CREATE INDEX connection_named ON connection (organization, name, id);
CREATE UNIQUE INDEX connection_standing ON connection (organization, name) WHERE NOT revoked;
