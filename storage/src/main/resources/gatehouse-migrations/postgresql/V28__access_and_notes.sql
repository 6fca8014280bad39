-- What applications of the organizations above may do here at most: lines of an application and a role, or `deny`.
ALTER TABLE organization ADD COLUMN access TEXT COLLATE "C" NOT NULL DEFAULT '';

-- A role that bounds somebody's access is not deleted.
CREATE INDEX organization_with_access ON organization (id) WHERE access <> '';

-- What the wire format that a credential was made in keeps beside it.
ALTER TABLE credential ADD COLUMN note TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (length(note) <= 4000);
