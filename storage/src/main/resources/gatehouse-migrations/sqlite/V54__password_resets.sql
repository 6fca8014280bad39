-- Who asked for a new password. docs/storage.md says what each column is for.
CREATE TABLE password_reset (
    username TEXT NOT NULL,
    slot     INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 2),
    asked_at INTEGER NOT NULL,
    api      INTEGER NOT NULL,
    language TEXT NOT NULL,
    attempt  INTEGER NOT NULL CHECK (attempt >= 0),
    tries    INTEGER NOT NULL CHECK (tries >= 0),
    refused  INTEGER NOT NULL CHECK (refused >= 0),
    due_at   INTEGER,
    ends_at  INTEGER NOT NULL,
    PRIMARY KEY (username, slot)
) STRICT;

CREATE INDEX password_reset_due ON password_reset (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX password_reset_ends ON password_reset (ends_at);
