CREATE TABLE customer (
    id           INTEGER NOT NULL PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organization (id),
    name         TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    holds        INTEGER NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    generation   INTEGER NOT NULL CHECK (generation >= 0),
    not_before   INTEGER,
    expires_at   INTEGER,
    version      INTEGER NOT NULL CHECK (version >= 0),
    created_at   INTEGER NOT NULL,
    UNIQUE (organization, name)
) STRICT;

CREATE INDEX customer_list ON customer (organization, id);
