package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.limit.Rate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may register clients at an Api, as it is written. What goes without saying is not said.
final class RegistrationShape implements Value {
    static final Value REGISTRATION = new RegistrationShape();

    private static final Rate RATE = RegistrationPolicy.RATE;

    private static final List<String> GRANTS =
            Arrays.stream(GrantType.values()).map(GrantType::wire).toList();

    private static final List<String> METHODS =
            RegistrationPolicy.METHODS.stream().map(ClientMethod::wire).toList();

    private static final Shape SHAPE = Shape.of(
            Shape.optional("organization", Values.PATH),
            Shape.required("role", Values.SLUG),
            Shape.optional("open", Value.yes()),
            Shape.optional("metadata_documents", Value.yes()),
            Shape.optional("grant_types", Value.set(Value.word(GRANTS), 1, GRANTS.size())),
            Shape.optional("token_endpoint_auth_methods", Value.set(Value.word(METHODS), 1, METHODS.size())),
            Shape.optional(
                    "redirect_hosts",
                    Value.set(
                            Value.matching(
                                    "a host, a loopback address, or a scheme of private use with its colon",
                                    "[a-z0-9][a-z0-9.+-]{0,252}:?|\\[::1]"),
                            1,
                            RegistrationPolicy.MAX_HOSTS)),
            Shape.optional("pkce", Value.word(List.of("optional"))),
            Shape.optional("max_clients", Value.number(1, RegistrationPolicy.MOST)),
            Shape.optional("rate", RateValue.RATE),
            Shape.optional("unused_days", Value.number(RegistrationPolicy.MIN_UNUSED, RegistrationPolicy.MAX_UNUSED)));

    private static final Map<String, Json> USUAL = Map.of(
            "organization",
            new Json.Str("/"),
            "grant_types",
            Json.strings(RegistrationPolicy.GRANTS.stream()
                    .map(GrantType::wire)
                    .sorted()
                    .toList()),
            "token_endpoint_auth_methods",
            Json.strings(METHODS.stream().sorted().toList()),
            "max_clients",
            Json.of(RegistrationPolicy.USUAL),
            "rate",
            Json.Obj.EMPTY
                    .with("requests", Json.of(RATE.requests()))
                    .with("seconds", Json.of(RATE.seconds()))
                    .with("burst", Json.of(RATE.burst())));

    private RegistrationShape() {}

    @Override
    public Optional<Json> read(Node node, Mistakes mistakes) {
        return SHAPE.object(node, mistakes).map(policy -> {
            Json.Obj said = policy;
            for (Map.Entry<String, Json> usual : USUAL.entrySet()) {
                if (said.get(usual.getKey()).equals(Optional.of(usual.getValue()))) {
                    said = said.without(usual.getKey());
                }
            }
            return said;
        });
    }
}
