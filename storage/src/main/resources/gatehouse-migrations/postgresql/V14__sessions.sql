-- Open logins. docs/storage.md says what each column is for.
CREATE TABLE login_session (
    id                       BIGINT NOT NULL PRIMARY KEY,
    pepper                   BIGINT NOT NULL,
    digest                   BYTEA NOT NULL UNIQUE CHECK (length(digest) = 32),
    person                   BIGINT NOT NULL REFERENCES person (id),
    membership               BIGINT NOT NULL REFERENCES membership (id),
    organization             BIGINT NOT NULL REFERENCES organization (id),
    credential               BIGINT NOT NULL REFERENCES credential (id),
    credential_generation    BIGINT NOT NULL CHECK (credential_generation >= 0),
    member_generation        BIGINT NOT NULL CHECK (member_generation >= 0),
    organizations_generation BIGINT NOT NULL CHECK (organizations_generation >= 0),
    opened_at                BIGINT NOT NULL,
    ends_at                  BIGINT NOT NULL,
    idle                     BIGINT NOT NULL CHECK (idle > 0),
    seen_at                  BIGINT NOT NULL,
    dies_at                  BIGINT NOT NULL,
    address                  TEXT COLLATE "C",
    apis                     TEXT COLLATE "C" NOT NULL,
    single BOOLEAN NOT NULL,
    ended BOOLEAN NOT NULL
);

CREATE UNIQUE INDEX login_session_single ON login_session (person) WHERE single AND NOT ended;
CREATE INDEX login_session_list ON login_session (person, id) WHERE NOT ended;
CREATE INDEX login_session_over ON login_session (dies_at);
