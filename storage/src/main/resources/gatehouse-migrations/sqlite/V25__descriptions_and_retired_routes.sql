-- What organizations say of their connections.
ALTER TABLE connection ADD COLUMN description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 1000);

-- The last day on which a credential called a route that goes.
CREATE TABLE retired_use (
    api          INTEGER NOT NULL,
    path         TEXT NOT NULL,
    credential   INTEGER NOT NULL,
    organization INTEGER NOT NULL,
    day          INTEGER NOT NULL,
    PRIMARY KEY (api, path, credential)
) STRICT, WITHOUT ROWID;

CREATE INDEX retired_use_by_day ON retired_use (api, day);
