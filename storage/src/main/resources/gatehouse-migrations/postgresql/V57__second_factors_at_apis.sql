-- Whether people act at an Api with a second factor only. docs/storage.md says what each column is for.
ALTER TABLE api ADD COLUMN second_factor BOOLEAN NOT NULL DEFAULT FALSE;
