-- Where a credential has one live token at a time: the generations from the first token of its newest line to the last that was refreshed from it, and when.
ALTER TABLE credential ADD COLUMN line_from INTEGER;
ALTER TABLE credential ADD COLUMN line_to INTEGER;
ALTER TABLE credential ADD COLUMN line_at INTEGER;
ALTER TABLE credential ADD COLUMN refreshed_at INTEGER;

-- What each organization that is made right below one begins with: kind of key, name of role; nothing when empty.
ALTER TABLE organization ADD COLUMN first_key TEXT NOT NULL DEFAULT '';
