-- Since when an Api keeps secrets of a kind, and in which of these times a copy was made. docs/storage.md says
-- what each column is for.
CREATE TABLE api_reveal (
    api   BIGINT NOT NULL,
    kind  TEXT COLLATE "C" NOT NULL CHECK (kind IN ('api_key', 'secret', 'domain_key', 'user_secret')),
    since BIGINT NOT NULL,
    PRIMARY KEY (api, kind)
);

ALTER TABLE secret_copy ADD COLUMN since BIGINT NOT NULL DEFAULT 0;

INSERT INTO api_reveal (api, kind, since)
SELECT id, 'api_key', 0 FROM api WHERE ' ' || reveal || ' ' LIKE '% api_key %';
INSERT INTO api_reveal (api, kind, since)
SELECT id, 'secret', 0 FROM api WHERE ' ' || reveal || ' ' LIKE '% secret %';
INSERT INTO api_reveal (api, kind, since)
SELECT id, 'domain_key', 0 FROM api WHERE ' ' || reveal || ' ' LIKE '% domain_key %';
INSERT INTO api_reveal (api, kind, since)
SELECT id, 'user_secret', 0 FROM api WHERE ' ' || reveal || ' ' LIKE '% user_secret %';
