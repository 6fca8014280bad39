package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.LogoutTerms;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.oauth.endpoint.DetailsParameter;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.registration.ClientMetadata.Read;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what a client says of itself under the policy of an Api. The first thing that is wrong answers. What
/// is not known here is passed over, and what is known and cannot be had is refused, unless leaving it out
/// takes nothing from the client that it relies on (RFC 7591 sections 2 and 3.2.1).
final class MetadataReader {
    private static final String PUBLIC = "public";
    private static final String PAIRWISE = "pairwise";
    private static final String NATIVE = "native";
    private static final String UNNAMED = "Unnamed client";
    private static final int MAX_NAME = 100;

    /// What people are shown behind the name of a client whose host is proven.
    private static final Pattern HOSTED = Pattern.compile("\\([^()]*\\.[^()]*\\)");

    /// What would be sent in the clear to whoever relies on it being encrypted.
    private static final List<String> REFUSED = List.of(
            "id_token_encrypted_response_alg",
            "id_token_encrypted_response_enc",
            "userinfo_encrypted_response_alg",
            "userinfo_encrypted_response_enc",
            "introspection_encrypted_response_alg",
            "introspection_encrypted_response_enc",
            "authorization_encrypted_response_alg",
            "authorization_encrypted_response_enc");

    private final MetadataMembers members;
    private final Api api;
    private final RegistrationPolicy policy;

    private final ClientMethod usual;

    private MetadataReader(MetadataMembers members, Api api, RegistrationPolicy policy, ClientMethod usual) {
        this.usual = usual;
        this.members = members;
        this.api = api;
        this.policy = policy;
    }

    /// Of a client that registers by request: `client_secret_basic` where it says nothing (RFC 7591 section 2).
    static Read read(Json.Members json, Api api, RegistrationPolicy policy) {
        return read(json, api, policy, ClientMethod.SECRET_BASIC);
    }

    /// @param usual how it authenticates where it says nothing
    static Read read(Json.Members json, Api api, RegistrationPolicy policy, ClientMethod usual) {
        return new MetadataReader(new MetadataMembers(json), api, policy, usual).read();
    }

    private Read read() {
        for (String name : REFUSED) {
            if (members.has(name)) {
                members.refuse(name + " cannot be had here");
            }
        }
        String name = name();
        ClientMethod method = method();
        Set<GrantType> grants = grants();
        Set<ResponseType> implicit = implicit(grants);
        List<RedirectUri> redirects = redirects(grants, method);
        Optional<PublicKeys> keys = members.keys();
        if (method == ClientMethod.PRIVATE_KEY_JWT && keys.isEmpty()) {
            members.refuse("private_key_jwt needs jwks or jwks_uri");
        }
        if (method == ClientMethod.NONE && keys.isPresent()) {
            members.refuse("keys are for clients that authenticate");
        }
        Map<String, Object> told = members.told();
        Optional<ClientTerms> terms = terms(method, grants, redirects, implicit);
        return members.wrong()
                .<Read>map(wrong -> wrong)
                .orElseGet(() -> new Read.Good(new ClientMetadata(name, terms.orElseThrow(), keys, told)));
    }

    private String name() {
        String name = members.text("client_name").map(String::strip).orElse(UNNAMED);
        boolean shown =
                name.codePoints().noneMatch(c -> Character.getType(c) == Character.FORMAT || !Character.isDefined(c));
        if (!Text.name(name)
                || name.length() > MAX_NAME
                || !shown
                || HOSTED.matcher(name).find()) {
            members.refuse("client_name has 1 to " + MAX_NAME + " visible characters, and no host in brackets");
        }
        return name;
    }

    private ClientMethod method() {
        String asked = members.text("token_endpoint_auth_method").orElse(usual.wire());
        Optional<ClientMethod> method = ClientMethod.of(asked).filter(policy.methods()::contains);
        if (method.isEmpty()) {
            members.refuse("token_endpoint_auth_method is one of " + words(policy.methods(), ClientMethod::wire));
        }
        return method.orElse(usual);
    }

    /// Those that the policy does not let in are left out of the answer. Nobody registers itself to send
    /// requests to people, but who shows that the provider lets it in.
    private Set<GrantType> grants() {
        List<String> asked = members.texts("grant_types").orElse(List.of(GrantType.AUTHORIZATION_CODE.wire()));
        Set<GrantType> grants = EnumSet.noneOf(GrantType.class);
        asked.stream()
                .flatMap(wire -> GrantType.of(wire).stream())
                .filter(policy.grants()::contains)
                .filter(grant -> grant != GrantType.CIBA || (!policy.open() && !policy.documents()))
                .forEach(grants::add);
        if (!api.openId()) {
            grants.removeAll(Set.of(
                    GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.DEVICE_CODE, GrantType.CIBA));
        }
        if (!api.clients().implicit()) {
            grants.remove(GrantType.IMPLICIT);
        }
        boolean code = grants.contains(GrantType.AUTHORIZATION_CODE);
        if (!code && !grants.contains(GrantType.DEVICE_CODE) && !grants.contains(GrantType.CIBA)) {
            grants.remove(GrantType.REFRESH_TOKEN);
        }
        if (grants.isEmpty()) {
            members.refuse("grant_types has none of " + words(policy.grants(), GrantType::wire));
        }
        return grants;
    }

    /// What it is answered with besides codes; `code` where it says nothing (RFC 7591 sections 2 and 2.1).
    private Set<ResponseType> implicit(Set<GrantType> grants) {
        List<String> usual =
                grants.contains(GrantType.AUTHORIZATION_CODE) ? List.of(ResponseType.CODE.wire()) : List.of();
        List<String> asked = members.texts("response_types").orElse(usual);
        Set<ResponseType> types = asked.stream()
                .flatMap(wire -> ResponseType.of(wire).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ResponseType.class)));
        if (types.size() != asked.size()) {
            members.refuse("response_types are of " + String.join(", ", ResponseType.names()));
        }
        ResponseType.unlike(types, grants).ifPresent(members::refuse);
        types.remove(ResponseType.CODE);
        return types;
    }

    private static <T> String words(Set<T> values, Function<T, String> word) {
        return values.stream().map(word).sorted().collect(Collectors.joining(", "));
    }

    /// Of clients whose people are sent nowhere they are passed over when they are sound.
    private List<RedirectUri> redirects(Set<GrantType> grants, ClientMethod method) {
        boolean implicit = grants.contains(GrantType.IMPLICIT);
        boolean browser = implicit || grants.contains(GrantType.AUTHORIZATION_CODE);
        boolean ofDevice = method == ClientMethod.NONE
                || members.text("application_type").filter(NATIVE::equals).isPresent();
        List<RedirectUri> redirects =
                members.uris("redirect_uris", ofDevice ? RedirectUri::ofDevice : RedirectUri::parse);
        if (!redirects.stream().allMatch(policy::admits)) {
            members.refuseRedirect("redirect_uris has a host that is not let in here");
        }
        if (browser && redirects.isEmpty()) {
            members.refuseRedirect("redirect_uris is missing");
        }
        if (implicit && !redirects.stream().allMatch(ResponseType::ownSite)) {
            members.refuseRedirect(ResponseType.PLACE);
        }
        return browser ? redirects : List.of();
    }

    /// Empty when something was wrong.
    private Optional<ClientTerms> terms(
            ClientMethod method, Set<GrantType> grants, List<RedirectUri> redirects, Set<ResponseType> implicit) {
        boolean pkce = method == ClientMethod.NONE || policy.pkceRequired();
        List<RedirectUri> afterLogout = members.uris("post_logout_redirect_uris");
        if (!afterLogout.stream().allMatch(policy::admits)) {
            members.refuseRedirect("post_logout_redirect_uris has a host that is not let in here");
        }
        LogoutTerms logout = new LogoutTerms(
                members.told("backchannel_logout_uri", policy::admits),
                members.flag("backchannel_logout_session_required"),
                members.logout("frontchannel_logout_uri"),
                members.flag("frontchannel_logout_session_required"));
        Set<ClientRule> rules = rules();
        ClientMessages messages = messages();
        OpenIdTerms openId = openId().answered(implicit).sending(backchannel(grants));
        Restriction<String> details = details();
        ClientTerms.mistake(method, grants, redirects, afterLogout, pkce)
                .or(() -> logout.mistake(redirects))
                .or(() -> openId.mistake(grants, redirects))
                .or(() -> ResponseType.mistake(implicit, grants, redirects))
                .or(() -> openId.backchannel().mistake(grants))
                .ifPresent(members::refuse);
        if (members.wrong().isPresent()) {
            return Optional.empty();
        }
        ClientTerms terms = new ClientTerms(
                        method, grants, redirects, afterLogout, pkce, rules, messages, logout, openId)
                .detailing(details);
        api.clients().profile().flatMap(profile -> profile.mistake(terms)).ifPresent(members::refuse);
        return Optional.of(terms);
    }

    /// RFC 9396 section 10.
    private Restriction<String> details() {
        Optional<List<String>> asked = members.texts(DetailsParameter.TYPES);
        boolean known = asked.filter(types ->
                        types.isEmpty() || !api.catalogue().types().keySet().containsAll(types))
                .isEmpty();
        if (!known) {
            members.refuse(DetailsParameter.TYPES + " names some that are here, and no others");
        }
        return known
                ? Restriction.ofListed(asked.orElse(List.of()).stream().sorted().toList())
                : Restriction.unrestricted();
    }

    private OpenIdTerms openId() {
        String subjects = members.text("subject_type").orElse(PUBLIC);
        if (!subjects.equals(PUBLIC) && !subjects.equals(PAIRWISE)) {
            members.refuse("subject_type is public or pairwise");
        }
        return new OpenIdTerms(
                subjects.equals(PAIRWISE),
                members.one("sector_identifier_uri", OpenIdTerms::sectorUri, "an https URL"),
                members.several("request_uris", OpenIdTerms::requestUri, ClientTerms.MAX_URIS, OpenIdTerms.REQUEST_URI),
                members.count("default_max_age", OpenIdTerms.MAX_AGE),
                members.several(
                        "default_acr_values",
                        OpenIdTerms::acrValue,
                        OpenIdTerms.MAX_ACR_VALUES,
                        OpenIdTerms.ACR_VALUE));
    }

    /// Of a client that was not given the grant nothing is kept; what it says has to be sound all the same.
    private BackchannelTerms backchannel(Set<GrantType> grants) {
        String mode = members.text("backchannel_token_delivery_mode").orElse(BackchannelTerms.POLL);
        if (!mode.equals(BackchannelTerms.POLL) && !mode.equals(BackchannelTerms.PING)) {
            members.refuse("backchannel_token_delivery_mode is poll or ping");
        }
        Optional<String> alg = members.text("backchannel_authentication_request_signing_alg");
        Optional<RequestAlgorithm> requests = alg.flatMap(RequestAlgorithm::of);
        if (alg.isPresent() && requests.isEmpty()) {
            members.refuse("backchannel_authentication_request_signing_alg is RS256, PS256, ES256 or EdDSA");
        }
        BackchannelTerms read = new BackchannelTerms(
                mode.equals(BackchannelTerms.PING),
                members.one(
                        "backchannel_client_notification_endpoint",
                        BackchannelTerms::notified,
                        BackchannelTerms.NOTIFIED),
                requests,
                members.flag("backchannel_user_code_parameter"));
        return grants.contains(GrantType.CIBA) ? read : BackchannelTerms.NONE;
    }

    private Set<ClientRule> rules() {
        return Stream.of(ClientRule.values())
                .filter(rule -> members.flag(rule.wire()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ClientRule.class)));
    }

    private ClientMessages messages() {
        Map<SignedAnswer, SigningAlgorithm> answers = new EnumMap<>(SignedAnswer.class);
        for (SignedAnswer answer : SignedAnswer.values()) {
            Optional<String> asked = members.text(answer.wire());
            Optional<SigningAlgorithm> algorithm = asked.flatMap(SignedAnswer::algorithm);
            algorithm.ifPresent(one -> answers.put(answer, one));
            if (asked.isPresent() && algorithm.isEmpty()) {
                members.refuse(answer.wire() + " is RS256, ES256 or PS256");
            }
        }
        Optional<String> asked = members.text("request_object_signing_alg");
        Optional<RequestAlgorithm> requests = asked.flatMap(RequestAlgorithm::of);
        if (asked.isPresent() && requests.isEmpty()) {
            members.refuse("request_object_signing_alg is RS256, PS256, ES256 or EdDSA");
        }
        return new ClientMessages(answers, requests);
    }
}
