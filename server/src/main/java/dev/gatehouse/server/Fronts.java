package dev.gatehouse.server;

import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.oauth.assertion.Assertions;
import dev.gatehouse.oauth.endpoint.JwksEndpoint;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.oauth.factor.SecondFactors;
import dev.gatehouse.oauth.mtls.Vouching;
import dev.gatehouse.oauth.passkey.Devices;
import dev.gatehouse.server.admin.AdminFront;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.connect.ConnectFlow;
import dev.gatehouse.server.connect.ConnectionCalls;
import dev.gatehouse.server.cors.Cors;
import dev.gatehouse.server.dialect.Desk;
import dev.gatehouse.server.dialect.Dialects;
import dev.gatehouse.server.federation.Federation;
import dev.gatehouse.server.federation.ProviderVault;
import dev.gatehouse.server.gateway.ForwardAuth;
import dev.gatehouse.server.gateway.Gateway;
import dev.gatehouse.server.gateway.Later;
import dev.gatehouse.server.gateway.OwnEndpoint;
import dev.gatehouse.server.gateway.RetiredRoutes;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.pages.PageDesk;
import dev.gatehouse.server.pages.PageEndpoints;
import dev.gatehouse.server.proxy.OriginalRequest;
import dev.gatehouse.server.reveal.SecretCopies;
import dev.gatehouse.server.signed.SealedKeys;
import dev.gatehouse.server.signed.Signatures;
import java.util.Map;
import java.util.function.Function;

/// What stands behind the listeners of a node.
///
/// @param gateway the provider's Apis, with Gatehouse's own endpoints at each
/// @param admin the admin API
/// @param verify verdicts for other proxies, who tell the original request as this reads it
record Fronts(Front gateway, Front admin, Function<OriginalRequest, Front> verify) {
    /// How many signed assertions are kept for reuse; about 1 kB each.
    private static final long RECENT_ASSERTIONS = 20_000;

    /// Where upstreams find the keys of assertions, at every Api.
    private static final String ASSERTION_KEYS_PATH = "/oauth2/assertion-keys";

    /// @param authorities sign the certificates of clients
    static Fronts of(NodeConfig config, Foundation base, Vouching authorities) {
        Cors cors = new Cors(base.facts());
        Dialects dialects = dialects(config, base, cors, authorities);
        dialects.load(base.facts().apis());
        RetiredRoutes retired = new RetiredRoutes(base.store().retiredUses(), base.clock(), base.background());
        SealedKeys sealed = new SealedKeys(base.custody(), base.clock());
        Signatures signatures = new Signatures(sealed, base.store().assertions(), base.clock());
        CallAssertions signed = new CallAssertions(new Assertions(base.keys(), base.clock(), RECENT_ASSERTIONS));
        Front gateway = new Gateway(
                base.facts(),
                Listeners.ownNames(config),
                dialects,
                cors,
                base.verifier(),
                signed,
                new ConnectionCalls(base.store().connections(), base.outbound().proxy()),
                base.limiter(),
                retired,
                signatures,
                base.observations(),
                base.env().nanos());
        return new Fronts(
                gateway,
                admin(base, sealed),
                original -> new ForwardAuth(
                        original,
                        base.facts(),
                        dialects,
                        base.verifier(),
                        signed,
                        base.limiter(),
                        retired,
                        signatures,
                        base.observations()));
    }

    /// The key of what stands in forms and in letters, the same on all nodes.
    static HmacSha256 forms(Foundation base) {
        return HmacSha256.under(base.custody().pepper().derive("gatehouse forms of pages in browsers, 1"));
    }

    private static Front admin(Foundation base, SealedKeys sealed) {
        return new AdminFront(
                base.verifier(),
                base.limiter(),
                base.store(),
                base.keys(),
                base.custody().checkKeys(),
                base.custody().pepper(),
                base.passwords(),
                sealed,
                new ProviderVault(base.custody()),
                new SecretCopies(base.custody()),
                base.outbound(),
                base.env().random(),
                base.clock(),
                base.observations());
    }

    private static Dialects dialects(NodeConfig config, Foundation base, Cors cors, Vouching authorities) {
        Later later = new Later(base.facts(), base.observations());
        OAuthEndpoints oauth = new OAuthEndpoints(base, later, cors, authorities);
        Map<String, OwnEndpoint> pages = PageEndpoints.of(
                new PageDesk(
                        base.store(),
                        base.verifier(),
                        base.sessions(),
                        new SecondFactors(
                                base.store().factors(),
                                base.custody(),
                                base.custody().pepper(),
                                base.clock(),
                                base.env().random()),
                        base.passwords(),
                        base.requestCodes(),
                        new Devices(),
                        oauth.authorize(),
                        oauth.logout(),
                        oauth.devices(),
                        base.subjects(),
                        new ConnectFlow(
                                base.store(),
                                base.outbound(),
                                base.custody().pepper(),
                                base.env().random()),
                        Federation.flow(
                                base.store(),
                                base.outbound().documents(),
                                base.outbound().anybody(),
                                base.custody(),
                                base.keys(),
                                base.crypto(),
                                base.env().random()),
                        later,
                        oauth.meetings(),
                        base.observations(),
                        forms(base),
                        base.env().random()),
                config.pages(),
                config.mail().reaches());
        return new Dialects(
                new Desk(
                        base.store(),
                        base.verifier(),
                        base.formats(),
                        base.issuer(),
                        oauth.onGrants(),
                        base.limiter(),
                        base.sessions(),
                        base.observations(),
                        cors,
                        base.custody().pepper(),
                        base.custody().checkKeys(),
                        new SecretCopies(base.custody()),
                        base.outbound(),
                        base.env().random()),
                oauth.byPath(),
                pages,
                Map.of(
                        Metadata.JWKS_PATH,
                        document(JwksEndpoint.ofTokens(base.keys(), base.clock())),
                        ASSERTION_KEYS_PATH,
                        document(JwksEndpoint.ofAssertions(base.keys(), base.clock()))),
                base.holders());
    }

    private static OwnEndpoint document(JwksEndpoint jwks) {
        return (head, api) -> jwks.tryAnswer(head, api)
                .<Outcome>map(Outcome.Answer::new)
                .orElseGet(
                        () -> new Outcome.Block(Outcome.Work.VERIFY, () -> new Outcome.Answer(jwks.answer(head, api))));
    }
}
