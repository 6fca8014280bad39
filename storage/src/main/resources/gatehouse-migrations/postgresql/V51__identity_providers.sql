-- Identity providers, who is linked to them, and browsers on their way there and back. docs/storage.md says what each
-- column is for. A link is a credential of its user.
ALTER TABLE credential DROP CONSTRAINT credential_kind_check;
ALTER TABLE credential ADD CONSTRAINT credential_kind_check CHECK (kind IN
    ('api_key', 'secret', 'domain_key', 'public_key', 'user_secret', 'signing_key', 'password', 'identity'));
ALTER TABLE credential DROP CONSTRAINT credential_of_person;
ALTER TABLE credential ADD CONSTRAINT credential_of_person
    CHECK ((kind IN ('password', 'identity')) = (person IS NOT NULL));
DROP INDEX credential_password;
CREATE UNIQUE INDEX credential_password ON credential (person) WHERE kind = 'password' AND NOT revoked;
CREATE INDEX credential_of_person ON credential (person, id) WHERE person IS NOT NULL;

CREATE TABLE identity_provider (
    id            BIGINT NOT NULL PRIMARY KEY,
    name          TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 40),
    title         TEXT COLLATE "C" NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    issuer        TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(issuer) BETWEEN 1 AND 500),
    client_id     TEXT COLLATE "C" NOT NULL CHECK (length(client_id) BETWEEN 1 AND 500),
    method        TEXT COLLATE "C" NOT NULL CHECK (method IN
        ('client_secret_basic', 'client_secret_post', 'private_key_jwt')),
    secret        BYTEA CHECK (length(secret) BETWEEN 1 AND 4096),
    secret_number BIGINT NOT NULL CHECK (secret_number >= 0),
    scopes        TEXT COLLATE "C" NOT NULL,
    apis          TEXT COLLATE "C" NOT NULL,
    organizations TEXT COLLATE "C" NOT NULL,
    joins_at      BIGINT REFERENCES organization (id),
    joins_as      BIGINT REFERENCES role (id),
    trusted       TEXT COLLATE "C" NOT NULL,
    active        BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    version       BIGINT NOT NULL CHECK (version >= 0),
    CHECK ((joins_at IS NULL) = (joins_as IS NULL)),
    CHECK ((method = 'private_key_jwt') = (secret IS NULL))
);

CREATE TABLE identity_link (
    credential BIGINT NOT NULL PRIMARY KEY REFERENCES credential (id),
    person     BIGINT NOT NULL REFERENCES person (id),
    provider   BIGINT NOT NULL REFERENCES identity_provider (id),
    subject    TEXT COLLATE "C" NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    since      BIGINT NOT NULL,
    UNIQUE (provider, subject),
    UNIQUE (person, provider)
);

CREATE TABLE identity_trip (
    digest     BYTEA NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    pepper     BIGINT NOT NULL,
    step       TEXT COLLATE "C" NOT NULL CHECK (step IN ('sign_in', 'link', 'confirm')),
    provider   BIGINT NOT NULL,
    api        BIGINT NOT NULL,
    session    BIGINT,
    person     BIGINT,
    subject    TEXT COLLATE "C",
    ask        TEXT COLLATE "C",
    max_age    BIGINT CHECK (max_age >= 0),
    began_at   BIGINT NOT NULL,
    dies_at    BIGINT NOT NULL,
    CHECK ((step = 'sign_in') = (session IS NULL)),
    CHECK ((person IS NULL) = (session IS NULL)),
    CHECK ((step = 'confirm') = (subject IS NOT NULL))
);

CREATE INDEX identity_trip_over ON identity_trip (dies_at);
CREATE INDEX identity_trip_of_provider ON identity_trip (provider, dies_at);
CREATE INDEX identity_trip_of_person ON identity_trip (person) WHERE person IS NOT NULL;
