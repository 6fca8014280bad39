-- Authorization requests that clients pushed, and what Apis require of all their clients. docs/storage.md says what
-- each column is for.
ALTER TABLE api ADD COLUMN clients TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE TABLE pushed_request (
    digest      BYTEA NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    pepper      BIGINT NOT NULL,
    api         BIGINT NOT NULL,
    application BIGINT NOT NULL,
    parameters  TEXT COLLATE "C" NOT NULL CHECK (length(parameters) <= 4096),
    used        BOOLEAN NOT NULL,
    dies_at     BIGINT NOT NULL
);

CREATE INDEX pushed_request_waiting ON pushed_request (application, dies_at) WHERE NOT used;
CREATE INDEX pushed_request_over ON pushed_request (dies_at);
