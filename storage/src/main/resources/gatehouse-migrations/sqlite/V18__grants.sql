-- What an application may do as a client of OAuth, and what users granted applications. docs/storage.md says what
-- each column is for.
ALTER TABLE application ADD COLUMN client TEXT NOT NULL DEFAULT '';

CREATE TABLE user_grant (
    id                       INTEGER NOT NULL PRIMARY KEY,
    api                      INTEGER NOT NULL REFERENCES api (id),
    application              INTEGER NOT NULL REFERENCES application (id),
    client_id                TEXT NOT NULL,
    person                   INTEGER NOT NULL REFERENCES person (id),
    session                  INTEGER NOT NULL,
    membership               INTEGER NOT NULL REFERENCES membership (id),
    organization             INTEGER NOT NULL REFERENCES organization (id),
    credential               INTEGER NOT NULL REFERENCES credential (id),
    credential_generation    INTEGER NOT NULL CHECK (credential_generation >= 0),
    member_generation        INTEGER NOT NULL CHECK (member_generation >= 0),
    organizations_generation INTEGER NOT NULL CHECK (organizations_generation >= 0),
    scopes                   TEXT NOT NULL,
    authenticated_at         INTEGER NOT NULL,
    methods                  TEXT NOT NULL,
    redirect                 TEXT,
    challenge                TEXT,
    nonce                    TEXT,
    issued_at                INTEGER NOT NULL,
    ends_at                  INTEGER NOT NULL,
    pepper                   INTEGER NOT NULL,
    digest                   BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    code_ends_at             INTEGER NOT NULL,
    state                    TEXT NOT NULL CHECK (state IN ('code', 'used', 'live', 'ended')),
    offline                  INTEGER NOT NULL CHECK (offline IN (0, 1)),
    number                   INTEGER NOT NULL CHECK (number >= 0),
    rotated_at               INTEGER NOT NULL,
    dies_at                  INTEGER NOT NULL
) STRICT;

CREATE INDEX user_grant_of_person ON user_grant (person, application) WHERE state <> 'ended';
CREATE INDEX user_grant_of_session ON user_grant (session) WHERE state <> 'ended';
CREATE INDEX user_grant_over ON user_grant (dies_at);

CREATE TABLE consent (
    person      INTEGER NOT NULL REFERENCES person (id),
    application INTEGER NOT NULL REFERENCES application (id),
    api         INTEGER NOT NULL REFERENCES api (id),
    scopes      TEXT NOT NULL,
    given_at    INTEGER NOT NULL,
    PRIMARY KEY (person, application, api)
) STRICT;
