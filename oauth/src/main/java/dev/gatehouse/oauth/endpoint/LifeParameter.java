package dev.gatehouse.oauth.endpoint;

import java.time.Duration;
import java.util.Optional;

/// How long a token shall live: a parameter of ours, named as what the answer calls the same.
final class LifeParameter {
    private static final String NAME = "expires_in";

    /// Why a request is refused that has another value.
    static final String WRONG = NAME + " is not a number of seconds";

    private LifeParameter() {}

    /// What was asked for; empty where nothing was, or nothing that is a life.
    static Optional<Duration> of(Form form) {
        return form.value(NAME)
                .filter(seconds -> seconds.matches("[1-9][0-9]{0,8}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /// Whether something was asked for that is no life.
    static boolean wrong(Form form) {
        return form.has(NAME) && of(form).isEmpty();
    }
}
