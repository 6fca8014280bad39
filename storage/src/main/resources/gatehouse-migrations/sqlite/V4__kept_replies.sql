-- Replies to requests that carry an Idempotency-Key, in the transaction of their effect; of no use after expires_at.

CREATE TABLE kept_reply (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    request    BLOB    NOT NULL CHECK (length(request) = 32),
    reply      BLOB    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX kept_reply_expiry ON kept_reply (expires_at);
