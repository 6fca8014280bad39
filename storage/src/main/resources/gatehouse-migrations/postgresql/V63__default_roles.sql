-- What those get whose maker names no role: `role` and a name, `none`, or what is said above when empty.
ALTER TABLE organization ADD COLUMN default_role TEXT COLLATE "C" NOT NULL DEFAULT '';
