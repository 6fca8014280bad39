package dev.gatehouse.core.http;

import java.util.function.Supplier;

/// What whoever traces a request is told while it is decided: names of the installation and fixed words, never
/// anything that the caller sent.
public interface Trace {
    /// Nobody traces it.
    Trace NONE = new Trace() {
        @Override
        public void route(String api, Supplier<String> template) {}

        @Override
        public void outcome(String api, String word) {}
    };

    /// The request is for this Api, and its path matches this template.
    void route(String api, Supplier<String> template);

    /// The request was decided at this Api.
    ///
    /// @param word `allowed`, or the reason of a refusal
    void outcome(String api, String word);
}
