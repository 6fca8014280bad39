-- Credentials that are public keys, and the assertions that were signed under them and are used up. docs/storage.md
-- says what each column is for.
ALTER TABLE credential DROP CONSTRAINT credential_kind_check;
ALTER TABLE credential ADD CONSTRAINT credential_kind_check
    CHECK (kind IN ('api_key', 'secret', 'domain_key', 'public_key', 'password'));
ALTER TABLE credential ALTER COLUMN pepper DROP NOT NULL;
ALTER TABLE credential ALTER COLUMN digest DROP NOT NULL;
ALTER TABLE credential ADD COLUMN jwks TEXT COLLATE "C" CHECK (length(jwks) BETWEEN 1 AND 16384);
ALTER TABLE credential ADD CONSTRAINT credential_of_keys CHECK ((kind = 'public_key') = (jwks IS NOT NULL));
ALTER TABLE credential ADD CONSTRAINT credential_digested CHECK ((jwks IS NULL) = (digest IS NOT NULL));
ALTER TABLE credential ADD CONSTRAINT credential_peppered CHECK ((digest IS NULL) = (pepper IS NULL));

CREATE TABLE used_assertion (
    application BIGINT NOT NULL,
    jti         BYTEA NOT NULL CHECK (length(jti) = 32),
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (application, jti)
);

CREATE INDEX used_assertion_over ON used_assertion (expires_at);
