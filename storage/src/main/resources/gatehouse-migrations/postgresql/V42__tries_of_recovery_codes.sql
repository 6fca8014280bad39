-- Recovery codes are counted by themselves. docs/storage.md says what each column is for.
ALTER TABLE second_factor ADD COLUMN recovery_tries BIGINT NOT NULL DEFAULT 0 CHECK (recovery_tries >= 0);
ALTER TABLE second_factor ADD COLUMN recovery_from BIGINT NOT NULL DEFAULT 0;
