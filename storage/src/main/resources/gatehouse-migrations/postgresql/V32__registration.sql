-- Who may register clients, and what is kept of those that did. docs/storage.md says what each column is for.
ALTER TABLE api ADD COLUMN registration TEXT NOT NULL DEFAULT '';

CREATE TABLE initial_token (
    api        BIGINT NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    digest     BYTEA NOT NULL UNIQUE CHECK (length(digest) = 32),
    pepper     BIGINT NOT NULL,
    uses       BIGINT NOT NULL CHECK (uses >= 0),
    dies_at    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (api, name)
);

CREATE TABLE registered_client (
    application BIGINT NOT NULL PRIMARY KEY,
    api         BIGINT NOT NULL,
    digest      BYTEA CHECK (length(digest) = 32),
    pepper      BIGINT,
    metadata    TEXT COLLATE "C" NOT NULL,
    taken_at    BIGINT NOT NULL
);

CREATE INDEX registered_client_of_api ON registered_client (api);

CREATE TABLE registration_turn (
    api   BIGINT NOT NULL PRIMARY KEY,
    turns BIGINT NOT NULL CHECK (turns > 0)
);
