-- How many letters a mailbox had. docs/storage.md says what each column is for.
CREATE TABLE mailbox (
    digest  BLOB PRIMARY KEY NOT NULL,
    hour_at INTEGER NOT NULL,
    in_hour INTEGER NOT NULL CHECK (in_hour > 0),
    day_at  INTEGER NOT NULL,
    in_day  INTEGER NOT NULL CHECK (in_day > 0),
    ends_at INTEGER NOT NULL
) STRICT;

CREATE INDEX mailbox_ends ON mailbox (ends_at);
