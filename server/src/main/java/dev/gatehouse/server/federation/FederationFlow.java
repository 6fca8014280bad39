package dev.gatehouse.server.federation;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Step;
import dev.gatehouse.core.store.IdentityStore.Trip;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.federation.Discovery;
import dev.gatehouse.oauth.federation.ExternalIdToken;
import dev.gatehouse.oauth.federation.ExternalIdentity;
import dev.gatehouse.oauth.federation.ProviderMetadata;
import dev.gatehouse.oauth.federation.Ticket;
import dev.gatehouse.server.connect.ConnectSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The way of a browser to an identity provider and back. What comes back is taken once, in the browser that was
/// sent, at the address of the provider that it was sent to (GAUNTLET J01-J03). Blocks.
///
/// @param random a secure one
public record FederationFlow(
        Store store,
        Discovery discovery,
        ExternalIdToken idTokens,
        CodeExchange exchange,
        Pepper pepper,
        ConnectSecrets secrets,
        TripSeal seal,
        RandomGenerator random) {
    /// How long a trip may take.
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final int MAX_CODE = 4096;

    /// What a trip is for.
    ///
    /// @param login the session and its user for whom an account is linked; empty for a sign-in
    /// @param ask what waits for the sign-in
    /// @param maxAgeSeconds how long ago at most the person may have proven itself there
    /// @param selects whether the person shall choose the account there
    public record Purpose(
            Optional<Login> login,
            Optional<String> ask,
            Optional<Long> maxAgeSeconds,
            Optional<String> loginHint,
            boolean selects) {
        Step step() {
            return login.isPresent() ? Step.LINK : Step.SIGN_IN;
        }
    }

    /// An open login.
    public record Login(Id session, Id user) {}

    /// A browser that sets out.
    ///
    /// @param cookie what it keeps
    public record Begun(IdentityProvider provider, String url, Secret cookie) {}

    /// What came of setting out.
    public sealed interface Beginning {
        /// It goes.
        record On(Begun begun) implements Beginning {}

        /// There is no such provider here.
        record Nowhere() implements Beginning {}

        /// The provider cannot be asked now.
        record Later() implements Beginning {}

        /// What waits for the sign-in is longer than what a browser takes along.
        record TooLong() implements Beginning {}
    }

    /// What came of a browser that came back.
    public sealed interface Came {
        /// The provider says who it is.
        record Somebody(Trip trip, Held held, ExternalIdentity identity) implements Came {}

        /// It was not sent by us, not now, or not there.
        record Strange() implements Came {}

        /// The provider says nothing of anybody that counts.
        ///
        /// @param why for logs
        record Nobody(Trip trip, String why) implements Came {}
    }

    /// Those whose buttons the pages of an Api show. From memory: anybody may look at such a page.
    public List<IdentityProvider> offered(Api api) {
        return store.facts().providers().stream()
                .filter(one -> one.serves(api.id()))
                .toList();
    }

    private Optional<Held> named(String name, Api api) {
        return store.identities().providers().stream()
                .filter(held -> held.provider().name().equals(name))
                .filter(held -> held.provider().serves(api.id()))
                .findFirst();
    }

    /// Sends a browser to a provider.
    public Beginning begin(String name, Api api, Purpose purpose) {
        Optional<Held> held = named(name, api);
        if (held.isEmpty()) {
            return new Beginning.Nowhere();
        }
        IdentityProvider provider = held.get().provider();
        Optional<ProviderMetadata> metadata = discovery.of(provider.issuer());
        if (metadata.isEmpty()) {
            return new Beginning.Later();
        }
        Ticket ticket = new Ticket(secrets.draw(random));
        Instant now = store.clock().instant();
        Trip trip = new Trip(
                pepper.digest(ticket.secret()),
                purpose.step(),
                provider.id(),
                api.id(),
                purpose.login().map(Login::session),
                purpose.login().map(Login::user),
                Optional.empty(),
                purpose.ask(),
                purpose.maxAgeSeconds(),
                now,
                now.plus(LIFE));
        Optional<Secret> kept = kept(trip, ticket);
        return kept.<Beginning>map(cookie -> new Beginning.On(new Begun(
                        provider, ExternalRequest.url(metadata.get(), provider, api, purpose, ticket), cookie)))
                .orElseGet(() -> trip.step() == Step.SIGN_IN ? new Beginning.TooLong() : new Beginning.Later());
    }

    /// What the browser keeps: who is signed in has a row here, all others carry their trip themselves.
    private Optional<Secret> kept(Trip trip, Ticket ticket) {
        if (trip.step() == Step.SIGN_IN) {
            return seal.seal(ticket.secret(), trip).map(text -> Secret.of("s" + text.reveal()));
        }
        return store.identities().begin(trip)
                ? Optional.of(Secret.of("l" + ticket.secret().reveal()))
                : Optional.empty();
    }

    /// Takes what a browser brought back, once. Who comes without the cookie of the browser that was sent, or with
    /// another state, is told so and takes nothing from anybody.
    ///
    /// @param name of the provider whose address was called
    /// @param parameters each at most once, none empty
    /// @param cookie what the browser shows
    /// @throws FactsUnavailable when nobody can tell now
    public Came back(Api api, String name, Map<String, String> parameters, Optional<String> cookie) {
        Optional<String> shown = cookie.filter(text -> text.startsWith("s") || text.startsWith("l"));
        Optional<Ticket> ticket = shown.map(text -> new Ticket(TripSeal.secret(text.substring(1))))
                .filter(one -> secrets.drew(one.secret()))
                .filter(one -> Optional.ofNullable(parameters.get("state"))
                        .filter(one::sent)
                        .isPresent());
        if (ticket.isEmpty()) {
            return new Came.Strange();
        }
        return taken(shown.get(), ticket.get())
                .map(trip -> returned(trip, api, name, parameters, ticket.get()))
                .orElseGet(Came.Strange::new);
    }

    private Optional<Trip> taken(String shown, Ticket ticket) {
        Instant now = store.clock().instant();
        return shown.startsWith("s")
                ? seal.open(pepper, shown.substring(1), now)
                        .filter(trip ->
                                store.assertions().use(trip.api(), seal.name(ticket.secret()), trip.until(), now))
                : store.identities().take(pepper.digests(ticket.secret()), Step.LINK, now);
    }

    private Came returned(Trip trip, Api api, String name, Map<String, String> parameters, Ticket ticket) {
        Optional<Held> held = store.identities()
                .provider(trip.provider())
                .filter(one -> one.provider().name().equals(name))
                .filter(one -> trip.api().equals(api.id()) && one.provider().serves(api.id()));
        if (held.isEmpty()) {
            return new Came.Nobody(trip, "another provider");
        }
        Optional<ProviderMetadata> metadata = discovery.of(held.get().provider().issuer());
        if (metadata.isEmpty()) {
            throw new FactsUnavailable("what an identity provider says of itself");
        }
        Optional<String> iss = Optional.ofNullable(parameters.get("iss"));
        // RFC 9207 section 2.4: who says its name is asked for it always.
        String issuer = metadata.get().issuer();
        if ((metadata.get().says() && iss.isEmpty())
                || iss.filter(said -> !said.equals(issuer)).isPresent()) {
            return new Came.Nobody(trip, "iss of the answer");
        }
        Optional<String> code = Optional.ofNullable(parameters.get("code")).filter(text -> text.length() <= MAX_CODE);
        return parameters.containsKey("error") || code.isEmpty()
                ? new Came.Nobody(trip, "error")
                : redeemed(trip, held.get(), metadata.get(), Secret.of(code.get()), api, ticket);
    }

    private Came redeemed(Trip trip, Held held, ProviderMetadata metadata, Secret code, Api api, Ticket ticket) {
        IdentityProvider provider = held.provider();
        return exchange.redeem(held, metadata, code, FederationPaths.redirect(api, provider), ticket.verifier())
                .map(got -> idTokens.read(
                        got.idToken(),
                        new ExternalIdToken.Wanted(
                                metadata,
                                provider.clientId(),
                                ticket.nonce(),
                                got.accessToken(),
                                trip.maxAgeSeconds().map(age -> trip.beganAt().minusSeconds(age))),
                        store.clock().instant()))
                .<Came>map(read -> switch (read) {
                    case ExternalIdToken.Read.Good(ExternalIdentity identity) ->
                        new Came.Somebody(trip, held, identity);
                    case ExternalIdToken.Read.Wrong(String why) -> new Came.Nobody(trip, why);
                })
                .orElseGet(() -> new Came.Nobody(trip, "code"));
    }
}
