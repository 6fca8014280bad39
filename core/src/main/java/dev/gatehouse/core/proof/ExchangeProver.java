package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import java.util.Optional;

/// Gathers the facts behind what is asked for on a customer's behalf, or for a token of another's (RFC 8693).
final class ExchangeProver {
    private final ClientProver clients;
    private final TokenProver tokens;

    ExchangeProver(ClientProver clients, TokenProver tokens) {
        this.clients = clients;
        this.tokens = tokens;
    }

    /// Nothing is looked up for who did not prove itself.
    Proof acting(Presented.Acting acting, Api api, Source source) {
        Proof own = clients.own(acting.own(), api, source);
        if (!(own instanceof Proof.Proven(Facts proven, var _))) {
            return own;
        }
        return named(acting.customer(), source)
                .<Proof>map(subject -> new Proof.Proven(new Facts.Acting(proven.api(), proven.members(), subject)))
                .orElseGet(Proof.Cold::new);
    }

    Proof delegating(Presented.Delegating delegating, Api api, Source source) {
        Proof token = Possession.held(tokens.token(delegating.token(), api, source), Optional.empty());
        if (!(token instanceof Proof.Proven(Facts.Derived proven, var _))) {
            return token;
        }
        return named(delegating.customer(), source)
                .<Proof>map(subject -> new Proof.Proven(new Facts.Delegating(subject, proven)))
                .orElseGet(Proof.Cold::new);
    }

    /// The customer, if there is one; empty where memory does not tell.
    private static Optional<Optional<Subject>> named(Id customer, Source source) {
        return switch (source.subjects().apply(customer)) {
            case Look.Cold<Subject>() -> Optional.empty();
            case Look.Absent<Subject>() -> Optional.of(Optional.empty());
            case Look.Known<Subject>(Subject subject) -> Optional.of(Optional.of(subject));
        };
    }

    Proof exchanging(Presented.Exchanging exchanging, Api api, Source source) {
        Proof client = clients.own(exchanging.client(), api, source);
        if (!(client instanceof Proof.Proven(Facts proven, var _))) {
            return client;
        }
        return switch (Possession.offered(tokens.token(exchanging.token(), api, source), exchanging.beside())) {
            case Proof.Cold() -> new Proof.Cold();
            case Proof.Proven(Facts.Derived token, var _) -> exchanging(exchanging, proven, token, source);
            case Proof.Refused _, Proof.Proven _ ->
                new Proof.Proven(new Facts.Exchanging(api, proven.members(), Optional.empty()));
        };
    }

    /// A token that the very credential has for itself or its customer is narrowed; every other one is passed on.
    /// To nobody but an application: a person has no use for what came to others, nor for an `actor_token`,
    /// which is an error and nothing to overlook (RFC 8693 section 2.2.2).
    private Proof exchanging(Presented.Exchanging exchanging, Facts client, Facts.Derived token, Source source) {
        Optional<Actor> application = Actor.of(client.members());
        boolean own = token.passed().isEmpty()
                && token.claims()
                        .lineage()
                        .credential()
                        .equals(client.members().credential().id());
        boolean alone = exchanging.actor().isEmpty();
        if (application.isEmpty() && !(alone && token.passed().isEmpty())) {
            return new Proof.Proven(new Facts.Exchanging(client.api(), client.members(), Optional.empty()));
        }
        if (application.isEmpty() || (own && alone)) {
            return new Proof.Proven(new Facts.Exchanging(client.api(), client.members(), Optional.of(token)));
        }
        if (alone) {
            return new Proof.Proven(new Facts.Passing(token, application.get(), new Facts.Passing.Beside.Nothing()));
        }
        return switch (Possession.offered(
                tokens.token(exchanging.actor().get(), client.api(), source), exchanging.beside())) {
            case Proof.Cold() -> new Proof.Cold();
            case Proof.Proven(Facts.Derived actor, var _) ->
                new Proof.Proven(new Facts.Passing(token, application.get(), new Facts.Passing.Beside.Token(actor)));
            case Proof.Refused _, Proof.Proven _ ->
                new Proof.Proven(new Facts.Passing(token, application.get(), new Facts.Passing.Beside.Other()));
        };
    }
}
