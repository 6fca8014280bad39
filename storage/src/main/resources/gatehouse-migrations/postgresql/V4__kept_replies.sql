-- Replies to requests that carry an Idempotency-Key, in the transaction of their effect; of no use after expires_at.

CREATE TABLE kept_reply (
    id         BYTEA   NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    request    BYTEA   NOT NULL CHECK (length(request) = 32),
    reply      BYTEA   NOT NULL,
    expires_at BIGINT  NOT NULL
);

CREATE INDEX kept_reply_expiry ON kept_reply (expires_at);
