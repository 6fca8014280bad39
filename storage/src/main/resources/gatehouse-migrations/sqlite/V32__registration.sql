-- Who may register clients, and what is kept of those that did. docs/storage.md says what each column is for.
ALTER TABLE api ADD COLUMN registration TEXT NOT NULL DEFAULT '';

CREATE TABLE initial_token (
    api        INTEGER NOT NULL,
    name       TEXT NOT NULL,
    digest     BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    pepper     INTEGER NOT NULL,
    uses       INTEGER NOT NULL CHECK (uses >= 0),
    dies_at    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (api, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE registered_client (
    application INTEGER NOT NULL PRIMARY KEY,
    api         INTEGER NOT NULL,
    digest      BLOB CHECK (length(digest) = 32),
    pepper      INTEGER,
    metadata    TEXT NOT NULL,
    taken_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX registered_client_of_api ON registered_client (api);

CREATE TABLE registration_turn (
    api   INTEGER NOT NULL PRIMARY KEY,
    turns INTEGER NOT NULL CHECK (turns > 0)
) STRICT, WITHOUT ROWID;
