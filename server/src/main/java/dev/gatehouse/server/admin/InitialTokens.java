package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.RegistrationStore;
import dev.gatehouse.core.store.RegistrationStore.InitialToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Initial access tokens (RFC 7591 section 3): each lets so many clients register at an Api. For the provider only.
final class InitialTokens {
    /// By which scanners find leaked ones.
    private static final String PREFIX = "gti_";

    private static final int BYTES = 32;
    private static final Duration LIFE = Duration.ofDays(7);

    private static final Attribute<InitialToken, String> NAME = Attribute.of("name", Types.SLUG, InitialToken::name);
    private static final Attribute<InitialToken, Long> USES =
            Attribute.of("uses", Type.number(0, RegistrationStore.MAX_USES), InitialToken::uses);
    private static final Attribute<InitialToken, Instant> EXPIRES_AT =
            Attribute.of("expires_at", Types.TIME, InitialToken::until);

    static final Noun<InitialToken> NOUN = new Noun<>(
            "registration_token",
            List.of(NAME, USES, EXPIRES_AT, Attribute.of("created_at", Types.TIME, InitialToken::createdAt)));

    private static final Attribute<Void, Long> ASKED = Attribute.in("uses", Type.number(1, RegistrationStore.MAX_USES));

    static final Form CREATE = Form.of(Form.required(NAME), Form.optional(ASKED), Form.optional(EXPIRES_AT));
    static final Form WITHDRAW = Form.of(Form.required(NAME));

    private static final Attribute<Secret, String> SHOWN = Attribute.of(
            "token",
            Type.text(
                    "the initial access token, shown this once",
                    Schema.of("minLength", 1),
                    Optional::of,
                    Function.identity()),
            Secret::reveal);

    static final List<Attribute<?, ?>> ONCE = List.of(SHOWN);

    private InitialTokens() {}

    private static Got<Api> own(Call call) {
        return call.provider()
                ? Apis.named(call)
                : Got.no(new Problem.Beyond("who may register clients is for the provider"));
    }

    static Got<Reply> list(Call call) {
        return own(call)
                .map(api -> Reply.json(
                        200,
                        Map.of(
                                "items",
                                call.desk().store().registrations().tokens(api.id()).stream()
                                        .map(token -> NOUN.show(token, call.view()))
                                        .toList())));
    }

    /// One use and a week where nothing is said.
    static Got<Reply> create(Call call) {
        return own(call).then(call::unmatched).then(api -> {
            Instant until =
                    call.given().get(EXPIRES_AT).orElseGet(() -> call.now().plus(LIFE));
            if (!until.isAfter(call.now())) {
                return Got.no(new Problem.InvalidField("expires_at", "a time to come"));
            }
            byte[] bytes = new byte[BYTES];
            call.desk().random().nextBytes(bytes);
            Secret shown =
                    Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            InitialToken token = new InitialToken(
                    api.id(),
                    call.given().need(NAME),
                    call.desk().pepper().digest(shown),
                    call.given().get(ASKED).orElse(1L),
                    until,
                    call.now());
            return call.write(
                    call.act(),
                    act -> call.desk().store().registrations().issue(token, act),
                    added -> Replies.created(
                            "/v1/apis/" + api.id() + "/registration-tokens",
                            NOUN,
                            added,
                            Noun.show(shown, List.of(SHOWN), View.NONE),
                            call));
        });
    }

    static Got<Reply> withdraw(Call call) {
        return own(call)
                .then(api -> call.matched(Apis.NOUN, api))
                .then(api -> call.write(
                        call.act(),
                        act -> call.desk()
                                .store()
                                .registrations()
                                .withdraw(api.id(), call.given().need(NAME), act),
                        gone -> Replies.shown(200, NOUN, gone, call)));
    }
}
