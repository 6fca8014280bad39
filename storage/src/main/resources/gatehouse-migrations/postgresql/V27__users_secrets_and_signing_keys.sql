-- Secrets of users beside those of applications, and keys that requests are signed with. docs/storage.md says what each
-- column is for.
ALTER TABLE credential DROP CONSTRAINT credential_kind_check;
ALTER TABLE credential ADD CONSTRAINT credential_kind_check CHECK (kind IN
    ('api_key', 'secret', 'domain_key', 'public_key', 'user_secret', 'signing_key', 'password'));
ALTER TABLE credential ADD COLUMN sealed BYTEA CHECK (length(sealed) BETWEEN 1 AND 4096);
ALTER TABLE credential ADD CONSTRAINT credential_sealed CHECK ((kind = 'signing_key') = (sealed IS NOT NULL));
ALTER TABLE credential ADD CONSTRAINT credential_of_a_member CHECK (kind <> 'user_secret' OR membership IS NOT NULL);
ALTER TABLE credential ADD CONSTRAINT credential_that_signs CHECK (kind <> 'signing_key' OR application IS NOT NULL);
ALTER TABLE credential DROP CONSTRAINT credential_digested;
ALTER TABLE credential ADD CONSTRAINT credential_digested
    CHECK ((jwks IS NULL AND sealed IS NULL) = (digest IS NOT NULL));

CREATE INDEX credential_signing_key ON credential (id) WHERE kind = 'signing_key' AND NOT revoked;
