-- Ids: the random 64 bits with the top bit flipped, so that their order here is their unsigned order. Times: microseconds since 1970.
-- docs/storage.md says what each table and column is for.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE organization (
    id         INTEGER NOT NULL PRIMARY KEY,
    parent     INTEGER REFERENCES organization (id),
    depth      INTEGER NOT NULL CHECK (depth BETWEEN 1 AND 8),
    name       TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    holds      INTEGER NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked    INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    generation INTEGER NOT NULL CHECK (generation >= 0),
    not_before INTEGER,
    expires_at INTEGER,
    version    INTEGER NOT NULL CHECK (version >= 0),
    created_at INTEGER NOT NULL,
    CHECK ((parent IS NULL) = (depth = 1)),
    CHECK (parent IS NOT NULL OR (holds = 0 AND revoked = 0 AND not_before IS NULL AND expires_at IS NULL)),
    UNIQUE (parent, name)
) STRICT;

CREATE UNIQUE INDEX organization_root ON organization (depth) WHERE depth = 1;
CREATE INDEX organization_children ON organization (parent, id);

CREATE TABLE role (
    id           INTEGER NOT NULL PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organization (id),
    name         TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    rights       TEXT    NOT NULL,
    built_in     INTEGER NOT NULL CHECK (built_in IN (0, 1)),
    version      INTEGER NOT NULL CHECK (version >= 0),
    UNIQUE (organization, name)
) STRICT;

CREATE UNIQUE INDEX role_built_in ON role (organization) WHERE built_in;
CREATE INDEX role_list ON role (organization, id);

CREATE TABLE application (
    id           INTEGER NOT NULL PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organization (id),
    client_id    TEXT    NOT NULL UNIQUE CHECK (length(client_id) BETWEEN 1 AND 200),
    name         TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    role         INTEGER REFERENCES role (id),
    credentials  INTEGER NOT NULL CHECK (credentials BETWEEN 0 AND 1000),
    holds        INTEGER NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    generation   INTEGER NOT NULL CHECK (generation >= 0),
    not_before   INTEGER,
    expires_at   INTEGER,
    version      INTEGER NOT NULL CHECK (version >= 0),
    created_at   INTEGER NOT NULL,
    UNIQUE (organization, name),
    UNIQUE (id, organization)
) STRICT;

CREATE INDEX application_list ON application (organization, id);

CREATE TABLE credential (
    id           INTEGER NOT NULL PRIMARY KEY,
    application  INTEGER NOT NULL,
    organization INTEGER NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('api_key', 'secret')),
    name         TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    hint         TEXT    NOT NULL CHECK (length(hint) <= 200),
    pepper       INTEGER NOT NULL,
    digest       BLOB    NOT NULL CHECK (length(digest) = 32),
    whole_role   INTEGER NOT NULL CHECK (whole_role IN (0, 1)),
    rights       TEXT    NOT NULL,
    addresses    TEXT    NOT NULL,
    apis         TEXT    NOT NULL,
    holds        INTEGER NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    generation   INTEGER NOT NULL CHECK (generation >= 0),
    not_before   INTEGER,
    expires_at   INTEGER,
    version      INTEGER NOT NULL CHECK (version >= 0),
    created_at   INTEGER NOT NULL,
    FOREIGN KEY (application, organization) REFERENCES application (id, organization),
    CHECK (whole_role = 0 OR rights = '')
) STRICT;

CREATE INDEX credential_list ON credential (application, id);

CREATE TABLE api (
    id              INTEGER NOT NULL PRIMARY KEY,
    organization    INTEGER NOT NULL REFERENCES organization (id),
    name            TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
    audience        TEXT    NOT NULL UNIQUE CHECK (length(audience) BETWEEN 1 AND 1000),
    issuer          TEXT    NOT NULL UNIQUE CHECK (length(issuer) BETWEEN 1 AND 1000),
    listener        TEXT,
    hosts           TEXT    NOT NULL,
    key_header      TEXT,
    token_format    TEXT    NOT NULL CHECK (token_format IN ('jwt', 'sealed')),
    token_algorithm TEXT    NOT NULL CHECK (token_algorithm IN ('ES256', 'RS256', 'EdDSA')),
    token_life      INTEGER NOT NULL CHECK (token_life BETWEEN 1 AND 86400),
    upstream        TEXT,
    catalogue       TEXT    NOT NULL,
    routes          TEXT    NOT NULL,
    version         INTEGER NOT NULL CHECK (version >= 0)
) STRICT;

CREATE TABLE stored_key (
    id           INTEGER NOT NULL PRIMARY KEY,
    api          INTEGER REFERENCES api (id),
    purpose      TEXT    NOT NULL CHECK (purpose IN ('sign', 'assert', 'seal')),
    algorithm    TEXT    NOT NULL CHECK (length(algorithm) BETWEEN 1 AND 40),
    state        TEXT    NOT NULL CHECK (state IN ('prepared', 'active', 'retired', 'withdrawn')),
    public_part  TEXT    NOT NULL,
    encrypted    BLOB    NOT NULL,
    created_at   INTEGER NOT NULL,
    activated_at INTEGER,
    retired_at   INTEGER
) STRICT;

CREATE UNIQUE INDEX stored_key_active ON stored_key (api, purpose) WHERE state = 'active' AND api IS NOT NULL;
CREATE UNIQUE INDEX stored_key_active_of_all ON stored_key (purpose) WHERE state = 'active' AND api IS NULL;

CREATE TABLE dead (
    kind       TEXT    NOT NULL,
    id         INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX dead_expiry ON dead (expires_at);

CREATE TABLE audit (
    position           INTEGER PRIMARY KEY AUTOINCREMENT,
    id                 INTEGER NOT NULL UNIQUE,
    at                 INTEGER NOT NULL,
    request_id         TEXT    NOT NULL,
    actor_part         TEXT,
    actor_organization INTEGER,
    actor_application  INTEGER,
    actor_credential   INTEGER,
    verb               TEXT    NOT NULL,
    organization       INTEGER,
    target_kind        TEXT,
    target             INTEGER,
    detail             TEXT    NOT NULL,
    mac                BLOB    NOT NULL CHECK (length(mac) = 32),
    CHECK ((actor_part IS NULL) = (actor_credential IS NOT NULL)),
    CHECK ((target_kind IS NULL) = (target IS NULL))
) STRICT;
