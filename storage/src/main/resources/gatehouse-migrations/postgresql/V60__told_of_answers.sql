-- Clients that are told when a person has answered, and whose turn it is to count what waits. docs/storage.md says
-- what each column is for.
CREATE TABLE request_notice (
    code        BYTEA NOT NULL PRIMARY KEY CHECK (length(code) = 32),
    code_pepper BIGINT NOT NULL,
    application BIGINT NOT NULL,
    said        BYTEA NOT NULL,
    since       BIGINT NOT NULL,
    attempt     BIGINT NOT NULL CHECK (attempt >= 0),
    tries       BIGINT NOT NULL CHECK (tries >= 0),
    due_at      BIGINT,
    ends_at     BIGINT NOT NULL
);

CREATE INDEX request_notice_due ON request_notice (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX request_notice_ends ON request_notice (ends_at);

CREATE TABLE device_turn (
    application BIGINT NOT NULL PRIMARY KEY,
    turns       BIGINT NOT NULL CHECK (turns > 0)
);

-- The codes by which people let clients send them requests.
CREATE TABLE request_code (
    person  BIGINT NOT NULL PRIMARY KEY,
    id      BIGINT NOT NULL,
    digest  BYTEA NOT NULL CHECK (length(digest) = 32),
    pepper  BIGINT NOT NULL,
    stretch TEXT COLLATE "C" NOT NULL,
    since   BIGINT NOT NULL
);
