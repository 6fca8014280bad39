-- What an application may do as a client of OAuth, and what users granted applications. docs/storage.md says what
-- each column is for.
ALTER TABLE application ADD COLUMN client TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE TABLE user_grant (
    id                       BIGINT NOT NULL PRIMARY KEY,
    api                      BIGINT NOT NULL REFERENCES api (id),
    application              BIGINT NOT NULL REFERENCES application (id),
    client_id                TEXT COLLATE "C" NOT NULL,
    person                   BIGINT NOT NULL REFERENCES person (id),
    session                  BIGINT NOT NULL,
    membership               BIGINT NOT NULL REFERENCES membership (id),
    organization             BIGINT NOT NULL REFERENCES organization (id),
    credential               BIGINT NOT NULL REFERENCES credential (id),
    credential_generation    BIGINT NOT NULL CHECK (credential_generation >= 0),
    member_generation        BIGINT NOT NULL CHECK (member_generation >= 0),
    organizations_generation BIGINT NOT NULL CHECK (organizations_generation >= 0),
    scopes                   TEXT COLLATE "C" NOT NULL,
    authenticated_at         BIGINT NOT NULL,
    methods                  TEXT COLLATE "C" NOT NULL,
    redirect                 TEXT COLLATE "C",
    challenge                TEXT COLLATE "C",
    nonce                    TEXT COLLATE "C",
    issued_at                BIGINT NOT NULL,
    ends_at                  BIGINT NOT NULL,
    pepper                   BIGINT NOT NULL,
    digest                   BYTEA NOT NULL UNIQUE CHECK (length(digest) = 32),
    code_ends_at             BIGINT NOT NULL,
    state                    TEXT COLLATE "C" NOT NULL CHECK (state IN ('code', 'used', 'live', 'ended')),
    offline                  BOOLEAN NOT NULL,
    number                   BIGINT NOT NULL CHECK (number >= 0),
    rotated_at               BIGINT NOT NULL,
    dies_at                  BIGINT NOT NULL
);

CREATE INDEX user_grant_of_person ON user_grant (person, application) WHERE state <> 'ended';
CREATE INDEX user_grant_of_session ON user_grant (session) WHERE state <> 'ended';
CREATE INDEX user_grant_over ON user_grant (dies_at);

CREATE TABLE consent (
    person      BIGINT NOT NULL REFERENCES person (id),
    application BIGINT NOT NULL REFERENCES application (id),
    api         BIGINT NOT NULL REFERENCES api (id),
    scopes      TEXT COLLATE "C" NOT NULL,
    given_at    BIGINT NOT NULL,
    PRIMARY KEY (person, application, api)
);
