-- Identity providers, who is linked to them, and browsers on their way there and back. docs/storage.md says what each
-- column is for. A link is a credential of its user; SQLite changes no CHECK of a table that is there, so the table is
-- made anew.
CREATE TABLE credential_next (
    id           INTEGER NOT NULL PRIMARY KEY,
    application  INTEGER,
    organization INTEGER NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN
        ('api_key', 'secret', 'domain_key', 'public_key', 'user_secret', 'signing_key', 'password', 'identity')),
    name         TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    hint         TEXT    NOT NULL CHECK (length(hint) <= 200),
    pepper       INTEGER,
    digest       BLOB CHECK (length(digest) = 32),
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
    held_depth   INTEGER CHECK (held_depth BETWEEN 1 AND 8),
    rate         TEXT    NOT NULL DEFAULT '',
    jwks         TEXT CHECK (length(jwks) BETWEEN 1 AND 16384),
    line_from    INTEGER,
    line_to      INTEGER,
    line_at      INTEGER,
    refreshed_at INTEGER,
    sealed       BLOB CHECK (length(sealed) BETWEEN 1 AND 4096),
    note         TEXT    NOT NULL DEFAULT '' CHECK (length(note) <= 4000),
    FOREIGN KEY (application, organization) REFERENCES application (id, organization),
    FOREIGN KEY (person, organization) REFERENCES person (id, organization),
    FOREIGN KEY (membership, organization) REFERENCES membership (id, organization),
    CHECK ((application IS NOT NULL) + (person IS NOT NULL) + (membership IS NOT NULL) = 1),
    CHECK ((kind IN ('password', 'identity')) = (person IS NOT NULL)),
    CHECK ((kind = 'password') = (stretch IS NOT NULL)),
    CHECK ((kind = 'public_key') = (jwks IS NOT NULL)),
    CHECK ((kind = 'signing_key') = (sealed IS NOT NULL)),
    CHECK (kind <> 'user_secret' OR membership IS NOT NULL),
    CHECK (kind <> 'signing_key' OR application IS NOT NULL),
    CHECK ((jwks IS NULL AND sealed IS NULL) = (digest IS NOT NULL)),
    CHECK ((digest IS NULL) = (pepper IS NULL)),
    CHECK (whole_role = 0 OR rights = '')
) STRICT;

INSERT INTO credential_next (id, application, organization, kind, name, hint, pepper, digest, whole_role, rights,
    addresses, apis, holds, revoked, generation, not_before, expires_at, version, created_at, origins, person,
    membership, stretch, held_depth, rate, jwks, line_from, line_to, line_at, refreshed_at, sealed, note)
SELECT id, application, organization, kind, name, hint, pepper, digest, whole_role, rights,
    addresses, apis, holds, revoked, generation, not_before, expires_at, version, created_at, origins, person,
    membership, stretch, held_depth, rate, jwks, line_from, line_to, line_at, refreshed_at, sealed, note FROM credential;

DROP TABLE credential;
ALTER TABLE credential_next RENAME TO credential;

CREATE INDEX credential_list ON credential (application, id);
CREATE INDEX credential_named ON credential (application, name, id);
CREATE INDEX credential_domain_key ON credential (id) WHERE kind = 'domain_key' AND NOT revoked;
CREATE UNIQUE INDEX credential_password ON credential (person) WHERE kind = 'password' AND NOT revoked;
CREATE INDEX credential_of_person ON credential (person, id) WHERE person IS NOT NULL;
CREATE INDEX credential_of_membership ON credential (membership, id) WHERE membership IS NOT NULL;
CREATE INDEX credential_signing_key ON credential (id) WHERE kind = 'signing_key' AND NOT revoked;

CREATE TABLE identity_provider (
    id            INTEGER NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 40),
    title         TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    issuer        TEXT NOT NULL UNIQUE CHECK (length(issuer) BETWEEN 1 AND 500),
    client_id     TEXT NOT NULL CHECK (length(client_id) BETWEEN 1 AND 500),
    method        TEXT NOT NULL CHECK (method IN ('client_secret_basic', 'client_secret_post', 'private_key_jwt')),
    secret        BLOB CHECK (length(secret) BETWEEN 1 AND 4096),
    secret_number INTEGER NOT NULL CHECK (secret_number >= 0),
    scopes        TEXT NOT NULL,
    apis          TEXT NOT NULL,
    organizations TEXT NOT NULL,
    joins_at      INTEGER REFERENCES organization (id),
    joins_as      INTEGER REFERENCES role (id),
    trusted       TEXT NOT NULL,
    active        INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at    INTEGER NOT NULL,
    version       INTEGER NOT NULL CHECK (version >= 0),
    CHECK ((joins_at IS NULL) = (joins_as IS NULL)),
    CHECK ((method = 'private_key_jwt') = (secret IS NULL))
) STRICT;

CREATE TABLE identity_link (
    credential INTEGER NOT NULL PRIMARY KEY REFERENCES credential (id),
    person     INTEGER NOT NULL REFERENCES person (id),
    provider   INTEGER NOT NULL REFERENCES identity_provider (id),
    subject    TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    since      INTEGER NOT NULL,
    UNIQUE (provider, subject),
    UNIQUE (person, provider)
) STRICT;

CREATE TABLE identity_trip (
    digest     BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    pepper     INTEGER NOT NULL,
    step       TEXT NOT NULL CHECK (step IN ('sign_in', 'link', 'confirm')),
    provider   INTEGER NOT NULL,
    api        INTEGER NOT NULL,
    session    INTEGER,
    person     INTEGER,
    subject    TEXT,
    ask        TEXT,
    max_age    INTEGER CHECK (max_age >= 0),
    began_at   INTEGER NOT NULL,
    dies_at    INTEGER NOT NULL,
    CHECK ((step = 'sign_in') = (session IS NULL)),
    CHECK ((person IS NULL) = (session IS NULL)),
    CHECK ((step = 'confirm') = (subject IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_trip_over ON identity_trip (dies_at);
CREATE INDEX identity_trip_of_provider ON identity_trip (provider, dies_at);
CREATE INDEX identity_trip_of_person ON identity_trip (person) WHERE person IS NOT NULL;
