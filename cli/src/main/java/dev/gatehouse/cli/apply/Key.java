package dev.gatehouse.cli.apply;

/// What is written in files, by names: the same on every server.
sealed interface Key {
    /// Its own name.
    String name();

    /// What kind of thing it is, in one word.
    String kind();

    /// What has credentials.
    sealed interface Holder extends Key permits Application, Membership {
        /// Where it is.
        OrganizationPath organization();
    }

    record Api(String name) implements Key {
        @Override
        public String kind() {
            return "api";
        }

        @Override
        public String toString() {
            return "api " + name;
        }
    }

    /// Whoever else says who people are.
    record Provider(String name) implements Key {
        @Override
        public String kind() {
            return "identity provider";
        }

        @Override
        public String toString() {
            return "identity provider " + name;
        }
    }

    record Organization(OrganizationPath path) implements Key {
        @Override
        public String name() {
            return path.name();
        }

        @Override
        public String kind() {
            return "organization";
        }

        @Override
        public String toString() {
            return "organization " + path;
        }
    }

    record Role(OrganizationPath organization, String name) implements Key {
        @Override
        public String kind() {
            return "role";
        }

        @Override
        public String toString() {
            return "role " + organization + " > " + name;
        }
    }

    record Application(OrganizationPath organization, String name) implements Holder {
        @Override
        public String kind() {
            return "application";
        }

        @Override
        public String toString() {
            return "application " + organization + " > " + name;
        }
    }

    record Customer(OrganizationPath organization, String name) implements Key {
        @Override
        public String kind() {
            return "customer";
        }

        @Override
        public String toString() {
            return "customer " + organization + " > " + name;
        }
    }

    /// A person.
    ///
    /// @param organization its home
    /// @param name its username
    record User(OrganizationPath organization, String name) implements Key {
        @Override
        public String kind() {
            return "user";
        }

        @Override
        public String toString() {
            return "user " + organization + " > " + name;
        }
    }

    /// What a person is somewhere.
    ///
    /// @param organization where the user is a member
    record Membership(OrganizationPath organization, User user) implements Holder {
        @Override
        public String name() {
            return user.name();
        }

        @Override
        public String kind() {
            return "membership";
        }

        @Override
        public String toString() {
            return "member " + organization + " > " + name();
        }
    }

    record Credential(Holder holder, String name) implements Key {
        @Override
        public String kind() {
            return "credential";
        }

        @Override
        public String toString() {
            return "credential " + holder.organization() + " > " + holder.name() + " > " + name;
        }
    }
}
