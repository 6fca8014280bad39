-- How many people an identity provider made users in an hour. Browsers that are to sign in are no rows any more.
ALTER TABLE identity_provider ADD COLUMN joined BIGINT NOT NULL DEFAULT 0;
ALTER TABLE identity_provider ADD COLUMN joined_hour BIGINT NOT NULL DEFAULT 0;
DELETE FROM identity_trip WHERE step = 'sign_in';
