-- Domain keys, which are bound to origins, and the pages that Apis answer besides those of domain keys.
-- SQLite changes no CHECK of a table that is there, so the table is made anew.
CREATE TABLE credential_next (
    id           INTEGER NOT NULL PRIMARY KEY,
    application  INTEGER NOT NULL,
    organization INTEGER NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('api_key', 'secret', 'domain_key')),
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
    FOREIGN KEY (application, organization) REFERENCES application (id, organization),
    CHECK (whole_role = 0 OR rights = '')
) STRICT;

INSERT INTO credential_next (id, application, organization, kind, name, hint, pepper, digest, whole_role, rights, addresses, apis, holds, revoked, generation, not_before, expires_at, version, created_at)
SELECT id, application, organization, kind, name, hint, pepper, digest, whole_role, rights, addresses, apis, holds, revoked, generation, not_before, expires_at, version, created_at FROM credential;

DROP TABLE credential;
ALTER TABLE credential_next RENAME TO credential;

CREATE INDEX credential_list ON credential (application, id);
CREATE INDEX credential_named ON credential (application, name, id);
CREATE INDEX credential_domain_key ON credential (id) WHERE kind = 'domain_key' AND NOT revoked;

ALTER TABLE api ADD COLUMN cors TEXT NOT NULL DEFAULT '';
