-- How many letters a mailbox had. docs/storage.md says what each column is for.
CREATE TABLE mailbox (
    digest  BYTEA PRIMARY KEY,
    hour_at BIGINT NOT NULL,
    in_hour BIGINT NOT NULL CHECK (in_hour > 0),
    day_at  BIGINT NOT NULL,
    in_day  BIGINT NOT NULL CHECK (in_day > 0),
    ends_at BIGINT NOT NULL
);

CREATE INDEX mailbox_ends ON mailbox (ends_at);
