package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.StoredKey;

/// A step that the schedule asks for.
sealed interface Due {
    /// A line has no active key.
    record Begin(Line line) implements Due {}

    /// The next key of a line is to be published.
    record Prepare(Line line) implements Due {}

    /// The prepared key of a line is to become the active one.
    record Activate(Line line, StoredKey next) implements Due {
        @Override
        public String toString() {
            return "Activate[line=" + line + ", next=" + next.id() + "]";
        }
    }

    /// The last token that was made under a retired key has died.
    record End(Id key) implements Due {}
}
