-- How far the links of an identity provider that was narrowed are cut, while they are: a page at a time.
-- docs/storage.md says what each column is for.
ALTER TABLE identity_provider ADD COLUMN cut_to BIGINT;
CREATE INDEX identity_link_of_provider ON identity_link (provider, credential);
