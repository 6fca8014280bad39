-- Clients that are told when a person has answered, and whose turn it is to count what waits. docs/storage.md says
-- what each column is for.
CREATE TABLE request_notice (
    code        BLOB NOT NULL PRIMARY KEY CHECK (length(code) = 32),
    code_pepper INTEGER NOT NULL,
    application INTEGER NOT NULL,
    said        BLOB NOT NULL,
    since       INTEGER NOT NULL,
    attempt     INTEGER NOT NULL CHECK (attempt >= 0),
    tries       INTEGER NOT NULL CHECK (tries >= 0),
    due_at      INTEGER,
    ends_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX request_notice_due ON request_notice (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX request_notice_ends ON request_notice (ends_at);

CREATE TABLE device_turn (
    application INTEGER NOT NULL PRIMARY KEY,
    turns       INTEGER NOT NULL CHECK (turns > 0)
) STRICT, WITHOUT ROWID;

-- The codes by which people let clients send them requests.
CREATE TABLE request_code (
    person  INTEGER NOT NULL PRIMARY KEY,
    id      INTEGER NOT NULL,
    digest  BLOB NOT NULL CHECK (length(digest) = 32),
    pepper  INTEGER NOT NULL,
    stretch TEXT NOT NULL,
    since   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
