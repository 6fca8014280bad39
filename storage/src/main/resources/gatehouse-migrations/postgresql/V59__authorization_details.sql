-- Authorization details (RFC 9396): the types of an Api, and what was asked for and granted. docs/storage.md says what each column is for.
ALTER TABLE api ADD COLUMN details TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE user_grant ADD COLUMN details TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (length(details) <= 2048);
ALTER TABLE consent ADD COLUMN details TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE device_request ADD COLUMN details TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (length(details) <= 2048);
