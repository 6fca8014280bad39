package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.member.Application;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What clients have to keep to beyond the least: flags of an application, for itself, and of an Api, for all its
/// clients. Each is shown where it is on.
final class ClientRuleAttributes {
    private static final Map<ClientRule, Attribute<Application, Boolean>> OF_APPLICATION =
            each(rule -> flag(rule, application -> application.terms().rules()));
    private static final Map<ClientRule, Attribute<Void, Optional<Boolean>>> CHANGED_OF_APPLICATION =
            each(rule -> Attribute.in(rule.wire(), Type.nullable(Type.flag())));
    private static final Map<ClientRule, Attribute<Api, Boolean>> OF_API =
            each(rule -> flag(rule, api -> api.clients().required()));

    private static final Attribute<Api, Long> PUSHED_LIFE = Attribute.optional(
            "pushed_request_life_seconds",
            Type.number(ClientRules.MIN_PUSHED_LIFE.toSeconds(), ClientRules.MAX_PUSHED_LIFE.toSeconds()),
            api -> Optional.of(api.clients().pushedLife())
                    .filter(life -> !life.equals(ClientRules.PUSHED_LIFE))
                    .map(Duration::toSeconds));

    private static final Attribute<Api, Boolean> NONCES = Attribute.optional(
            "dpop_nonce",
            Type.flag(),
            api -> Optional.of(api.clients().nonces()).filter(Boolean::booleanValue));

    private static final Attribute<Api, Boolean> IMPLICIT = Attribute.optional(
            "implicit",
            Type.flag(),
            api -> Optional.of(api.clients().implicit()).filter(Boolean::booleanValue));

    private static final Attribute<Api, String> CERTIFICATES = Attribute.optional(
            "mtls_base",
            Type.text(
                    "an https URL of a host name, without anything after that",
                    Schema.of("maxLength", RedirectUri.MAX_LENGTH, "examples", List.of("https://mtls.example.com")),
                    ClientRules::base,
                    Function.identity()),
            api -> api.clients().certificates());

    static final Attribute<Api, ClientProfile> PROFILE = Attribute.optional(
            "profile", ClientMessageAttributes.PROFILES, api -> api.clients().profile());

    static final List<Attribute<Application, ?>> OF_APPLICATIONS = List.copyOf(OF_APPLICATION.values());
    static final List<Form.Item> GIVEN = items(OF_APPLICATIONS.stream());
    static final List<Form.Item> CHANGED = items(CHANGED_OF_APPLICATION.values().stream());
    static final List<Attribute<Api, ?>> OF_APIS = Stream.<Attribute<Api, ?>>concat(
                    OF_API.values().stream(),
                    Stream.of(NONCES, PUSHED_LIFE, CERTIFICATES, PROFILE, IMPLICIT, Registration.POLICY))
            .toList();
    static final List<Form.Item> WRITTEN = items(OF_APIS.stream());

    private ClientRuleAttributes() {}

    private static <V> Map<ClientRule, V> each(Function<ClientRule, V> of) {
        Map<ClientRule, V> all = new EnumMap<>(ClientRule.class);
        Arrays.stream(ClientRule.values()).forEach(rule -> all.put(rule, of.apply(rule)));
        return all;
    }

    private static <V> V of(Map<ClientRule, V> each, ClientRule rule) {
        return Objects.requireNonNull(each.get(rule));
    }

    private static <N> Attribute<N, Boolean> flag(ClientRule rule, Function<N, Set<ClientRule>> on) {
        return Attribute.optional(
                rule.wire(),
                Type.flag(),
                noun -> Optional.of(on.apply(noun).contains(rule)).filter(Boolean::booleanValue));
    }

    private static List<Form.Item> items(Stream<? extends Attribute<?, ?>> attributes) {
        return attributes.<Form.Item>map(attribute -> Form.optional(attribute)).toList();
    }

    /// The rules of a new application.
    static Set<ClientRule> given(Given given) {
        return on(rule -> given.get(of(OF_APPLICATION, rule)).orElse(false));
    }

    /// The rules after a change: what is left out stays, `null` ends it.
    static Set<ClientRule> changed(Given given, Set<ClientRule> before) {
        return on(rule -> given.get(of(CHANGED_OF_APPLICATION, rule))
                .map(asked -> asked.orElse(false))
                .orElse(before.contains(rule)));
    }

    /// What an Api requires as it is written.
    static ClientRules of(Given given) {
        return new ClientRules(
                on(rule -> given.get(of(OF_API, rule)).orElse(false)),
                given.get(NONCES).orElse(false),
                given.get(PUSHED_LIFE).map(Duration::ofSeconds).orElse(ClientRules.PUSHED_LIFE),
                given.get(PROFILE),
                given.get(Registration.POLICY),
                given.get(CERTIFICATES),
                given.get(IMPLICIT).orElse(false));
    }

    private static Set<ClientRule> on(Function<ClientRule, Boolean> asked) {
        Set<ClientRule> rules = EnumSet.noneOf(ClientRule.class);
        Arrays.stream(ClientRule.values()).filter(asked::apply).forEach(rules::add);
        return rules;
    }
}
