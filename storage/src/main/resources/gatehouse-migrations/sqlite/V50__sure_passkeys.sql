-- Whether a key was made in a login by more than one factor. docs/storage.md says what each column is for.
ALTER TABLE passkey ADD COLUMN sure INTEGER NOT NULL DEFAULT 0 CHECK (sure IN (0, 1));
