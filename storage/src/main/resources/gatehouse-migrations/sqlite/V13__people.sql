-- Users, their memberships and passwords, and keys that memberships hold. docs/storage.md says what each is for.
CREATE TABLE person (
    id           INTEGER NOT NULL PRIMARY KEY,
    organization INTEGER NOT NULL REFERENCES organization (id),
    username     TEXT NOT NULL UNIQUE CHECK (length(username) BETWEEN 1 AND 100),
    profile      TEXT NOT NULL,
    memberships  INTEGER NOT NULL CHECK (memberships BETWEEN 0 AND 64),
    holds        INTEGER NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    generation   INTEGER NOT NULL CHECK (generation >= 0),
    not_before   INTEGER,
    expires_at   INTEGER,
    version      INTEGER NOT NULL CHECK (version >= 0),
    created_at   INTEGER NOT NULL,
    UNIQUE (id, organization)
) STRICT;

CREATE INDEX person_list ON person (organization, id);

CREATE TABLE membership (
    id           INTEGER NOT NULL PRIMARY KEY,
    person       INTEGER NOT NULL REFERENCES person (id),
    organization INTEGER NOT NULL REFERENCES organization (id),
    role         INTEGER REFERENCES role (id),
    credentials  INTEGER NOT NULL CHECK (credentials BETWEEN 0 AND 1000),
    holds        INTEGER NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    generation   INTEGER NOT NULL CHECK (generation >= 0),
    not_before   INTEGER,
    expires_at   INTEGER,
    version      INTEGER NOT NULL CHECK (version >= 0),
    created_at   INTEGER NOT NULL,
    UNIQUE (id, organization)
) STRICT;

CREATE UNIQUE INDEX membership_living ON membership (person, organization) WHERE NOT revoked;
CREATE INDEX membership_list ON membership (organization, id);

-- SQLite changes no CHECK of a table that is there, so the table is made anew.
CREATE TABLE credential_next (
    id           INTEGER NOT NULL PRIMARY KEY,
    application  INTEGER,
    organization INTEGER NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('api_key', 'secret', 'domain_key', 'password')),
    name         TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    hint         TEXT    NOT NULL CHECK (length(hint) <= 200),
    pepper       INTEGER NOT NULL,
    digest       BLOB    NOT NULL CHECK (length(digest) = 32),
    whole_role   INTEGER NOT NULL CHECK (whole_role IN (0, 1)),
    rights       TEXT    NOT NULL,
    addresses    TEXT    NOT NULL,
    apis         TEXT    NOT NULL,
    holds        INTEGER NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    generation   INTEGER NOT NULL CHECK (generation >= 0),
    not_before   INTEGER,
    expires_at   INTEGER,
    version      INTEGER NOT NULL CHECK (version >= 0),
    created_at   INTEGER NOT NULL,
    origins      TEXT    NOT NULL DEFAULT '',
    person       INTEGER,
    membership   INTEGER,
    stretch      TEXT CHECK (length(stretch) BETWEEN 1 AND 200),
    FOREIGN KEY (application, organization) REFERENCES application (id, organization),
    FOREIGN KEY (person, organization) REFERENCES person (id, organization),
    FOREIGN KEY (membership, organization) REFERENCES membership (id, organization),
    CHECK ((application IS NOT NULL) + (person IS NOT NULL) + (membership IS NOT NULL) = 1),
    CHECK ((kind = 'password') = (person IS NOT NULL)),
    CHECK ((kind = 'password') = (stretch IS NOT NULL)),
    CHECK (whole_role = 0 OR rights = '')
) STRICT;

INSERT INTO credential_next (id, application, organization, kind, name, hint, pepper, digest, whole_role, rights,
    addresses, apis, holds, revoked, generation, not_before, expires_at, version, created_at, origins)
SELECT id, application, organization, kind, name, hint, pepper, digest, whole_role, rights,
    addresses, apis, holds, revoked, generation, not_before, expires_at, version, created_at, origins FROM credential;

DROP TABLE credential;
ALTER TABLE credential_next RENAME TO credential;

CREATE INDEX credential_list ON credential (application, id);
CREATE INDEX credential_named ON credential (application, name, id);
CREATE INDEX credential_domain_key ON credential (id) WHERE kind = 'domain_key' AND NOT revoked;

CREATE UNIQUE INDEX credential_password ON credential (person) WHERE person IS NOT NULL AND NOT revoked;
CREATE INDEX credential_of_membership ON credential (membership, id) WHERE membership IS NOT NULL;

-- Which user acted; who acted is either one or an application.
ALTER TABLE audit ADD COLUMN actor_user INTEGER;
CREATE INDEX audit_actor_user ON audit (actor_user, at, position) WHERE actor_user IS NOT NULL;
