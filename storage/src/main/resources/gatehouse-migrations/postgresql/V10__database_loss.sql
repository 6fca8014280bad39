-- How old facts may be that calls of an Api are decided on while the database is away; 0 for no older than others.
ALTER TABLE api ADD COLUMN database_loss_seconds BIGINT NOT NULL DEFAULT 0 CHECK (database_loss_seconds BETWEEN 0 AND 600);
