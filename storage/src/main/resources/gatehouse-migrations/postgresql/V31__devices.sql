-- Devices that wait for a person to say yes to them elsewhere. docs/storage.md says what each column is for.
CREATE TABLE device_request (
    code         BYTEA NOT NULL PRIMARY KEY CHECK (length(code) = 32),
    code_pepper  BIGINT NOT NULL,
    typed        BYTEA NOT NULL UNIQUE CHECK (length(typed) = 32),
    typed_pepper BIGINT NOT NULL,
    api          BIGINT NOT NULL,
    application  BIGINT NOT NULL,
    scopes       TEXT COLLATE "C",
    state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'allowed', 'denied')),
    polled_at    BIGINT NOT NULL,
    pause        BIGINT NOT NULL CHECK (pause > 0),
    dies_at      BIGINT NOT NULL
);

CREATE INDEX device_request_waiting ON device_request (application, dies_at) WHERE state = 'waiting';
CREATE INDEX device_request_over ON device_request (dies_at);
