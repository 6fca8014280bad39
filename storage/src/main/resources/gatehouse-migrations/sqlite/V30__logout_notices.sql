-- Who signed people in during a login, and who is still to be told of the end of one. docs/storage.md says what each
-- column is for.
ALTER TABLE application ADD COLUMN back_channel TEXT;
ALTER TABLE application ADD COLUMN front_channel TEXT;
ALTER TABLE application ADD COLUMN logout_sessions TEXT;
ALTER TABLE user_grant ADD COLUMN sid INTEGER;
CREATE TABLE login_client (
    session     INTEGER NOT NULL,
    sid         INTEGER NOT NULL,
    application INTEGER NOT NULL,
    api         INTEGER NOT NULL,
    person      INTEGER NOT NULL,
    membership  INTEGER NOT NULL,
    credential  INTEGER NOT NULL,
    signed_in   INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL,
    PRIMARY KEY (session, sid, application)
) STRICT, WITHOUT ROWID;

CREATE INDEX login_client_of_person ON login_client (person);
CREATE INDEX login_client_over ON login_client (ends_at);

CREATE TABLE logout_notice (
    sid         INTEGER NOT NULL,
    application INTEGER NOT NULL,
    api         INTEGER NOT NULL,
    person      INTEGER NOT NULL,
    attempt     INTEGER NOT NULL CHECK (attempt >= 0),
    tries       INTEGER NOT NULL CHECK (tries >= 0),
    since       INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    PRIMARY KEY (sid, application)
) STRICT, WITHOUT ROWID;

CREATE INDEX logout_notice_due ON logout_notice (due_at);
