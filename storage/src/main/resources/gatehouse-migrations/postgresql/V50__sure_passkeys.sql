-- Whether a key was made in a login by more than one factor. docs/storage.md says what each column is for.
ALTER TABLE passkey ADD COLUMN sure BOOLEAN NOT NULL DEFAULT FALSE;
