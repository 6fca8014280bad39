-- Who asked for a new password. docs/storage.md says what each column is for.
CREATE TABLE password_reset (
    username TEXT COLLATE "C" NOT NULL,
    slot     BIGINT NOT NULL CHECK (slot BETWEEN 0 AND 2),
    asked_at BIGINT NOT NULL,
    api      BIGINT NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    attempt  BIGINT NOT NULL CHECK (attempt >= 0),
    tries    BIGINT NOT NULL CHECK (tries >= 0),
    refused  BIGINT NOT NULL CHECK (refused >= 0),
    due_at   BIGINT,
    ends_at  BIGINT NOT NULL,
    PRIMARY KEY (username, slot)
);

CREATE INDEX password_reset_due ON password_reset (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX password_reset_ends ON password_reset (ends_at);
