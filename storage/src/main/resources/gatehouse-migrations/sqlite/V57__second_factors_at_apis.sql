-- Whether people act at an Api with a second factor only. docs/storage.md says what each column is for.
ALTER TABLE api ADD COLUMN second_factor INTEGER NOT NULL DEFAULT 0 CHECK (second_factor IN (0, 1));
