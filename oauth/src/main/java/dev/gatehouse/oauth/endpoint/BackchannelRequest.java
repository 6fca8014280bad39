package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.right.Identity;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a client asks of a person (OpenID Connect CIBA Core section 7.1), read and not yet believed.
///
/// @param hint who is meant, in whichever way
/// @param message what the person sees here and at the client
/// @param life for how long it waits
/// @param userCode what the person told the client
/// @param ping what the client wants to be told with
record BackchannelRequest(
        Hint hint,
        Scopes scopes,
        Optional<String> message,
        Duration life,
        Optional<Secret> userCode,
        Optional<Secret> ping) {
    /// How the client says whom it means.
    sealed interface Hint {
        /// By name, or by the id that the client knows.
        record Login(String text) implements Hint {}

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

    /// The longest code of a person that is looked at.
    private static final int MAX_CODE = 256;

    /// Section 7.1: at least 128 random bits, at most 1024 characters, in the form of a bearer token.
    private static final Pattern TOKEN = Pattern.compile("(?=.{22,1024}$)[A-Za-z0-9._~+/-]+=*");

    private static final List<String> PARAMETERS = List.of(
            "scope",
            "client_notification_token",
            "acr_values",
            "login_hint_token",
            "id_token_hint",
            "login_hint",
            "binding_message",
            "user_code",
            "requested_expiry",
            "resource",
            DetailsParameter.NAME);

    /// Whether a form asks for anything.
    static boolean asks(Form form) {
        return PARAMETERS.stream().anyMatch(form::has);
    }

    /// Reads a request. The checks in order; the first that fails answers.
    ///
    /// @param terms of its client
    static Read read(Form form, BackchannelTerms terms) {
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
        Optional<Secret> ping = form.value("client_notification_token")
                .filter(_ -> terms.ping())
                .filter(token -> TOKEN.matcher(token).matches())
                .map(Secret::of);
        if (terms.ping() && ping.isEmpty()) {
            return wrong("client_notification_token is missing, or none of 22 to 1024 characters of a bearer token");
        }
        Optional<Secret> userCode = form.value("user_code").map(Secret::of);
        if (userCode.isPresent() && !terms.userCode()) {
            return wrong("user_code: this client is not known to ask people for it");
        }
        if (userCode.filter(code -> code.bytes().length > MAX_CODE).isPresent()) {
            return new Read.Wrong(
                    new OAuthError.InvalidBackchannel("invalid_user_code", "it is not the person's code"));
        }
        Duration bounded =
                life.filter(asked -> asked.compareTo(DeviceCodes.LIFE) < 0).orElse(DeviceCodes.LIFE);
        return new Read.Good(new BackchannelRequest(hint.get(), scopes.get(), message, bounded, userCode, ping));
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
