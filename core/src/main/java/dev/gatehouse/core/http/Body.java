package dev.gatehouse.core.http;

import java.util.Map;
import java.util.Optional;

/// The body of a reply.
public sealed interface Body {
    /// No body.
    record Empty() implements Body {}

    /// A JSON object; values are strings, numbers, booleans, null, lists and maps of these. `mediaType` is
    /// `application/json` or a `+json` type.
    record Json(String mediaType, Map<String, ?> members) implements Body {
        /// The names only: values carry tokens and keys.
        @Override
        public String toString() {
            return mediaType + members.keySet();
        }
    }

    /// Bytes as they are, such as a picture or an answer that is passed on.
    ///
    /// @param mediaType absent where they came without one
    record Binary(Optional<String> mediaType, Bytes bytes) implements Body {}

    /// Text, for `/metrics` and the like.
    record Text(String mediaType, String text) implements Body {}
}
