-- What is still to be told of connections. docs/storage.md says what each column is for.
CREATE TABLE connection_event (
    connection   BIGINT NOT NULL PRIMARY KEY,
    organization BIGINT NOT NULL,
    type         TEXT COLLATE "C" NOT NULL CHECK (type IN ('failing', 'needs_reauth', 'recovered')),
    because      TEXT NOT NULL,
    at           BIGINT NOT NULL,
    attempt      BIGINT NOT NULL CHECK (attempt >= 0),
    tries        BIGINT NOT NULL CHECK (tries >= 0),
    due_at       BIGINT NOT NULL
);

CREATE INDEX connection_event_due ON connection_event (due_at);
