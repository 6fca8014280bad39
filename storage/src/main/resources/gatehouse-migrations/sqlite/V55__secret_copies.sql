-- Copies of secrets that Apis want to be told again. docs/storage.md says what each column is for.
ALTER TABLE api ADD COLUMN reveal TEXT NOT NULL DEFAULT '';

CREATE TABLE secret_copy (
    credential   INTEGER NOT NULL PRIMARY KEY,
    organization INTEGER NOT NULL,
    api          INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('api_key', 'secret', 'domain_key', 'user_secret')),
    sealed       BLOB NOT NULL CHECK (length(sealed) BETWEEN 1 AND 4096)
) STRICT;

CREATE INDEX secret_copy_of_organization ON secret_copy (organization);
CREATE INDEX secret_copy_of_api ON secret_copy (api, kind);
