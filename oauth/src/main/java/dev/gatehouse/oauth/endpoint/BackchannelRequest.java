package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.right.Identity;
import dev.gatehouse.core.right.Scopes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a client asks of a person (OpenID Connect CIBA Core section 7.1), read and not yet believed.
///
/// @param hint who is meant, in whichever way
/// @param message what the person sees here and at the client
/// @param life for how long it waits
record BackchannelRequest(Hint hint, Scopes scopes, Optional<String> message, Duration life) {
    /// How the client says whom it means.
    sealed interface Hint {
        /// By name.
        record Login(String username) implements Hint {}

        /// By an ID token of ours that the client has.
        record Token(String text) implements Hint {}
    }

    /// What reading gave.
    sealed interface Read {
        /// A request.
        record Good(BackchannelRequest request) implements Read {}

        /// None.
        record Wrong(OAuthError error) implements Read {}
    }

    /// The longest message: one line on a telephone (section 7.1 wants it short).
    static final int MAX_MESSAGE = 64;

    private static final List<String> HINTS = List.of("login_hint", "id_token_hint", "login_hint_token");

    /// Reads a request. The checks in order; the first that fails answers.
    static Read read(Form form) {
        if (form.has("request")) {
            return wrong("request: signed requests are not taken here");
        }
        if (HINTS.stream().filter(form::has).count() != 1) {
            return wrong("exactly one of login_hint and id_token_hint is needed");
        }
        if (form.has("login_hint_token")) {
            return wrong("login_hint_token is not taken here: send login_hint or id_token_hint");
        }
        Optional<Hint> hint = form.value("login_hint")
                .<Hint>map(Hint.Login::new)
                .or(() -> form.value("id_token_hint").map(Hint.Token::new));
        if (hint.isEmpty()) {
            return wrong("the hint is empty");
        }
        Optional<Scopes> scopes = form.value("scope").flatMap(Scopes::parse);
        if (scopes.filter(asked -> asked.contains(Identity.OPENID)).isEmpty()) {
            return new Read.Wrong(new OAuthError.InvalidScope());
        }
        Optional<String> message = form.value("binding_message");
        if (form.has("binding_message")
                && message.filter(BackchannelRequest::shown).isEmpty()) {
            return new Read.Wrong(new OAuthError.InvalidBackchannel(
                    "invalid_binding_message", "binding_message is one line of 1 to " + MAX_MESSAGE + " characters"));
        }
        Optional<Duration> life = form.value("requested_expiry")
                .filter(seconds -> seconds.matches("[1-9][0-9]{0,8}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        if (form.has("requested_expiry") && life.isEmpty()) {
            return wrong("requested_expiry is not a number of seconds");
        }
        Duration bounded =
                life.filter(asked -> asked.compareTo(DeviceCodes.LIFE) < 0).orElse(DeviceCodes.LIFE);
        return new Read.Good(new BackchannelRequest(hint.get(), scopes.get(), message, bounded));
    }

    /// What turns text around or hides in it would show another message here than at the client (GAUNTLET L07).
    private static boolean shown(String message) {
        return !message.isBlank()
                && message.length() <= MAX_MESSAGE
                && message.codePoints().noneMatch(one -> switch (Character.getType(one)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                });
    }

    private static Read wrong(String what) {
        return new Read.Wrong(new OAuthError.InvalidRequest(what));
    }
}
