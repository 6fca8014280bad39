-- When connections were last given another credential, name or description; nothing: not since they were made.
ALTER TABLE connection ADD COLUMN changed_at BIGINT;
