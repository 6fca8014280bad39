-- Browsers on their way to a platform and back, and where they may be sent at the end. docs/storage.md says what
-- each column is for.
ALTER TABLE api ADD COLUMN returns TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE TABLE connect_session (
    id               BIGINT NOT NULL PRIMARY KEY,
    organization     BIGINT NOT NULL REFERENCES organization (id),
    api              BIGINT NOT NULL,
    connection       BIGINT NOT NULL,
    again            BOOLEAN NOT NULL,
    platform         TEXT COLLATE "C" NOT NULL CHECK (length(platform) BETWEEN 1 AND 40),
    name             TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    began_by         TEXT COLLATE "C" NOT NULL CHECK (length(began_by) BETWEEN 1 AND 200),
    return_to        TEXT COLLATE "C" NOT NULL,
    state            TEXT COLLATE "C" NOT NULL
        CHECK (state IN ('open', 'started', 'returned', 'ready', 'finished', 'failed')),
    pepper           BIGINT NOT NULL,
    digest           BYTEA NOT NULL UNIQUE CHECK (length(digest) = 32),
    sealed           BYTEA NOT NULL,
    token_expires_at BIGINT,
    created_at       BIGINT NOT NULL,
    dies_at          BIGINT NOT NULL
);

CREATE INDEX connect_session_of_organization ON connect_session (organization, dies_at);
CREATE INDEX connect_session_over ON connect_session (dies_at);
