-- Users, their memberships and passwords, and keys that memberships hold. docs/storage.md says what each is for.
CREATE TABLE person (
    id           BIGINT NOT NULL PRIMARY KEY,
    organization BIGINT NOT NULL REFERENCES organization (id),
    username     TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(username) BETWEEN 1 AND 100),
    profile      TEXT COLLATE "C" NOT NULL,
    memberships  BIGINT NOT NULL CHECK (memberships BETWEEN 0 AND 64),
    holds        BIGINT NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      BOOLEAN NOT NULL,
    generation   BIGINT NOT NULL CHECK (generation >= 0),
    not_before   BIGINT,
    expires_at   BIGINT,
    version      BIGINT NOT NULL CHECK (version >= 0),
    created_at   BIGINT NOT NULL,
    UNIQUE (id, organization)
);

CREATE INDEX person_list ON person (organization, id);

CREATE TABLE membership (
    id           BIGINT NOT NULL PRIMARY KEY,
    person       BIGINT NOT NULL REFERENCES person (id),
    organization BIGINT NOT NULL REFERENCES organization (id),
    role         BIGINT REFERENCES role (id),
    credentials  BIGINT NOT NULL CHECK (credentials BETWEEN 0 AND 1000),
    holds        BIGINT NOT NULL CHECK (holds BETWEEN 0 AND 15),
    revoked      BOOLEAN NOT NULL,
    generation   BIGINT NOT NULL CHECK (generation >= 0),
    not_before   BIGINT,
    expires_at   BIGINT,
    version      BIGINT NOT NULL CHECK (version >= 0),
    created_at   BIGINT NOT NULL,
    UNIQUE (id, organization)
);

CREATE UNIQUE INDEX membership_living ON membership (person, organization) WHERE NOT revoked;
CREATE INDEX membership_list ON membership (organization, id);

ALTER TABLE credential ALTER COLUMN application DROP NOT NULL;
ALTER TABLE credential ADD COLUMN person BIGINT;
ALTER TABLE credential ADD COLUMN membership BIGINT;
ALTER TABLE credential ADD COLUMN stretch TEXT COLLATE "C" CHECK (length(stretch) BETWEEN 1 AND 200);
ALTER TABLE credential ADD FOREIGN KEY (person, organization) REFERENCES person (id, organization);
ALTER TABLE credential ADD FOREIGN KEY (membership, organization) REFERENCES membership (id, organization);
ALTER TABLE credential DROP CONSTRAINT credential_kind_check;
ALTER TABLE credential ADD CONSTRAINT credential_kind_check CHECK (kind IN ('api_key', 'secret', 'domain_key', 'password'));
ALTER TABLE credential ADD CONSTRAINT credential_holder CHECK (num_nonnulls(application, person, membership) = 1);
ALTER TABLE credential ADD CONSTRAINT credential_of_person CHECK ((kind = 'password') = (person IS NOT NULL));
ALTER TABLE credential ADD CONSTRAINT credential_stretched CHECK ((kind = 'password') = (stretch IS NOT NULL));

CREATE UNIQUE INDEX credential_password ON credential (person) WHERE person IS NOT NULL AND NOT revoked;
CREATE INDEX credential_of_membership ON credential (membership, id) WHERE membership IS NOT NULL;

-- Which user acted; who acted is either one or an application.
ALTER TABLE audit ADD COLUMN actor_user BIGINT;
CREATE INDEX audit_actor_user ON audit (actor_user, at, position) WHERE actor_user IS NOT NULL;
