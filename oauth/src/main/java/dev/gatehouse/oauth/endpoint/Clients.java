package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Named;
import dev.gatehouse.core.proof.Verifier;
import java.time.Duration;
import java.util.Optional;

/// Finds out which application asks, at endpoints that act for users. A client that has a secret shows it; one
/// that can have none is only named, and what it brings besides is all the proof there is (RFC 6749 section 2.1).
/// Blocks.
public final class Clients {
    /// What asking gave.
    public sealed interface Found {
        /// This application.
        record Known(Application application) implements Found {}

        /// None.
        ///
        /// @param refusal what it was about, for logs
        record Failed(OAuthError error, Refusal refusal) implements Found {}
    }

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final FactSource facts;

    private final Strangers strangers;

    /// Over these facts.
    public Clients(Verifier verifier, FactSource facts) {
        this(verifier, facts, Strangers.NONE);
    }

    /// The same.
    ///
    /// @param strangers makes clients known that nobody registered
    public Clients(Verifier verifier, FactSource facts, Strangers strangers) {
        this.verifier = verifier;
        this.facts = facts;
        this.strangers = strangers;
    }

    Found find(ClientAuthentication.Read client, HttpFacts http, Api api) {
        Found found = proven(client, http, api);
        try {
            return found instanceof Found.Known(Application application) && !strangers.used(application, api)
                    ? failed("it ended for want of use")
                    : found;
        } catch (FactsUnavailable e) {
            Refusal refusal = new Refusal.Unavailable("clients: " + e.getMessage(), RETRY);
            return new Found.Failed(OAuthError.of(refusal, false), refusal);
        }
    }

    private Found proven(ClientAuthentication.Read client, HttpFacts http, Api api) {
        return switch (client) {
            case ClientAuthentication.Read.Shown shown -> shown(shown, http, api);
            case ClientAuthentication.Read.Named(String clientId) -> open(clientId, http, api);
            case ClientAuthentication.Read.Failed(OAuthError error, Refusal refusal) ->
                new Found.Failed(error, refusal);
            case ClientAuthentication.Read.Signed _ -> failed("the assertion was not looked at");
        };
    }

    private Found shown(ClientAuthentication.Read.Shown shown, HttpFacts http, Api api) {
        return switch (verifier.verifyAtOnce(
                shown.client(), api, new Ask.Authenticate(http.from()), http.arrivedNanos())) {
            case Checked.Refused(Refusal refusal) ->
                new Found.Failed(OAuthError.of(refusal, shown.byHeader()), refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                allowed.members().holder() instanceof Application application
                        ? new Found.Known(application)
                        : failed("not an application");
        };
    }

    private Found open(String clientId, HttpFacts http, Api api) {
        return switch (here(clientId, http, api)) {
            case Named.Known(Actor actor) ->
                actor.application().terms().open()
                        ? new Found.Known(actor.application())
                        : failed("no public client of this name");
            case Named.Refused(Refusal refusal) -> new Found.Failed(OAuthError.of(refusal, false), refusal);
        };
    }

    /// Who goes by a name that came with a request: it may be made up.
    public Named named(String clientId, HttpFacts http, Api api) {
        return ClientAuthentication.possible(clientId)
                ? verifier.named(clientId, api, new Ask.Authenticate(http.from()), http.arrivedNanos())
                : new Named.Refused(new Refusal.BadCredential("no name of a client"));
    }

    /// Who begins something in a browser under a name that came with it.
    public Named beginning(String clientId, HttpFacts http, Api api) {
        return switch (here(clientId, http, api)) {
            case Named.Known(Actor actor)
            when !counts(actor.application(), api) ->
                new Named.Refused(new Refusal.BadCredential("its document does not count", true));
            case Named named -> named;
        };
    }

    /// Whoever registered itself is a client where it did and nowhere else, with or without a credential.
    private Named here(String clientId, HttpFacts http, Api api) {
        try {
            return switch (named(clientId, http, api)) {
                case Named.Known(Actor actor)
                when !strangers.here(actor.application(), api) ->
                    new Named.Refused(new Refusal.BadCredential("registered at another Api", true));
                case Named named -> named;
            };
        } catch (FactsUnavailable e) {
            return new Named.Refused(new Refusal.Unavailable("clients: " + e.getMessage(), RETRY));
        }
    }

    /// Whether what a client says of itself still holds.
    boolean counts(Application client, Api api) {
        return strangers.counts(client, api);
    }

    /// Whether somebody should look at the client of this name before it begins something. Does not block.
    public boolean unmet(String clientId, Api api) {
        return ClientAuthentication.possible(clientId) && strangers.due(clientId, api);
    }

    /// Looks at the client of this name, for whoever holds nothing meanwhile that others wait for. Blocks.
    public void meet(String clientId, HttpFacts http, Api api) {
        if (facts.fresh(http.arrivedNanos())
                && verifier.closed(api, new Ask.Authenticate(http.from())).isEmpty()) {
            try {
                strangers.meet(clientId, api, http);
            } catch (FactsUnavailable _) {
                // whoever asks for the client next is told
            }
        }
    }

    /// The application of a public id that we said ourselves, and all above it.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public Optional<Actor> actor(String clientId) {
        return facts.loadClient(clientId) instanceof Look.Known<Id>(Id application)
                        && facts.loadActor(application) instanceof Look.Known<Actor>(Actor actor)
                ? Optional.of(actor)
                : Optional.empty();
    }

    /// The application of an id of ours.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Optional<Application> application(Id id) {
        return facts.loadActor(id) instanceof Look.Known<Actor>(Actor actor)
                ? Optional.of(actor.application())
                : Optional.empty();
    }

    /// The same, of whoever begins nothing but goes on with what it has: that is a use. Empty when it has ended.
    /// Blocks.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Optional<Application> going(Id id, Api api) {
        return application(id).filter(one -> strangers.used(one, api));
    }

    private static Found failed(String why) {
        return new Found.Failed(new OAuthError.InvalidClient(false), new Refusal.BadCredential(why));
    }
}
