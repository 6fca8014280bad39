-- Devices that wait for a person to say yes to them elsewhere. docs/storage.md says what each column is for.
CREATE TABLE device_request (
    code         BLOB NOT NULL PRIMARY KEY CHECK (length(code) = 32),
    code_pepper  INTEGER NOT NULL,
    typed        BLOB NOT NULL UNIQUE CHECK (length(typed) = 32),
    typed_pepper INTEGER NOT NULL,
    api          INTEGER NOT NULL,
    application  INTEGER NOT NULL,
    scopes       TEXT,
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'allowed', 'denied')),
    polled_at    INTEGER NOT NULL,
    pause        INTEGER NOT NULL CHECK (pause > 0),
    dies_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX device_request_waiting ON device_request (application, dies_at) WHERE state = 'waiting';
CREATE INDEX device_request_over ON device_request (dies_at);
