-- Who says what others may do at an organization, beside `access`, which the release before this one reads and writes.
ALTER TABLE organization ADD COLUMN access_by TEXT COLLATE "C" NOT NULL DEFAULT '';
