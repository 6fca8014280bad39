-- What organizations say of their connections.
ALTER TABLE connection ADD COLUMN description TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (length(description) <= 1000);
