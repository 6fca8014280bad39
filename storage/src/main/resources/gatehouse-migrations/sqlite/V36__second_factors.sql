-- What proves people a second time. docs/storage.md says what each column is for.
CREATE TABLE second_factor (
    person     INTEGER NOT NULL PRIMARY KEY REFERENCES person (id),
    totp       BLOB NOT NULL,
    since      INTEGER NOT NULL,
    last_step  INTEGER NOT NULL CHECK (last_step >= 0),
    tries      INTEGER NOT NULL CHECK (tries >= 0),
    tries_from INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_code (
    digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    pepper INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX recovery_code_person ON recovery_code (person);

ALTER TABLE login_session ADD COLUMN methods TEXT NOT NULL DEFAULT 'pwd';
