package dev.gatehouse.server.admin;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.LogoutTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.member.Application;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where an application is told that a person has signed out, under the names of OpenID Connect Back-Channel and
/// Front-Channel Logout 1.0. Each is shown where it is set.
final class LogoutAttributes {
    private static final Type<RedirectUri> URI = Type.text(
            LogoutTerms.ALLOWED,
            Schema.of("maxLength", RedirectUri.MAX_LENGTH, "examples", List.of("https://app.example.com/signed-out")),
            LogoutTerms::uri,
            RedirectUri::text);

    private static final Attribute<Application, RedirectUri> BACK =
            uri("backchannel_logout_uri", LogoutTerms::backChannel);
    private static final Attribute<Application, Boolean> BACK_SESSION =
            flag("backchannel_logout_session_required", LogoutTerms::backSession);
    private static final Attribute<Application, RedirectUri> FRONT =
            uri("frontchannel_logout_uri", LogoutTerms::frontChannel);
    private static final Attribute<Application, Boolean> FRONT_SESSION =
            flag("frontchannel_logout_session_required", LogoutTerms::frontSession);

    private static final Attribute<Void, Optional<RedirectUri>> NEW_BACK = changed(BACK);
    private static final Attribute<Void, Optional<Boolean>> NEW_BACK_SESSION = changed(BACK_SESSION);
    private static final Attribute<Void, Optional<RedirectUri>> NEW_FRONT = changed(FRONT);
    private static final Attribute<Void, Optional<Boolean>> NEW_FRONT_SESSION = changed(FRONT_SESSION);

    static final List<Attribute<Application, ?>> OF_APPLICATIONS = List.of(BACK, BACK_SESSION, FRONT, FRONT_SESSION);
    static final List<Form.Item> GIVEN = OF_APPLICATIONS.stream()
            .<Form.Item>map(attribute -> Form.optional(attribute))
            .toList();
    static final List<Form.Item> CHANGED = List.of(
            Form.optional(NEW_BACK),
            Form.optional(NEW_BACK_SESSION),
            Form.optional(NEW_FRONT),
            Form.optional(NEW_FRONT_SESSION));

    private LogoutAttributes() {}

    private static Attribute<Application, RedirectUri> uri(
            String name, Function<LogoutTerms, Optional<RedirectUri>> of) {
        return Attribute.optional(
                name, URI, application -> of.apply(application.terms().logout()));
    }

    private static Attribute<Application, Boolean> flag(String name, Function<LogoutTerms, Boolean> of) {
        return Attribute.optional(
                name,
                Type.flag(),
                application ->
                        Optional.of(of.apply(application.terms().logout())).filter(Boolean::booleanValue));
    }

    private static <V> Attribute<Void, Optional<V>> changed(Attribute<Application, V> attribute) {
        return Attribute.in(attribute.name(), Type.nullable(attribute.type()));
    }

    /// Of a new application.
    static LogoutTerms given(Given given) {
        return new LogoutTerms(
                given.get(BACK),
                given.get(BACK_SESSION).orElse(false),
                given.get(FRONT),
                given.get(FRONT_SESSION).orElse(false));
    }

    /// After a change: what is left out stays, `null` ends it.
    static LogoutTerms changed(Given given, ClientTerms terms) {
        LogoutTerms before = terms.logout();
        return new LogoutTerms(
                given.get(NEW_BACK).orElse(before.backChannel()),
                given.get(NEW_BACK_SESSION).map(asked -> asked.orElse(false)).orElse(before.backSession()),
                given.get(NEW_FRONT).orElse(before.frontChannel()),
                given.get(NEW_FRONT_SESSION).map(asked -> asked.orElse(false)).orElse(before.frontSession()));
    }
}
