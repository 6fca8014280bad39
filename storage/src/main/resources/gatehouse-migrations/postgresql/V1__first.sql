-- Ids: the random 64 bits with the top bit flipped, so that their order here is their unsigned order. Times: microseconds since 1970.
-- docs/storage.md says what each table and column is for.

CREATE TABLE meta (
    name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE organization (
    id         BIGINT NOT NULL PRIMARY KEY,
    parent     BIGINT REFERENCES organization (id),
    depth      BIGINT NOT NULL CHECK (depth BETWEEN 1 AND 8),
    name       TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    holds      BIGINT NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked    BOOLEAN NOT NULL,
    generation BIGINT NOT NULL CHECK (generation >= 0),
    not_before BIGINT,
    expires_at BIGINT,
    version    BIGINT NOT NULL CHECK (version >= 0),
    created_at BIGINT NOT NULL,
    CHECK ((parent IS NULL) = (depth = 1)),
    CHECK (parent IS NOT NULL OR (holds = 0 AND NOT revoked AND not_before IS NULL AND expires_at IS NULL)),
    UNIQUE (parent, name)
);

CREATE UNIQUE INDEX organization_root ON organization (depth) WHERE depth = 1;
CREATE INDEX organization_children ON organization (parent, id);

CREATE TABLE role (
    id           BIGINT NOT NULL PRIMARY KEY,
    organization BIGINT NOT NULL REFERENCES organization (id),
    name         TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    rights       TEXT COLLATE "C" NOT NULL,
    built_in     BOOLEAN NOT NULL,
    version      BIGINT NOT NULL CHECK (version >= 0),
    UNIQUE (organization, name)
);

CREATE UNIQUE INDEX role_built_in ON role (organization) WHERE built_in;
CREATE INDEX role_list ON role (organization, id);

CREATE TABLE application (
    id           BIGINT NOT NULL PRIMARY KEY,
    organization BIGINT NOT NULL REFERENCES organization (id),
    client_id    TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(client_id) BETWEEN 1 AND 200),
    name         TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    role         BIGINT REFERENCES role (id),
    credentials  BIGINT NOT NULL CHECK (credentials BETWEEN 0 AND 1000),
    holds        BIGINT NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      BOOLEAN NOT NULL,
    generation   BIGINT NOT NULL CHECK (generation >= 0),
    not_before   BIGINT,
    expires_at   BIGINT,
    version      BIGINT NOT NULL CHECK (version >= 0),
    created_at   BIGINT NOT NULL,
    UNIQUE (organization, name),
    UNIQUE (id, organization)
);

CREATE INDEX application_list ON application (organization, id);

CREATE TABLE credential (
    id           BIGINT NOT NULL PRIMARY KEY,
    application  BIGINT NOT NULL,
    organization BIGINT NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL CHECK (kind IN ('api_key', 'secret')),
    name         TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    hint         TEXT COLLATE "C" NOT NULL CHECK (length(hint) <= 200),
    pepper       BIGINT NOT NULL,
    digest       BYTEA NOT NULL CHECK (length(digest) = 32),
    whole_role   BOOLEAN NOT NULL,
    rights       TEXT COLLATE "C" NOT NULL,
    addresses    TEXT COLLATE "C" NOT NULL,
    apis         TEXT COLLATE "C" NOT NULL,
    holds        BIGINT NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      BOOLEAN NOT NULL,
    generation   BIGINT NOT NULL CHECK (generation >= 0),
    not_before   BIGINT,
    expires_at   BIGINT,
    version      BIGINT NOT NULL CHECK (version >= 0),
    created_at   BIGINT NOT NULL,
    FOREIGN KEY (application, organization) REFERENCES application (id, organization),
    CHECK (NOT whole_role OR rights = '')
);

CREATE INDEX credential_list ON credential (application, id);

CREATE TABLE api (
    id              BIGINT NOT NULL PRIMARY KEY,
    organization    BIGINT NOT NULL REFERENCES organization (id),
    name            TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
    audience        TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(audience) BETWEEN 1 AND 1000),
    issuer          TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(issuer) BETWEEN 1 AND 1000),
    listener        TEXT COLLATE "C",
    hosts           TEXT COLLATE "C" NOT NULL,
    key_header      TEXT COLLATE "C",
    token_format    TEXT COLLATE "C" NOT NULL CHECK (token_format IN ('jwt', 'sealed')),
    token_algorithm TEXT COLLATE "C" NOT NULL CHECK (token_algorithm IN ('ES256', 'RS256', 'EdDSA')),
    token_life      BIGINT NOT NULL CHECK (token_life BETWEEN 1 AND 86400),
    upstream        TEXT COLLATE "C",
    catalogue       TEXT COLLATE "C" NOT NULL,
    routes          TEXT COLLATE "C" NOT NULL,
    version         BIGINT NOT NULL CHECK (version >= 0)
);

CREATE TABLE stored_key (
    id           BIGINT NOT NULL PRIMARY KEY,
    api          BIGINT REFERENCES api (id),
    purpose      TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('sign', 'assert', 'seal')),
    algorithm    TEXT COLLATE "C" NOT NULL CHECK (length(algorithm) BETWEEN 1 AND 40),
    state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('prepared', 'active', 'retired', 'withdrawn')),
    public_part  TEXT COLLATE "C" NOT NULL,
    encrypted    BYTEA NOT NULL,
    created_at   BIGINT NOT NULL,
    activated_at BIGINT,
    retired_at   BIGINT
);

CREATE UNIQUE INDEX stored_key_active ON stored_key (api, purpose) WHERE state = 'active' AND api IS NOT NULL;
CREATE UNIQUE INDEX stored_key_active_of_all ON stored_key (purpose) WHERE state = 'active' AND api IS NULL;

CREATE TABLE dead (
    kind       TEXT COLLATE "C" NOT NULL,
    id         BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE INDEX dead_expiry ON dead (expires_at);

CREATE TABLE audit (
    position           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id                 BIGINT NOT NULL UNIQUE,
    at                 BIGINT NOT NULL,
    request_id         TEXT COLLATE "C" NOT NULL,
    actor_part         TEXT COLLATE "C",
    actor_organization BIGINT,
    actor_application  BIGINT,
    actor_credential   BIGINT,
    verb               TEXT COLLATE "C" NOT NULL,
    organization       BIGINT,
    target_kind        TEXT COLLATE "C",
    target             BIGINT,
    detail             TEXT COLLATE "C" NOT NULL,
    mac                BYTEA NOT NULL CHECK (length(mac) = 32),
    CHECK ((actor_part IS NULL) = (actor_credential IS NOT NULL)),
    CHECK ((target_kind IS NULL) = (target IS NULL))
);

-- Read by snapshot difference, never by a sequence.
CREATE TABLE change (
    txid BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    kind TEXT COLLATE "C" NOT NULL,
    id   BIGINT NOT NULL,
    at   BIGINT NOT NULL DEFAULT (CAST(extract(epoch FROM now()) * 1000000 AS bigint))
);

CREATE INDEX change_txid ON change (txid);
CREATE INDEX change_at ON change (at);

CREATE TABLE node (
    id      BIGINT NOT NULL PRIMARY KEY,
    boot    BIGINT NOT NULL,
    beat    BIGINT NOT NULL,
    applied TEXT COLLATE "C" NOT NULL,
    state   TEXT COLLATE "C" NOT NULL CHECK (state IN ('live', 'out', 'left')),
    version BIGINT NOT NULL
);
