-- Secrets of users beside those of applications, and keys that requests are signed with. docs/storage.md says what each
-- column is for. SQLite changes no CHECK of a table that is there, so the table is made anew.
CREATE TABLE credential_next (
    id           INTEGER NOT NULL PRIMARY KEY,
    application  INTEGER,
    organization INTEGER NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN
        ('api_key', 'secret', 'domain_key', 'public_key', 'user_secret', 'signing_key', 'password')),
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
    FOREIGN KEY (application, organization) REFERENCES application (id, organization),
    FOREIGN KEY (person, organization) REFERENCES person (id, organization),
    FOREIGN KEY (membership, organization) REFERENCES membership (id, organization),
    CHECK ((application IS NOT NULL) + (person IS NOT NULL) + (membership IS NOT NULL) = 1),
    CHECK ((kind = 'password') = (person IS NOT NULL)),
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
    membership, stretch, held_depth, rate, jwks, line_from, line_to, line_at, refreshed_at)
SELECT id, application, organization, kind, name, hint, pepper, digest, whole_role, rights,
    addresses, apis, holds, revoked, generation, not_before, expires_at, version, created_at, origins, person,
    membership, stretch, held_depth, rate, jwks, line_from, line_to, line_at, refreshed_at FROM credential;

DROP TABLE credential;
ALTER TABLE credential_next RENAME TO credential;

CREATE INDEX credential_list ON credential (application, id);
CREATE INDEX credential_named ON credential (application, name, id);
CREATE INDEX credential_domain_key ON credential (id) WHERE kind = 'domain_key' AND NOT revoked;

CREATE UNIQUE INDEX credential_password ON credential (person) WHERE person IS NOT NULL AND NOT revoked;
CREATE INDEX credential_of_membership ON credential (membership, id) WHERE membership IS NOT NULL;
CREATE INDEX credential_signing_key ON credential (id) WHERE kind = 'signing_key' AND NOT revoked;
