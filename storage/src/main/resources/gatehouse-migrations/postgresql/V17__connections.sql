CREATE TABLE connection (
    id               BIGINT NOT NULL PRIMARY KEY,
    organization     BIGINT NOT NULL REFERENCES organization (id),
    platform         TEXT COLLATE "C" NOT NULL CHECK (length(platform) BETWEEN 1 AND 40),
    kind             TEXT COLLATE "C" NOT NULL
        CHECK (kind IN ('key', 'user', 'oauth_internal', 'oauth_external', 'client_credentials')),
    name             TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    health           TEXT COLLATE "C" NOT NULL CHECK (health IN ('live', 'needs_reauth')),
    sealed           BYTEA NOT NULL CHECK (length(sealed) > 0),
    credential       BIGINT NOT NULL CHECK (credential >= 1),
    token_expires_at BIGINT,
    fence            BIGINT NOT NULL CHECK (fence >= 0),
    leased_until     BIGINT,
    begun            BOOLEAN NOT NULL,
    lost             BOOLEAN NOT NULL,
    retry_at         BIGINT,
    failures         BIGINT NOT NULL CHECK (failures >= 0),
    holds            BIGINT NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked          BOOLEAN NOT NULL,
    generation       BIGINT NOT NULL CHECK (generation >= 0),
    not_before       BIGINT,
    expires_at       BIGINT,
    held_depth       BIGINT CHECK (held_depth BETWEEN 1 AND 8),
    version          BIGINT NOT NULL CHECK (version >= 0),
    created_at       BIGINT NOT NULL
);

CREATE INDEX connection_list ON connection (organization, id);
CREATE INDEX connection_named ON connection (organization, name, id);
CREATE UNIQUE INDEX connection_standing ON connection (organization, name) WHERE NOT revoked;
