-- What is still to be told of connections. docs/storage.md says what each column is for.
CREATE TABLE connection_event (
    connection   INTEGER NOT NULL PRIMARY KEY,
    organization INTEGER NOT NULL,
    type         TEXT NOT NULL CHECK (type IN ('failing', 'needs_reauth', 'recovered')),
    because      TEXT NOT NULL,
    at           INTEGER NOT NULL,
    attempt      INTEGER NOT NULL CHECK (attempt >= 0),
    tries        INTEGER NOT NULL CHECK (tries >= 0),
    due_at       INTEGER NOT NULL
) STRICT;

CREATE INDEX connection_event_due ON connection_event (due_at);
