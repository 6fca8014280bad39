-- Tokens that are signed with PS256. docs/storage.md says what each column is for.
ALTER TABLE api ADD COLUMN token_padding TEXT CHECK (token_padding IN ('pss'));
