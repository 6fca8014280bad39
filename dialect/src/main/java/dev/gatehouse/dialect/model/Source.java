package dev.gatehouse.dialect.model;

import java.util.List;

/// A place of a request that an input is read from.
public sealed interface Source {
    /// How files spell it.
    String text();

    /// What follows a scheme of the `Authorization` header (RFC 9110 section 11.6.2); schemes are compared
    /// without case.
    record Scheme(String name) implements Source {
        @Override
        public String text() {
            return "scheme " + name;
        }
    }

    /// The whole `Authorization` header, where it has no scheme.
    record Bare() implements Source {
        @Override
        public String text() {
            return "bare Authorization";
        }
    }

    /// One half of `Authorization: Basic` (RFC 7617).
    record Basic(Half half) implements Source {
        @Override
        public String text() {
            return "basic " + half.word();
        }
    }

    /// A header field.
    record HeaderField(String name) implements Source {
        @Override
        public String text() {
            return "header " + name;
        }
    }

    /// A parameter of the query.
    record Query(String name) implements Source {
        @Override
        public String text() {
            return "query " + name;
        }
    }

    /// A member of the body; of a JSON object inside it, one name for each level.
    record Member(List<String> path) implements Source {
        /// Keeps a copy.
        public Member {
            path = List.copyOf(path);
        }

        @Override
        public String text() {
            return "member " + String.join(".", path);
        }
    }

    /// A variable of the path.
    record PathVariable(String name) implements Source {
        @Override
        public String text() {
            return "path " + name;
        }
    }

    /// The halves of Basic credentials.
    enum Half implements Word {
        /// Before the first colon.
        USER("user", "what stands before the first colon"),
        /// After it.
        PASSWORD("password", "what stands after it");

        private final String word;
        private final String meaning;

        Half(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        @Override
        public String word() {
            return word;
        }

        @Override
        public String meaning() {
            return meaning;
        }
    }
}
