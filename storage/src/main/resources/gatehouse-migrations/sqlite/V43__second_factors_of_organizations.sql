-- Whether people act in an organization with a second factor only. docs/storage.md says what each column is for.
ALTER TABLE organization ADD COLUMN second_factor INTEGER NOT NULL DEFAULT 0 CHECK (second_factor IN (0, 1));
