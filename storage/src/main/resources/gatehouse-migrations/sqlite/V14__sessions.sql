-- Open logins. docs/storage.md says what each column is for.
CREATE TABLE login_session (
    id                       INTEGER NOT NULL PRIMARY KEY,
    pepper                   INTEGER NOT NULL,
    digest                   BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    person                   INTEGER NOT NULL REFERENCES person (id),
    membership               INTEGER NOT NULL REFERENCES membership (id),
    organization             INTEGER NOT NULL REFERENCES organization (id),
    credential               INTEGER NOT NULL REFERENCES credential (id),
    credential_generation    INTEGER NOT NULL CHECK (credential_generation >= 0),
    member_generation        INTEGER NOT NULL CHECK (member_generation >= 0),
    organizations_generation INTEGER NOT NULL CHECK (organizations_generation >= 0),
    opened_at                INTEGER NOT NULL,
    ends_at                  INTEGER NOT NULL,
    idle                     INTEGER NOT NULL CHECK (idle > 0),
    seen_at                  INTEGER NOT NULL,
    dies_at                  INTEGER NOT NULL,
    address                  TEXT,
    apis                     TEXT NOT NULL,
    single INTEGER NOT NULL CHECK (single IN (0, 1)),
    ended INTEGER NOT NULL CHECK (ended IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX login_session_single ON login_session (person) WHERE single AND NOT ended;
CREATE INDEX login_session_list ON login_session (person, id) WHERE NOT ended;
CREATE INDEX login_session_over ON login_session (dies_at);
