-- Browsers on their way to a platform and back, and where they may be sent at the end. docs/storage.md says what
-- each column is for.
ALTER TABLE api ADD COLUMN returns TEXT NOT NULL DEFAULT '';

CREATE TABLE connect_session (
    id               INTEGER NOT NULL PRIMARY KEY,
    organization     INTEGER NOT NULL REFERENCES organization (id),
    api              INTEGER NOT NULL,
    connection       INTEGER NOT NULL,
    again            INTEGER NOT NULL CHECK (again IN (0, 1)),
    platform         TEXT    NOT NULL CHECK (length(platform) BETWEEN 1 AND 40),
    name             TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    began_by         TEXT    NOT NULL CHECK (length(began_by) BETWEEN 1 AND 200),
    return_to        TEXT    NOT NULL,
    state            TEXT    NOT NULL
        CHECK (state IN ('open', 'started', 'returned', 'ready', 'finished', 'failed')),
    pepper           INTEGER NOT NULL,
    digest           BLOB    NOT NULL UNIQUE CHECK (length(digest) = 32),
    sealed           BLOB    NOT NULL,
    token_expires_at INTEGER,
    created_at       INTEGER NOT NULL,
    dies_at          INTEGER NOT NULL
) STRICT;

CREATE INDEX connect_session_of_organization ON connect_session (organization, dies_at);
CREATE INDEX connect_session_over ON connect_session (dies_at);
