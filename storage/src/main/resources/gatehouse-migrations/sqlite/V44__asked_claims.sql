-- What clients asked to be told of users besides what scopes tell. docs/storage.md says what each column is for.
ALTER TABLE user_grant ADD COLUMN asked TEXT CHECK (length(asked) <= 4096);
