package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.store.AssertionStore;
import dev.gatehouse.oauth.client.ClientAssertion;
import dev.gatehouse.oauth.client.KnownKeys;
import dev.gatehouse.oauth.mtls.Authorities;
import dev.gatehouse.oauth.mtls.ClientCertificates;
import dev.gatehouse.oauth.mtls.Vouching;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Clients that prove themselves without a secret: by the certificate of their connection, see
/// [CertifiedClients], or by what they sign (`private_key_jwt`: RFC 7523, OpenID Connect Core section 9): the
/// assertion in order, its signature and the client's standing, then its one use. What comes after that goes by
/// the client as if it had shown a secret. Blocks: each use is written down before it counts.
///
/// What is refused here is not used up, so these refusals write nothing.
public final class AssertedClients {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final KnownKeys keys;
    private final AssertionStore uses;
    private final InstantSource clock;
    private final CertifiedClients certified;

    /// @param keys checks signatures
    /// @param uses has the assertions that are used up
    /// @param authorities sign the certificates of clients
    public AssertedClients(
            Verifier verifier, KnownKeys keys, AssertionStore uses, Vouching authorities, InstantSource clock) {
        this.verifier = verifier;
        this.keys = keys;
        this.uses = uses;
        this.clock = clock;
        this.certified = new CertifiedClients(verifier, new ClientCertificates(authorities, keys), clock);
    }

    /// Where no authority's word counts.
    public AssertedClients(Verifier verifier, KnownKeys keys, AssertionStore uses, InstantSource clock) {
        this(verifier, keys, uses, Authorities.NONE, clock);
    }

    /// What a client authentication comes to: an assertion to its client or to nothing, anything else to itself.
    ClientAuthentication.Read proven(ClientAuthentication.Read read, HttpFacts http, Api api) {
        return proven(read, http, api, _ -> Optional.empty());
    }

    /// The same where what is asked for may be too much by now: that uses up no assertion.
    ///
    /// @param full why it would be refused
    ClientAuthentication.Read proven(
            ClientAuthentication.Read read,
            HttpFacts http,
            Api api,
            Function<Verdict.Allowed, Optional<Refusal.TooMany>> full) {
        return switch (read) {
            case ClientAuthentication.Read.Signed signed -> proven(signed, http, api, full);
            case ClientAuthentication.Read.Named named ->
                http.certificate()
                        .map(shown -> certified.proven(named, shown, http, api))
                        .orElse(named);
            case ClientAuthentication.Read.Shown _, ClientAuthentication.Read.Failed _ -> read;
        };
    }

    /// The audience is the issuer, as FAPI 2.0 section 5.3.2.1 and RFC 7523bis have it, or the token endpoint, as
    /// OpenID Connect Core section 9 has it, or the endpoint that is asked, as RFC 9126 section 2 and CIBA Core
    /// section 7.1 have it.
    private ClientAuthentication.Read proven(
            ClientAuthentication.Read.Signed signed,
            HttpFacts http,
            Api api,
            Function<Verdict.Allowed, Optional<Refusal.TooMany>> full) {
        return switch (ClientAssertion.read(
                signed.assertion().reveal(), signed.clientId(), api.issuer(), endpoints(http, api), clock.instant())) {
            case ClientAssertion.Read.Good(ClientAssertion assertion) -> proven(assertion, http, api, full);
            // Nobody's: asked all the same, so that it counts as a guess.
            case ClientAssertion.Read.Wrong(String why) ->
                switch (check("", _ -> false, http, api)) {
                    case Checked.Refused(Refusal.BadCredential _) -> failed(new Refusal.BadCredential(why));
                    case Checked.Refused(Refusal refusal) -> failed(refusal);
                    case Checked.Allowed _ -> failed(new Refusal.BadCredential(why));
                };
        };
    }

    private static List<String> endpoints(HttpFacts http, Api api) {
        return Stream.of(Metadata.TOKEN_PATH, http.path())
                .flatMap(path -> Metadata.addresses(api, path).stream())
                .toList();
    }

    private ClientAuthentication.Read proven(
            ClientAssertion assertion,
            HttpFacts http,
            Api api,
            Function<Verdict.Allowed, Optional<Refusal.TooMany>> full) {
        return switch (check(assertion.clientId(), of -> keys.signed(assertion.jws(), of), http, api)) {
            case Checked.Refused(Refusal refusal) -> failed(refusal);
            case Checked.Allowed(var allowed) ->
                fits(assertion, allowed.members(), api)
                        ? full.apply(allowed)
                                .map(AssertedClients::failed)
                                .orElseGet(() -> used(assertion, allowed.members()))
                        : failed(new Refusal.BadCredential("not as the client's profile has it"));
        };
    }

    private static boolean fits(ClientAssertion assertion, Members members, Api api) {
        return assertion.strict()
                || !(members.holder() instanceof Application application)
                || api.clients().profile(application.terms()).isEmpty();
    }

    private Checked.Known check(String clientId, Predicate<PublicKeys> signature, HttpFacts http, Api api) {
        return verifier.verifyAtOnce(
                new Presented.Asserted(clientId, signature, clock.instant()),
                api,
                new Ask.Authenticate(http.from()),
                http.arrivedNanos());
    }

    private ClientAuthentication.Read used(ClientAssertion assertion, Members members) {
        try {
            return uses.use(members.holder().id(), assertion.jti(), assertion.until(), clock.instant())
                    ? new ClientAuthentication.Read.Shown(
                            new Presented.Vouched(
                                    assertion.clientId(), members.credential().id()),
                            false)
                    : failed(new Refusal.BadCredential("the assertion was used before"));
        } catch (FactsUnavailable e) {
            return failed(new Refusal.Unavailable("assertions: " + e.getMessage(), RETRY));
        }
    }

    private static ClientAuthentication.Read failed(Refusal refusal) {
        return new ClientAuthentication.Read.Failed(OAuthError.of(refusal, false), refusal);
    }
}
