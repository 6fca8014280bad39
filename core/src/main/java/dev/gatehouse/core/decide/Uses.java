package dev.gatehouse.core.decide;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.right.Catalogue;
import java.util.Optional;

/// Which kinds of proof open what is asked.
final class Uses {
    private Uses() {}

    /// Why what is presented does not open it, whatever its rights.
    static Optional<Refusal> refusal(Facts facts, Ask ask) {
        CredentialKind kind = facts.members().credential().kind();
        boolean permitted = facts.subject().isEmpty() || mayDelegate(facts);
        boolean opens = switch (facts) {
            case Facts.Derived derived ->
                derived.claims().id().kind() == Kind.GRANT
                        ? ask instanceof Ask.Redeem
                        : switch (ask) {
                            case Ask.Call _, Ask.End _, Ask.Introspect _ -> true;
                            case Ask.Renew renew ->
                                renew.kinds().contains(kind) && derived.actor().isEmpty();
                            case Ask.Mint _, Ask.Consent _, Ask.Redeem _, Ask.Authenticate _ -> false;
                        };
            case Facts.Logged logged ->
                switch (ask) {
                    case Ask.Call _, Ask.End _, Ask.Authenticate _ ->
                        logged.actor().isEmpty();
                    case Ask.Consent _ ->
                        logged.actor().filter(Uses::signsPeopleIn).isPresent();
                    case Ask.Mint _, Ask.Renew _, Ask.Redeem _, Ask.Introspect _ -> false;
                };
            case Facts.Direct _ ->
                switch (ask) {
                    case Ask.Call _, Ask.End _ -> kind == CredentialKind.API_KEY || kind == CredentialKind.PASSWORD;
                    case Ask.Mint _ ->
                        (ofClient(kind) && uses(facts, ground(facts.members().credential())))
                                || kind == CredentialKind.DOMAIN_KEY
                                || kind == CredentialKind.PASSWORD;
                    case Ask.Authenticate _ ->
                        ofClient(kind)
                                || kind == CredentialKind.PASSWORD
                                || kind == CredentialKind.IDENTITY
                                || kind == CredentialKind.SIGNING_KEY;
                    case Ask.Renew _, Ask.Consent _, Ask.Redeem _, Ask.Introspect _ -> false;
                };
            case Facts.Refreshing _ ->
                switch (ask) {
                    case Ask.Mint _ -> kind == CredentialKind.SECRET && uses(facts, GrantType.CLIENT_CREDENTIALS);
                    case Ask.Call _,
                            Ask.End _,
                            Ask.Renew _,
                            Ask.Consent _,
                            Ask.Redeem _,
                            Ask.Authenticate _,
                            Ask.Introspect _ -> false;
                };
            case Facts.Acting _ ->
                switch (ask) {
                    case Ask.Mint _ -> ofClient(kind) && uses(facts, GrantType.TOKEN_EXCHANGE);
                    case Ask.Call _, Ask.End _ -> kind == CredentialKind.API_KEY;
                    case Ask.Renew _, Ask.Consent _, Ask.Redeem _, Ask.Authenticate _, Ask.Introspect _ -> false;
                };
            case Facts.Beside(var _, var _, Actor application) -> ask instanceof Ask.Mint && beside(application, kind);
            case Facts.Passing(var presented, Actor client, var _) ->
                ask instanceof Ask.Mint
                        && presented.members().credential().kind() != CredentialKind.DOMAIN_KEY
                        && client.credential()
                                .filter(shown -> ofClient(shown.kind()))
                                .isPresent()
                        && client.application().terms().uses(GrantType.TOKEN_EXCHANGE);
            case Facts.Exchanging _, Facts.Delegating _ ->
                switch (ask) {
                    case Ask.Mint _ -> ofClient(kind) && uses(facts, GrantType.TOKEN_EXCHANGE);
                    case Ask.Call _,
                            Ask.End _,
                            Ask.Renew _,
                            Ask.Consent _,
                            Ask.Redeem _,
                            Ask.Authenticate _,
                            Ask.Introspect _ -> false;
                };
        };
        return opens && permitted
                ? Optional.empty()
                : Optional.of(new Refusal.WrongUse(facts.members().credential().id()));
    }

    /// What proves a client of OAuth (RFC 6749 section 2.3).
    private static boolean ofClient(CredentialKind kind) {
        return kind == CredentialKind.SECRET || kind == CredentialKind.PUBLIC_KEY;
    }

    private static boolean beside(Actor application, CredentialKind of) {
        Credential shown = application.credential().orElseThrow();
        GrantType ground = ground(shown);
        return of == (ground == GrantType.JWT_BEARER ? CredentialKind.PASSWORD : CredentialKind.USER_SECRET)
                && ofClient(shown.kind())
                && application.application().terms().uses(ground);
    }

    /// What a client is that shows a credential: itself, or one that somebody else vouches for.
    private static GrantType ground(Credential credential) {
        return Exchanges.believed(credential) ? GrantType.JWT_BEARER : GrantType.CLIENT_CREDENTIALS;
    }

    /// RFC 6749 section 5.2, `unauthorized_client` (GAUNTLET C07). Whoever is no application has no terms of a
    /// client.
    private static boolean uses(Facts facts, GrantType grant) {
        return !(facts.members().holder() instanceof Application application)
                || application.terms().uses(grant);
    }

    private static boolean signsPeopleIn(Actor actor) {
        ClientTerms terms = actor.application().terms();
        return terms.signsIn() || terms.uses(GrantType.DEVICE_CODE) || terms.uses(GrantType.CIBA);
    }

    /// The right is asked of what the credential holds now. A token that is exchanged for one that acts for a
    /// customer was granted it too, and acts for nobody yet, nor does anybody by it.
    private static boolean mayDelegate(Facts facts) {
        Catalogue catalogue = facts.api().catalogue();
        boolean held = Layers.at(facts.api().id(), facts).delegate(catalogue);
        return switch (facts) {
            case Facts.Direct _,
                    Facts.Logged _,
                    Facts.Refreshing _,
                    Facts.Acting _,
                    Facts.Exchanging _,
                    Facts.Passing _,
                    Facts.Beside _,
                    Facts.Derived _ -> held;
            case Facts.Delegating(var _, Facts.Derived presented) ->
                held
                        && presented.subject().isEmpty()
                        && presented.passed().isEmpty()
                        && catalogue.grants(presented.claims().scopes(), Subject.SCOPE);
        };
    }
}
