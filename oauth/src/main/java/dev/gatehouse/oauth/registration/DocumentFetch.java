package dev.gatehouse.oauth.registration;

/// Gets the metadata that a client shows at the URL which is its name.
@FunctionalInterface
public interface DocumentFetch {
    /// What asking came to.
    sealed interface Got {
        /// This is there.
        record Document(String text) implements Got {}

        /// Its site says that there is none.
        record Nothing() implements Got {}

        /// Nobody can tell now.
        record Silence() implements Got {}
    }

    /// Asks once. Blocks, for a few seconds at most.
    Got fetch(String uri);
}
