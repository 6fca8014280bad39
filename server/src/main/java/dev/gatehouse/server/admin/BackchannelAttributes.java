package dev.gatehouse.server.admin;

import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.member.Application;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a client says of the requests that it sends to people, under the names of OpenID Connect CIBA Core
/// section 4. Each is shown where it is set.
final class BackchannelAttributes {
    static final Attribute<Application, String> MODE = shown(
            "backchannel_token_delivery_mode",
            Types.word(new String[] {BackchannelTerms.POLL, BackchannelTerms.PING}, Function.identity()),
            terms -> Optional.of(terms.mode()).filter(_ -> terms.ping()));
    private static final Attribute<Application, RedirectUri> NOTIFIED = shown(
            "backchannel_client_notification_endpoint",
            Type.text(
                    BackchannelTerms.NOTIFIED,
                    Schema.of("maxLength", RedirectUri.MAX_LENGTH, "examples", List.of("https://app.example.com/told")),
                    BackchannelTerms::notified,
                    RedirectUri::text),
            BackchannelTerms::notified);
    private static final Attribute<Application, RequestAlgorithm> REQUESTS = shown(
            "backchannel_authentication_request_signing_alg",
            Types.word(RequestAlgorithm.values(), RequestAlgorithm::wire),
            BackchannelTerms::requests);
    private static final Attribute<Application, Boolean> USER_CODE = shown(
            "backchannel_user_code_parameter",
            Type.flag(),
            terms -> Optional.of(terms.userCode()).filter(Boolean::booleanValue));

    private static final Attribute<Void, Optional<String>> NEW_MODE = changed(MODE);
    private static final Attribute<Void, Optional<RedirectUri>> NEW_NOTIFIED = changed(NOTIFIED);
    private static final Attribute<Void, Optional<RequestAlgorithm>> NEW_REQUESTS = changed(REQUESTS);
    private static final Attribute<Void, Optional<Boolean>> NEW_USER_CODE = changed(USER_CODE);

    static final List<Attribute<Application, ?>> SHOWN = List.of(MODE, NOTIFIED, REQUESTS, USER_CODE);
    static final List<Form.Item> GIVEN =
            SHOWN.stream().<Form.Item>map(attribute -> Form.optional(attribute)).toList();
    static final List<Form.Item> CHANGED = List.of(
            Form.optional(NEW_MODE),
            Form.optional(NEW_NOTIFIED),
            Form.optional(NEW_REQUESTS),
            Form.optional(NEW_USER_CODE));

    private BackchannelAttributes() {}

    private static <V> Attribute<Application, V> shown(
            String name, Type<V> type, Function<BackchannelTerms, Optional<V>> of) {
        return Attribute.optional(
                name, type, application -> of.apply(application.terms().openId().backchannel()));
    }

    private static <V> Attribute<Void, Optional<V>> changed(Attribute<Application, V> attribute) {
        return Attribute.in(attribute.name(), Type.nullable(attribute.type()));
    }

    /// Of a new application.
    static BackchannelTerms given(Given given) {
        return new BackchannelTerms(
                given.get(MODE).filter(BackchannelTerms.PING::equals).isPresent(),
                given.get(NOTIFIED),
                given.get(REQUESTS),
                given.get(USER_CODE).orElse(false));
    }

    /// After a change: what is left out stays, `null` ends it.
    static BackchannelTerms changed(Given given, BackchannelTerms before) {
        return new BackchannelTerms(
                given.get(NEW_MODE)
                        .map(asked ->
                                asked.filter(BackchannelTerms.PING::equals).isPresent())
                        .orElse(before.ping()),
                given.get(NEW_NOTIFIED).orElse(before.notified()),
                given.get(NEW_REQUESTS).orElse(before.requests()),
                given.get(NEW_USER_CODE).map(asked -> asked.orElse(false)).orElse(before.userCode()));
    }
}
