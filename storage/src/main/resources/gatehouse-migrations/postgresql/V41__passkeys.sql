-- Keys that people sign in with, in their devices. docs/storage.md says what each column is for.
CREATE TABLE passkey (
    id                    BYTEA NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 1023),
    person                BIGINT NOT NULL REFERENCES person (id),
    credential            BIGINT NOT NULL REFERENCES credential (id),
    credential_generation BIGINT NOT NULL,
    membership            BIGINT NOT NULL REFERENCES membership (id),
    member_generation     BIGINT NOT NULL,
    site                  TEXT COLLATE "C" NOT NULL,
    name                  TEXT COLLATE "C" NOT NULL,
    public_key            BYTEA NOT NULL,
    counter               BIGINT NOT NULL CHECK (counter >= 0),
    synced                BOOLEAN NOT NULL,
    created_at            BIGINT NOT NULL,
    used_at               BIGINT,
    copied_at             BIGINT
);

CREATE INDEX passkey_person ON passkey (person);

ALTER TABLE login_session ADD COLUMN passkey BYTEA;

CREATE INDEX login_session_passkey ON login_session (passkey) WHERE passkey IS NOT NULL AND NOT ended;
