-- Connections by private keys and by certificates. docs/storage.md says what each column is for.

ALTER TABLE connection DROP CONSTRAINT connection_kind_check;
ALTER TABLE connection ADD CONSTRAINT connection_kind_check
    CHECK (kind IN ('key', 'user', 'oauth_internal', 'oauth_external', 'client_credentials', 'jwt_bearer',
        'certificate'));
