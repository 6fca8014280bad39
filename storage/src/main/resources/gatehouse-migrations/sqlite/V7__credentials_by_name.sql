-- Credentials may share a name, so no unique index serves the list of those with one.
CREATE INDEX credential_named ON credential (application, name, id);
