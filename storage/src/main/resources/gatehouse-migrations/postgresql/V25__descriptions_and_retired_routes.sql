-- What organizations say of their connections.
ALTER TABLE connection ADD COLUMN description TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (length(description) <= 1000);

-- The last day on which a credential called a route that goes.
CREATE TABLE retired_use (
    api          BIGINT NOT NULL,
    path         TEXT COLLATE "C" NOT NULL,
    credential   BIGINT NOT NULL,
    organization BIGINT NOT NULL,
    day          BIGINT NOT NULL,
    PRIMARY KEY (api, path, credential)
);

CREATE INDEX retired_use_by_day ON retired_use (api, day);
