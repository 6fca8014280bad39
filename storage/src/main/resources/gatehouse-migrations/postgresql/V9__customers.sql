CREATE TABLE customer (
    id           BIGINT NOT NULL PRIMARY KEY,
    organization BIGINT NOT NULL REFERENCES organization (id),
    name         TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    holds        BIGINT NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      BOOLEAN NOT NULL,
    generation   BIGINT NOT NULL CHECK (generation >= 0),
    not_before   BIGINT,
    expires_at   BIGINT,
    version      BIGINT NOT NULL CHECK (version >= 0),
    created_at   BIGINT NOT NULL,
    UNIQUE (organization, name)
);

CREATE INDEX customer_list ON customer (organization, id);
