package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.LogoutTerms;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the terms of a client are written, each under its name of RFC 7591. What a program that acts for itself
/// has goes without saying.
final class ClientShape {
    private static final Value URIS = Value.set(
            Value.text(RedirectUri.ALLOWED, text -> RedirectUri.parse(text).map(RedirectUri::text)),
            0,
            ClientTerms.MAX_URIS);

    private static final Value LOGOUT =
            Value.text(LogoutTerms.ALLOWED, text -> LogoutTerms.uri(text).map(RedirectUri::text));

    private static final List<String> METHODS = Stream.of(ClientMethod.values())
            .filter(method -> method != ClientTerms.MACHINE.method())
            .map(ClientMethod::wire)
            .toList();

    private static final List<String> GRANTS =
            Arrays.stream(GrantType.values()).map(GrantType::wire).toList();

    private static final List<String> OF_A_PROGRAM =
            ClientTerms.MACHINE.grants().stream().map(GrantType::wire).sorted().toList();

    /// What clients have to keep to beyond the least.
    static final Shape RULES = Shape.of(Stream.of(ClientRule.values())
                    .map(rule -> Shape.optional(rule.wire(), Value.yes()))
                    .toArray(Shape.Key[]::new))
            .and(Shape.of(Shape.optional(
                    "profile",
                    Value.word(Stream.of(ClientProfile.values())
                            .map(ClientProfile::wire)
                            .toList()))));

    private static final List<String> ALGORITHMS =
            SignedAnswer.ALGORITHMS.stream().map(SigningAlgorithm::wire).toList();

    private static final Shape MESSAGES = Shape.of(Stream.of(SignedAnswer.values())
                    .map(answer -> Shape.optional(answer.wire(), Value.word(ALGORITHMS)))
                    .toArray(Shape.Key[]::new))
            .and(Shape.of(Shape.optional(
                    "request_object_signing_alg",
                    Value.word(Stream.of(RequestAlgorithm.values())
                            .map(RequestAlgorithm::wire)
                            .toList()))));

    private static final Shape OPEN_ID = Shape.of(
            Shape.optional("subject_type", Value.word(List.of("pairwise"))),
            Shape.optional(
                    "sector_identifier_uri",
                    Value.text(
                            "an https URI of a list of redirect URIs",
                            text -> OpenIdTerms.sectorUri(text).map(RedirectUri::text))),
            Shape.optional(
                    "request_uris",
                    Value.set(Value.text(OpenIdTerms.REQUEST_URI, OpenIdTerms::requestUri), 1, ClientTerms.MAX_URIS)),
            Shape.optional("default_max_age", Value.number(0, OpenIdTerms.MAX_AGE)),
            Shape.optional(
                    "default_acr_values",
                    Value.list(Value.text(OpenIdTerms.ACR_VALUE, OpenIdTerms::acrValue), OpenIdTerms.MAX_ACR_VALUES)),
            Shape.optional("response_types", ClientShape.responses()));

    private static final Shape BACKCHANNEL = Shape.of(
            Shape.optional("backchannel_token_delivery_mode", Value.word(List.of(BackchannelTerms.PING))),
            Shape.optional(
                    "backchannel_client_notification_endpoint",
                    Value.text(
                            BackchannelTerms.NOTIFIED,
                            text -> BackchannelTerms.notified(text).map(RedirectUri::text))),
            Shape.optional(
                    "backchannel_authentication_request_signing_alg",
                    Value.word(Stream.of(RequestAlgorithm.values())
                            .map(RequestAlgorithm::wire)
                            .toList())),
            Shape.optional("backchannel_user_code_parameter", Value.yes()));

    static final Shape TERMS = Shape.of(
                    Shape.optional("token_endpoint_auth_method", Value.word(METHODS)),
                    Shape.optional("grant_types", ClientShape.grants()),
                    Shape.optional("redirect_uris", URIS),
                    Shape.optional("post_logout_redirect_uris", URIS),
                    Shape.optional("backchannel_logout_uri", LOGOUT),
                    Shape.optional("backchannel_logout_session_required", Value.yes()),
                    Shape.optional("frontchannel_logout_uri", LOGOUT),
                    Shape.optional("frontchannel_logout_session_required", Value.yes()),
                    Shape.optional("pkce", Value.word(List.of("optional"))))
            .and(RULES)
            .and(MESSAGES)
            .and(OPEN_ID)
            .and(BACKCHANNEL)
            .and(Shape.of(Shape.optional(DetailShape.NAME, DetailShape.OF_CLIENT)));

    private ClientShape() {}

    /// Adds what no client could keep to.
    static void check(Json.Obj read, Node node, Mistakes mistakes) {
        Set<ClientRule> rules = Stream.of(ClientRule.values())
                .filter(rule -> read.get(rule.wire()).isPresent())
                .collect(Collectors.toUnmodifiableSet());
        ClientRules.contradiction(rules).ifPresent(mistake -> mistakes.add(node.place(), mistake));
    }

    private static Value grants() {
        return unsaid(Value.set(Value.word(GRANTS), 1, GRANTS.size()), OF_A_PROGRAM);
    }

    /// Codes alone go without saying.
    private static Value responses() {
        List<String> names = ResponseType.names();
        return unsaid(Value.set(Value.word(names), 1, names.size()), List.of(ResponseType.CODE.wire()));
    }

    private static Value unsaid(Value set, List<String> usual) {
        return (node, mistakes) ->
                set.read(node, mistakes).map(read -> read.equals(Json.strings(usual)) ? Json.strings(List.of()) : read);
    }
}
