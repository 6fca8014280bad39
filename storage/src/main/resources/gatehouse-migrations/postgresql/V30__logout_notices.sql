-- Who signed people in during a login, and who is still to be told of the end of one. docs/storage.md says what each
-- column is for.
ALTER TABLE application ADD COLUMN back_channel TEXT;
ALTER TABLE application ADD COLUMN front_channel TEXT;
ALTER TABLE application ADD COLUMN logout_sessions TEXT;
ALTER TABLE user_grant ADD COLUMN sid BIGINT;
CREATE TABLE login_client (
    session     BIGINT NOT NULL,
    sid         BIGINT NOT NULL,
    application BIGINT NOT NULL,
    api         BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    membership  BIGINT NOT NULL,
    credential  BIGINT NOT NULL,
    signed_in   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    PRIMARY KEY (session, sid, application)
);

CREATE INDEX login_client_of_person ON login_client (person);
CREATE INDEX login_client_over ON login_client (ends_at);

CREATE TABLE logout_notice (
    sid         BIGINT NOT NULL,
    application BIGINT NOT NULL,
    api         BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    attempt     BIGINT NOT NULL CHECK (attempt >= 0),
    tries       BIGINT NOT NULL CHECK (tries >= 0),
    since       BIGINT NOT NULL,
    due_at      BIGINT NOT NULL,
    PRIMARY KEY (sid, application)
);

CREATE INDEX logout_notice_due ON logout_notice (due_at);
