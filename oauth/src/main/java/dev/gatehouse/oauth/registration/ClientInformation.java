package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.LogoutTerms;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.oauth.endpoint.DetailsParameter;
import dev.gatehouse.oauth.jose.ClientKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a client is told of itself: all that is registered, as it is now (RFC 7591 section 3.2.1). The application
/// says most of it, so what others changed of that is seen here.
final class ClientInformation {
    private ClientInformation() {}

    /// @param told what is kept for whoever asks
    /// @param scopes the most that it may ask for
    static Map<String, Object> of(
            Application client, Optional<PublicKeys> keys, Map<String, Object> told, Scopes scopes, Api api) {
        ClientTerms terms = client.terms();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("client_id", client.clientId());
        members.put("client_id_issued_at", client.createdAt().getEpochSecond());
        members.put("client_name", client.name());
        members.put("token_endpoint_auth_method", terms.method().wire());
        members.put(
                "grant_types",
                terms.grants().stream().map(GrantType::wire).sorted().toList());
        members.put(
                "response_types",
                Stream.of(ResponseType.values())
                        .filter(terms::answeredWith)
                        .map(ResponseType::wire)
                        .toList());
        members.put("redirect_uris", texts(terms.redirects()));
        members.put("scope", scopes.text());
        keys.ifPresent(some -> keys(some, members));
        if (!terms.afterLogout().isEmpty()) {
            members.put("post_logout_redirect_uris", texts(terms.afterLogout()));
        }
        for (ClientRule rule : ClientRule.values()) {
            if (terms.rules().contains(rule)) {
                members.put(rule.wire(), true);
            }
        }
        if (!terms.details().listed().isEmpty()) {
            members.put(DetailsParameter.TYPES, terms.details().listed());
        }
        logout(terms.logout(), members);
        if (api.openId()) {
            openId(terms, api, members);
        }
        members.putAll(told);
        return members;
    }

    private static void besides(OpenIdTerms terms, Map<String, Object> members) {
        terms.sectorUri().ifPresent(uri -> members.put("sector_identifier_uri", uri.text()));
        if (!terms.requestUris().isEmpty()) {
            members.put("request_uris", terms.requestUris());
        }
        terms.maxAgeSeconds().ifPresent(age -> members.put("default_max_age", age));
        if (!terms.acrValues().isEmpty()) {
            members.put("default_acr_values", terms.acrValues());
        }
    }

    private static List<String> texts(List<RedirectUri> uris) {
        return uris.stream().map(RedirectUri::text).toList();
    }

    private static void keys(PublicKeys keys, Map<String, Object> members) {
        keys.uri().ifPresent(uri -> members.put("jwks_uri", uri));
        if (ClientKeys.read(keys.jwks()) instanceof ClientKeys.Read.Good(ClientKeys set)) {
            members.put("jwks", Map.of("keys", set.members()));
        }
    }

    private static void logout(LogoutTerms logout, Map<String, Object> members) {
        logout.backChannel().ifPresent(uri -> {
            members.put("backchannel_logout_uri", uri.text());
            members.put("backchannel_logout_session_required", logout.backSession());
        });
        logout.frontChannel().ifPresent(uri -> {
            members.put("frontchannel_logout_uri", uri.text());
            members.put("frontchannel_logout_session_required", logout.frontSession());
        });
    }

    private static void backchannel(BackchannelTerms terms, Map<String, Object> members) {
        members.put("backchannel_token_delivery_mode", terms.mode());
        terms.notified().ifPresent(uri -> members.put("backchannel_client_notification_endpoint", uri.text()));
        terms.requests().ifPresent(alg -> members.put("backchannel_authentication_request_signing_alg", alg.wire()));
        members.put("backchannel_user_code_parameter", terms.userCode());
    }

    private static void openId(ClientTerms terms, Api api, Map<String, Object> members) {
        members.put("subject_type", terms.openId().pairwise() ? "pairwise" : "public");
        besides(terms.openId(), members);
        if (terms.uses(GrantType.CIBA)) {
            backchannel(terms.openId().backchannel(), members);
        }
        for (SignedAnswer answer : SignedAnswer.values()) {
            SigningAlgorithm algorithm = api.clients().signing(answer, terms);
            if (answer != SignedAnswer.USERINFO || terms.messages().answers().containsKey(answer)) {
                members.put(answer.wire(), algorithm.wire());
            }
        }
        terms.messages()
                .requests()
                .map(RequestAlgorithm::wire)
                .ifPresent(algorithm -> members.put("request_object_signing_alg", algorithm));
    }
}
