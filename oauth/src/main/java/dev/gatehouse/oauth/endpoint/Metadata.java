package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.oauth.jose.ClientKeys;
import dev.gatehouse.oauth.token.Acr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What an Api says of itself to clients: `/.well-known/oauth-authorization-server` (RFC 8414) and, where people
/// sign in, the same under `/.well-known/openid-configuration` (OpenID Connect Discovery section 4). All of it
/// comes from configuration, nothing from the request (GAUNTLET L05).
public final class Metadata {
    /// Where the document itself is (RFC 8414 section 3).
    public static final String PATH = "/.well-known/oauth-authorization-server";

    /// Where it is for OpenID Connect.
    public static final String OPENID_PATH = "/.well-known/openid-configuration";

    /// Where the authorization endpoint is below the issuer.
    public static final String AUTHORIZE_PATH = "/oauth2/authorize";

    /// Where the pushed authorization request endpoint is below the issuer.
    public static final String PAR_PATH = "/oauth2/par";

    /// Where the device authorization endpoint is below the issuer.
    public static final String DEVICE_AUTHORIZATION_PATH = "/oauth2/device_authorization";

    /// Where requests to people are sent, below the issuer.
    public static final String BACKCHANNEL_PATH = "/oauth2/bc-authorize";

    /// Where people type the code of a device, below the issuer.
    public static final String DEVICE_PATH = "/oauth2/device";

    /// Where the token endpoint is below the issuer.
    public static final String TOKEN_PATH = "/oauth2/token";

    /// Where the JWKS document is below the issuer.
    public static final String JWKS_PATH = "/oauth2/jwks";

    /// Where the introspection endpoint is below the issuer.
    public static final String INTROSPECTION_PATH = "/oauth2/introspect";

    /// Where the revocation endpoint is below the issuer.
    public static final String REVOCATION_PATH = "/oauth2/revoke";

    /// Where clients register themselves below the issuer.
    public static final String REGISTRATION_PATH = "/oauth2/register";

    /// Where UserInfo is below the issuer.
    public static final String USERINFO_PATH = "/oauth2/userinfo";

    /// Where the end session endpoint is below the issuer.
    public static final String LOGOUT_PATH = "/oauth2/logout";

    private static final List<String> SIGNED =
            List.of(ClientMethod.PRIVATE_KEY_JWT.wire(), ClientMethod.TLS.wire(), ClientMethod.SELF_SIGNED_TLS.wire());

    private static final List<String> PROVEN = Stream.concat(
                    Stream.of(ClientMethod.SECRET_BASIC.wire(), ClientMethod.SECRET_POST.wire()), SIGNED.stream())
            .toList();

    private static final List<String> PROVEN_OR_NONE =
            Stream.concat(PROVEN.stream(), Stream.of(ClientMethod.NONE.wire())).toList();

    /// What clients of a profile may sign with.
    private static final List<String> STRONG =
            ClientKeys.ALGORITHMS.stream().filter(ClientProfile::signable).toList();

    private static final List<String> SIGNED_MODES = List.of("jwt", "query.jwt", "form_post.jwt");

    private static final List<String> RESPONSE_MODES = Stream.concat(
                    Stream.of("query", "form_post"), SIGNED_MODES.stream())
            .toList();

    private static final List<String> FRAGMENTS = List.of("fragment", "fragment.jwt");

    private static final List<String> ANSWERS =
            SignedAnswer.ALGORITHMS.stream().map(SigningAlgorithm::wire).toList();

    private static final List<String> GRANTS = List.of(
            TokenRequest.CLIENT_CREDENTIALS,
            TokenExchange.GRANT_TYPE,
            BearerGrant.TYPE,
            PageGrants.DOMAIN_KEY,
            PageGrants.RENEWAL);

    private static final List<String> ALIASED = List.of(
            "token_endpoint",
            "revocation_endpoint",
            "introspection_endpoint",
            "device_authorization_endpoint",
            "backchannel_authentication_endpoint",
            "pushed_authorization_request_endpoint",
            "userinfo_endpoint");

    private Metadata() {}

    /// The document.
    public static Reply answer(HttpFacts http, Api api) {
        return Documents.answer(http, members(api));
    }

    /// The document for OpenID Connect, where people sign in.
    public static Reply openId(HttpFacts http, Api api) {
        return api.openId() ? answer(http, api) : Reply.problem(404, "not-found", "this Api is no OpenID provider");
    }

    /// Where an Api's token endpoint is.
    static String tokenEndpoint(Api api) {
        return base(api) + TOKEN_PATH;
    }

    /// What a path may be called: below the issuer of an Api, and where certificates are asked for.
    public static List<String> addresses(Api api, String path) {
        return Stream.concat(
                        Stream.of(address(api, path)),
                        api.clients().certificates().stream().map(at -> at + path))
                .toList();
    }

    /// What a path is called below the issuer of an Api.
    public static String address(Api api, String path) {
        return base(api) + path;
    }

    private static String base(Api api) {
        return api.issuer().endsWith("/")
                ? api.issuer().substring(0, api.issuer().length() - 1)
                : api.issuer();
    }

    private static Map<String, Object> members(Api api) {
        String base = base(api);
        boolean profile = api.clients().profile().isPresent();
        List<String> methods = profile ? SIGNED : api.openId() ? PROVEN_OR_NONE : PROVEN;
        List<String> algorithms = profile ? STRONG : ClientKeys.ALGORITHMS;
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuer", api.issuer());
        members.put("token_endpoint", tokenEndpoint(api));
        members.put("jwks_uri", base + JWKS_PATH);
        Documents.some(members, "scopes_supported", api.catalogue().all().list());
        DetailsParameter.tell(api, members); // RFC 9396 section 10
        members.put("response_types_supported", responseTypes(api));
        members.put("grant_types_supported", grants(api));
        members.put("token_endpoint_auth_methods_supported", methods);
        members.put("token_endpoint_auth_signing_alg_values_supported", algorithms);
        members.put("revocation_endpoint", base + REVOCATION_PATH);
        members.put("revocation_endpoint_auth_methods_supported", methods);
        members.put("revocation_endpoint_auth_signing_alg_values_supported", ClientKeys.ALGORITHMS);
        members.put("introspection_endpoint", base + INTROSPECTION_PATH);
        members.put("introspection_endpoint_auth_methods_supported", PROVEN);
        members.put("introspection_endpoint_auth_signing_alg_values_supported", ClientKeys.ALGORITHMS);
        members.put("dpop_signing_alg_values_supported", algorithms); // RFC 9449 section 5.1
        if (api.clients().registration().isPresent()) {
            members.put("registration_endpoint", base + REGISTRATION_PATH);
        }
        if (api.clients().registration().filter(RegistrationPolicy::documents).isPresent()) {
            members.put("client_id_metadata_document_supported", true);
        }
        if (api.tells()) {
            members.put("introspection_signing_alg_values_supported", answers(api)); // RFC 9701 section 7
        }
        members.put(ClientRule.CERTIFICATE_BOUND.wire(), true); // RFC 8705 section 3.3
        if (api.openId()) {
            people(api, base, members);
            pushed(api, base, members);
        }
        api.clients().certificates().ifPresent(at -> members.put("mtls_endpoint_aliases", aliases(at, base, members)));
        return members;
    }

    /// The endpoints that clients use, where certificates are asked for (RFC 8705 section 5).
    private static Map<String, Object> aliases(String at, String base, Map<String, Object> members) {
        Map<String, Object> aliases = new LinkedHashMap<>();
        ALIASED.stream()
                .filter(members::containsKey)
                .forEach(name ->
                        aliases.put(name, at + String.valueOf(members.get(name)).substring(base.length())));
        return aliases;
    }

    private static List<String> responseTypes(Api api) {
        if (!api.openId()) {
            return List.of();
        }
        return api.clients().implicit() ? ResponseType.names() : List.of(ResponseType.CODE.wire());
    }

    private static List<String> responseModes(Api api) {
        if (api.clients().profile().filter(ClientProfile::signs).isPresent()) {
            return SIGNED_MODES;
        }
        return api.clients().implicit()
                ? Stream.concat(RESPONSE_MODES.stream(), FRAGMENTS.stream()).toList()
                : RESPONSE_MODES;
    }

    private static List<String> grants(Api api) {
        List<String> grants = new ArrayList<>();
        if (api.openId()) {
            grants.add(GrantType.AUTHORIZATION_CODE.wire());
            if (api.clients().implicit()) {
                grants.add(GrantType.IMPLICIT.wire());
            }
            grants.add(GrantType.REFRESH_TOKEN.wire());
            grants.add(GrantType.DEVICE_CODE.wire());
            grants.add(GrantType.CIBA.wire());
        }
        grants.addAll(GRANTS);
        return grants;
    }

    /// What is left out has a default in Discovery section 3 that is not ours.
    private static void people(Api api, String base, Map<String, Object> members) {
        members.put("authorization_endpoint", base + AUTHORIZE_PATH);
        Optional<ClientProfile> profile = api.clients().profile();
        List<String> answers = answers(api);
        members.put("userinfo_signing_alg_values_supported", answers);
        members.put("response_modes_supported", responseModes(api));
        members.put("authorization_signing_alg_values_supported", answers); // JARM section 4
        members.put("device_authorization_endpoint", base + DEVICE_AUTHORIZATION_PATH); // RFC 8628 section 4
        members.put("backchannel_authentication_endpoint", base + BACKCHANNEL_PATH); // CIBA Core section 4
        members.put(
                "backchannel_token_delivery_modes_supported", List.of(BackchannelTerms.POLL, BackchannelTerms.PING));
        members.put("backchannel_user_code_parameter_supported", true);
        members.put("backchannel_authentication_request_signing_alg_values_supported", requestAlgorithms(profile));
        members.put("code_challenge_methods_supported", List.of(Pkce.METHOD));
        members.put("authorization_response_iss_parameter_supported", true); // RFC 9207 section 3
        members.put("userinfo_endpoint", base + USERINFO_PATH);
        members.put("end_session_endpoint", base + LOGOUT_PATH);
        members.put("backchannel_logout_supported", true);
        members.put("backchannel_logout_session_supported", true);
        members.put("frontchannel_logout_supported", true);
        members.put("frontchannel_logout_session_supported", true);
        members.put("subject_types_supported", List.of("public", "pairwise"));
        members.put("acr_values_supported", Acr.ALL);
        members.put("claim_types_supported", List.of("normal"));
        members.put("id_token_signing_alg_values_supported", answers);
        members.put("claims_supported", claims());
        members.put("claims_parameter_supported", true);
        members.put("request_parameter_supported", true);
        members.put("request_object_signing_alg_values_supported", requestAlgorithms(profile));
        members.put(ClientRule.SIGNED.wire(), api.clients().require(ClientRule.SIGNED));
        members.put("request_uri_parameter_supported", !api.clients().require(ClientRule.PUSHED));
        members.put("require_request_uri_registration", true);
    }

    private static List<String> requestAlgorithms(Optional<ClientProfile> profile) {
        return Stream.of(RequestAlgorithm.values())
                .map(RequestAlgorithm::wire)
                .filter(alg -> profile.isEmpty() || ClientProfile.signable(alg))
                .toList();
    }

    /// RFC 9126 section 5.
    private static void pushed(Api api, String base, Map<String, Object> members) {
        members.put("pushed_authorization_request_endpoint", base + PAR_PATH);
        members.put(ClientRule.PUSHED.wire(), api.clients().require(ClientRule.PUSHED));
    }

    private static List<String> answers(Api api) {
        return ANSWERS.stream()
                .filter(alg -> api.clients().profile().isEmpty() || ClientProfile.signable(alg))
                .toList();
    }

    private static List<String> claims() {
        Set<String> claims = new LinkedHashSet<>(List.of("sub", "auth_time", "acr", "amr"));
        for (ProfileClaim claim : ProfileClaim.values()) {
            int dot = claim.wire().indexOf('.');
            claims.add(dot < 0 ? claim.wire() : claim.wire().substring(0, dot));
        }
        return List.copyOf(claims);
    }
}
