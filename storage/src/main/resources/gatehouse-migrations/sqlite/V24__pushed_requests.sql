-- Authorization requests that clients pushed, and what Apis require of all their clients. docs/storage.md says what
-- each column is for.
ALTER TABLE api ADD COLUMN clients TEXT NOT NULL DEFAULT '';

CREATE TABLE pushed_request (
    digest      BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    pepper      INTEGER NOT NULL,
    api         INTEGER NOT NULL,
    application INTEGER NOT NULL,
    parameters  TEXT NOT NULL CHECK (length(parameters) <= 4096),
    used        INTEGER NOT NULL CHECK (used IN (0, 1)),
    dies_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX pushed_request_waiting ON pushed_request (application, dies_at) WHERE NOT used;
CREATE INDEX pushed_request_over ON pushed_request (dies_at);
