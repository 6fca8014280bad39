-- What proves people a second time. docs/storage.md says what each column is for.
CREATE TABLE second_factor (
    person     BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    totp       BYTEA NOT NULL,
    since      BIGINT NOT NULL,
    last_step  BIGINT NOT NULL CHECK (last_step >= 0),
    tries      BIGINT NOT NULL CHECK (tries >= 0),
    tries_from BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    digest BYTEA NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    pepper BIGINT NOT NULL,
    person BIGINT NOT NULL REFERENCES person (id)
);

CREATE INDEX recovery_code_person ON recovery_code (person);

ALTER TABLE login_session ADD COLUMN methods TEXT COLLATE "C" NOT NULL DEFAULT 'pwd';
