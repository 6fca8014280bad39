package dev.gatehouse.server.admin;

import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.LogoutTerms;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Restriction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What an application may do as a client of OAuth, under the names of RFC 7591. Each is shown where it is not
/// what a program that acts for itself has.
final class ClientAttributes {
    private static final Type<ClientMethod> METHOD_TYPE = Types.word(ClientMethod.values(), ClientMethod::wire);
    private static final Type<Set<GrantType>> GRANTS_TYPE = Types.converted(
            Type.list(Types.word(GrantType.values(), GrantType::wire), 0, GrantType.values().length),
            Set::copyOf,
            grants -> grants.stream().sorted().toList());
    private static final Type<List<RedirectUri>> URIS = Type.list(
            Type.text(
                    RedirectUri.ALLOWED,
                    Schema.of("maxLength", RedirectUri.MAX_LENGTH, "examples", List.of("https://app.example.com/cb")),
                    RedirectUri::parse,
                    RedirectUri::text),
            0,
            ClientTerms.MAX_URIS);
    private static final Type<String> PKCE_TYPE =
            Types.word(new String[] {"required", "optional"}, Function.identity());

    private static final Attribute<Application, ClientMethod> METHOD =
            shown("token_endpoint_auth_method", METHOD_TYPE, ClientTerms::method);
    private static final Attribute<Application, Set<GrantType>> GRANTS =
            shown("grant_types", GRANTS_TYPE, ClientTerms::grants);
    private static final Attribute<Application, List<RedirectUri>> REDIRECTS =
            shown("redirect_uris", URIS, ClientTerms::redirects);
    private static final Attribute<Application, List<RedirectUri>> AFTER_LOGOUT =
            shown("post_logout_redirect_uris", URIS, ClientTerms::afterLogout);
    private static final Attribute<Application, String> PKCE = shown("pkce", PKCE_TYPE, ClientAttributes::pkce);

    private static final Attribute<Void, Optional<ClientMethod>> NEW_METHOD = changed(METHOD);
    private static final Attribute<Void, Optional<Set<GrantType>>> NEW_GRANTS = changed(GRANTS);
    private static final Attribute<Void, Optional<List<RedirectUri>>> NEW_REDIRECTS = changed(REDIRECTS);
    private static final Attribute<Void, Optional<List<RedirectUri>>> NEW_AFTER_LOGOUT = changed(AFTER_LOGOUT);
    private static final Attribute<Void, Optional<String>> NEW_PKCE = changed(PKCE);

    private static final List<Attribute<Application, ?>> OWN = List.of(METHOD, GRANTS, REDIRECTS, AFTER_LOGOUT, PKCE);

    static final List<Attribute<Application, ?>> SHOWN = both(
            both(both(OWN, LogoutAttributes.OF_APPLICATIONS), ClientRuleAttributes.OF_APPLICATIONS),
            both(
                    ClientMessageAttributes.SHOWN,
                    both(
                            OpenIdAttributes.SHOWN,
                            both(
                                    BackchannelAttributes.SHOWN,
                                    both(ResponseTypeAttributes.SHOWN, DetailAttributes.SHOWN)))));
    static final List<Form.Item> GIVEN = both(
            both(
                    OWN.stream()
                            .<Form.Item>map(attribute -> Form.optional(attribute))
                            .toList(),
                    LogoutAttributes.GIVEN),
            both(
                    both(ClientRuleAttributes.GIVEN, ClientMessageAttributes.GIVEN),
                    both(
                            OpenIdAttributes.GIVEN,
                            both(
                                    BackchannelAttributes.GIVEN,
                                    both(ResponseTypeAttributes.GIVEN, DetailAttributes.GIVEN)))));
    static final List<Form.Item> CHANGED = both(
            both(
                    List.of(
                            Form.optional(NEW_METHOD),
                            Form.optional(NEW_GRANTS),
                            Form.optional(NEW_REDIRECTS),
                            Form.optional(NEW_AFTER_LOGOUT),
                            Form.optional(NEW_PKCE)),
                    LogoutAttributes.CHANGED),
            both(
                    both(ClientRuleAttributes.CHANGED, ClientMessageAttributes.CHANGED),
                    both(
                            OpenIdAttributes.CHANGED,
                            both(
                                    BackchannelAttributes.CHANGED,
                                    both(ResponseTypeAttributes.CHANGED, DetailAttributes.CHANGED)))));

    private ClientAttributes() {}

    private static <V> List<V> both(List<V> first, List<V> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static <V> Attribute<Application, V> shown(String name, Type<V> type, Function<ClientTerms, V> of) {
        return Attribute.optional(
                name,
                type,
                application -> Optional.of(of.apply(application.terms()))
                        .filter(value -> !value.equals(of.apply(ClientTerms.MACHINE))));
    }

    /// `null` brings back what a program has.
    private static <V> Attribute<Void, Optional<V>> changed(Attribute<Application, V> attribute) {
        return Attribute.in(attribute.name(), Type.nullable(attribute.type()));
    }

    private static String pkce(ClientTerms terms) {
        return terms.pkceRequired() ? "required" : "optional";
    }

    /// The terms of a new application.
    static Got<ClientTerms> given(Given given) {
        ClientTerms machine = ClientTerms.MACHINE;
        return terms(
                given.get(METHOD).orElse(machine.method()),
                given.get(GRANTS).orElse(machine.grants()),
                given.get(REDIRECTS).orElse(List.of()),
                given.get(AFTER_LOGOUT).orElse(List.of()),
                given.get(PKCE).orElse(pkce(machine)),
                ClientRuleAttributes.given(given),
                ClientMessageAttributes.given(given),
                LogoutAttributes.given(given),
                OpenIdAttributes.given(given),
                ResponseTypeAttributes.given(given),
                DetailAttributes.given(given));
    }

    /// The terms after a change: what is left out stays.
    static Got<ClientTerms> changed(Given given, ClientTerms before) {
        ClientTerms machine = ClientTerms.MACHINE;
        return terms(
                after(given, NEW_METHOD, before.method(), machine.method()),
                after(given, NEW_GRANTS, before.grants(), machine.grants()),
                after(given, NEW_REDIRECTS, before.redirects(), machine.redirects()),
                after(given, NEW_AFTER_LOGOUT, before.afterLogout(), machine.afterLogout()),
                after(given, NEW_PKCE, pkce(before), pkce(machine)),
                ClientRuleAttributes.changed(given, before.rules()),
                ClientMessageAttributes.changed(given, before.messages()),
                LogoutAttributes.changed(given, before),
                OpenIdAttributes.changed(given, before.openId()),
                ResponseTypeAttributes.changed(given, before),
                DetailAttributes.changed(given, before));
    }

    /// Left out, `null` and a value are three things.
    private static <V> V after(Given given, Attribute<Void, Optional<V>> attribute, V before, V machine) {
        return given.get(attribute).map(asked -> asked.orElse(machine)).orElse(before);
    }

    private static Got<ClientTerms> terms(
            ClientMethod method,
            Set<GrantType> grants,
            List<RedirectUri> redirects,
            List<RedirectUri> afterLogout,
            String pkce,
            Set<ClientRule> rules,
            ClientMessages messages,
            LogoutTerms logout,
            OpenIdTerms said,
            ResponseTypeAttributes.Said types,
            Restriction<String> details) {
        Optional<Problem> unlike = types.mistake(grants, redirects);
        if (unlike.isPresent()) {
            return Got.no(unlike.get());
        }
        OpenIdTerms openId = said.answered(types.implicit());
        boolean required = pkce.equals("required");
        Optional<String> wrong = logout.mistake(redirects);
        if (wrong.isPresent()) {
            return Got.no(
                    new Problem.InvalidField("frontchannel_logout_uri", "one that the rest goes with: " + wrong.get()));
        }
        Optional<String> stranger = openId.mistake(grants, redirects);
        if (stranger.isPresent()) {
            return Got.no(new Problem.InvalidField(
                    OpenIdAttributes.SECTOR.name(), "one that the rest goes with: " + stranger.get()));
        }
        Optional<String> unasked = openId.backchannel().mistake(grants);
        if (unasked.isPresent()) {
            return Got.no(new Problem.InvalidField(
                    BackchannelAttributes.MODE.name(), "one that the rest goes with: " + unasked.get()));
        }
        return ClientTerms.mistake(method, grants, redirects, afterLogout, required)
                .<Got<ClientTerms>>map(mistake ->
                        Got.no(new Problem.InvalidField(GRANTS.name(), "one that the rest goes with: " + mistake)))
                .orElseGet(() -> fitting(new ClientTerms(
                        method, grants, redirects, afterLogout, required, rules, messages, logout, openId, details)));
    }

    private static Got<ClientTerms> fitting(ClientTerms terms) {
        return terms.unfit()
                .<Got<ClientTerms>>map(mistake -> Got.no(new Problem.InvalidField(
                        ClientMessageAttributes.PROFILE.name(), "one that the rest goes with: " + mistake)))
                .orElseGet(() -> Got.of(terms));
    }
}
