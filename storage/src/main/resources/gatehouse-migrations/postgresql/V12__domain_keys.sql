-- Domain keys, which are bound to origins, and the pages that Apis answer besides those of domain keys.
ALTER TABLE credential DROP CONSTRAINT credential_kind_check;
ALTER TABLE credential ADD CONSTRAINT credential_kind_check CHECK (kind IN ('api_key', 'secret', 'domain_key'));
ALTER TABLE credential ADD COLUMN origins TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX credential_domain_key ON credential (id) WHERE kind = 'domain_key' AND NOT revoked;
ALTER TABLE api ADD COLUMN cors TEXT COLLATE "C" NOT NULL DEFAULT '';
