-- Requests that a client sends to a person whom it names wait as devices do. docs/storage.md says what each column is for.
ALTER TABLE device_request ADD COLUMN person BIGINT;
ALTER TABLE device_request ADD COLUMN message TEXT COLLATE "C";

CREATE INDEX device_request_person ON device_request (person, dies_at) WHERE person IS NOT NULL;
