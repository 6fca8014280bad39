package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.TrustedIssuer;
import dev.gatehouse.core.store.AssertionStore;
import dev.gatehouse.oauth.client.IssuedAssertion;
import dev.gatehouse.oauth.client.KnownKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The JWT bearer grant (RFC 7523 section 2.1): an issuer that an application trusts speaks for it, or of a
/// user that it acts for. The assertion in order, its signature and everything above the trust, then its one
/// use; what comes after that goes by the credential that the trust is. Blocks: each use is written down before
/// it counts.
public final class BearerGrant {
    /// The `grant_type`.
    static final String TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final Clients clients;
    private final KnownKeys keys;
    private final AssertionStore uses;
    private final InstantSource clock;

    /// @param clients finds those that prove themselves besides
    /// @param keys checks signatures
    /// @param uses has the assertions that are used up
    public BearerGrant(Verifier verifier, Clients clients, KnownKeys keys, AssertionStore uses, InstantSource clock) {
        this.verifier = verifier;
        this.clients = clients;
        this.keys = keys;
        this.uses = uses;
        this.clock = clock;
    }

    /// What a request comes to. Who is not a client of its own proof has to be named by `client_id`: the issuer
    /// says of whom it speaks, not to which of all applications.
    TokenRequest.Read read(HttpFacts http, Api api, TokenRequest.Read.Bearer request) {
        String parameter = request.exchange() ? TokenExchange.SUBJECT_TOKEN : "assertion";
        Optional<String> text = request.form().value(parameter);
        if (text.isEmpty()) {
            return failed(new OAuthError.InvalidRequest(parameter + " is missing"), new Refusal.Malformed(parameter));
        }
        TokenRequest.Read read = read(http, api, request, text.get());
        return request.exchange() ? ofSubject(read) : read;
    }

    /// RFC 8693 section 2.2.2: a subject token that does not count is no request.
    private static TokenRequest.Read ofSubject(TokenRequest.Read read) {
        return read instanceof TokenRequest.Read.Failed(OAuthError.InvalidGrant _, Optional<Refusal> refusal)
                ? new TokenRequest.Read.Failed(new OAuthError.InvalidSubject(), refusal)
                : read;
    }

    private TokenRequest.Read read(HttpFacts http, Api api, TokenRequest.Read.Bearer request, String text) {
        return switch (request.client()) {
            case ClientAuthentication.Read.Failed(OAuthError error, Refusal refusal) -> failed(error, refusal);
            case ClientAuthentication.Read.Signed _ -> none("the client's own assertion was not looked at");
            case ClientAuthentication.Read.Named(String clientId) -> read(http, api, request, clientId, text);
            case ClientAuthentication.Read.Shown shown ->
                switch (clients.find(shown, http, api)) {
                    case Clients.Found.Failed(OAuthError error, Refusal refusal) -> failed(error, refusal);
                    case Clients.Found.Known(var application) -> read(http, api, request, application.clientId(), text);
                };
        };
    }

    private TokenRequest.Read read(
            HttpFacts http, Api api, TokenRequest.Read.Bearer request, String clientId, String text) {
        Set<String> here = Set.of(api.issuer(), Metadata.tokenEndpoint(api));
        return switch (IssuedAssertion.read(text, here, clock.instant())) {
            // Nobody's: asked all the same, so that it counts as a guess.
            case IssuedAssertion.Read.Wrong(String why) ->
                check("", "", "", _ -> false, http, api) instanceof Checked.Refused(Refusal.TooMany many)
                        ? failed(OAuthError.of(many, false), many)
                        : none(why);
            case IssuedAssertion.Read.Good(IssuedAssertion assertion)
            when !assertion.admits(clientId, api) -> none("its issuer lets somebody else act by it");
            case IssuedAssertion.Read.Good(IssuedAssertion assertion) ->
                switch (check(
                        clientId,
                        assertion.issuer(),
                        assertion.subject(),
                        of -> keys.signed(assertion.jws(), of.keys()),
                        http,
                        api)) {
                    case Checked.Refused(Refusal refusal) -> refused(refusal);
                    case Checked.Allowed(var allowed) ->
                        may(allowed.members(), request)
                                ? used(assertion, clientId, allowed.members().credential(), request, api)
                                : failed(
                                        new OAuthError.UnauthorizedClient(),
                                        new Refusal.WrongUse(
                                                allowed.members().credential().id()));
                };
        };
    }

    private Checked.Known check(
            String clientId,
            String issuer,
            String subject,
            Predicate<TrustedIssuer> signature,
            HttpFacts http,
            Api api) {
        return verifier.verifyAtOnce(
                new Presented.Attested(clientId, issuer, subject, signature, clock.instant()),
                api,
                new Ask.Authenticate(http.from(), true),
                http.arrivedNanos());
    }

    private static boolean may(Members members, TokenRequest.Read.Bearer request) {
        return members.holder() instanceof Application application
                && application.terms().uses(GrantType.JWT_BEARER)
                && (!request.exchange() || application.terms().uses(GrantType.TOKEN_EXCHANGE));
    }

    /// Who acts for users proves itself besides: what an issuer says of a user may pass through many hands.
    private TokenRequest.Read used(
            IssuedAssertion assertion, String clientId, Credential trust, TokenRequest.Read.Bearer request, Api api) {
        Optional<TrustedIssuer> issuer =
                trust.evidence() instanceof PublicKeys shown ? shown.trusted() : Optional.empty();
        boolean ofUsers = issuer.filter(one -> one.subject().isEmpty()).isPresent();
        if (ofUsers && request.client() instanceof ClientAuthentication.Read.Named) {
            Refusal refusal = new Refusal.BadCredential("who acts for users proves itself besides", true);
            return failed(new OAuthError.InvalidClient(false), refusal);
        }
        try {
            Optional<Bytes> use = issuer.flatMap(one -> keys.signer(assertion.jws(), one.keys()))
                    .map(assertion::use);
            if (use.isEmpty() || !uses.use(api.id(), use.get(), assertion.until(), clock.instant())) {
                return none("the assertion was used before");
            }
        } catch (FactsUnavailable e) {
            return refused(new Refusal.Unavailable("assertions: " + e.getMessage(), RETRY));
        }
        Presented.Believed believed = new Presented.Believed(clientId, trust.id());
        return TokenRequest.granted(
                ofUsers ? new Presented.BelievedUser(believed, assertion.subject()) : believed,
                false,
                request.form(),
                api,
                request.exchange() ? TokenRequest.Grant.EXCHANGE : TokenRequest.Grant.JWT_BEARER);
    }

    /// RFC 7523 section 3.1: whatever is wrong with the assertion, or with what it is of, is one answer.
    private static TokenRequest.Read refused(Refusal refusal) {
        OAuthError error = OAuthError.of(refusal, false);
        return failed(error instanceof OAuthError.InvalidClient ? new OAuthError.InvalidGrant() : error, refusal);
    }

    private static TokenRequest.Read none(String why) {
        return failed(new OAuthError.InvalidGrant(), new Refusal.BadCredential(why));
    }

    private static TokenRequest.Read failed(OAuthError error, Refusal refusal) {
        return new TokenRequest.Read.Failed(error, Optional.of(refusal));
    }
}
