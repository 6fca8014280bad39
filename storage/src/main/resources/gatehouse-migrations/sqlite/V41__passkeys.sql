-- Keys that people sign in with, in their devices. docs/storage.md says what each column is for.
CREATE TABLE passkey (
    id                    BLOB NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 1023),
    person                INTEGER NOT NULL REFERENCES person (id),
    credential            INTEGER NOT NULL REFERENCES credential (id),
    credential_generation INTEGER NOT NULL,
    membership            INTEGER NOT NULL REFERENCES membership (id),
    member_generation     INTEGER NOT NULL,
    site                  TEXT NOT NULL,
    name                  TEXT NOT NULL,
    public_key            BLOB NOT NULL,
    counter               INTEGER NOT NULL CHECK (counter >= 0),
    synced                INTEGER NOT NULL CHECK (synced IN (0, 1)),
    created_at            INTEGER NOT NULL,
    used_at               INTEGER,
    copied_at             INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX passkey_person ON passkey (person);

ALTER TABLE login_session ADD COLUMN passkey BLOB;

CREATE INDEX login_session_passkey ON login_session (passkey) WHERE passkey IS NOT NULL AND NOT ended;
