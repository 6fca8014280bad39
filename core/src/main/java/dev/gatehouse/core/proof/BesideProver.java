package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import java.util.Optional;
import java.util.function.Function;

/// Gathers the facts behind a user and the application that acts for it, of which each is proven.
final class BesideProver {
    private final ClientProver clients;
    private final PersonProver people;

    BesideProver(ClientProver clients, PersonProver people) {
        this.clients = clients;
        this.people = people;
    }

    /// A user's own secret beside the application's.
    Proof beside(Presented.Beside beside, Api api, Source source) {
        return proven(
                clients.own(beside.client(), api, source),
                api,
                _ -> clients.userSecret(beside.userSecret(), api, source));
    }

    /// A user on whose password nobody insists: an issuer vouches for it that the application is believed by.
    Proof believed(Presented.BelievedUser user, Api api, Source source) {
        return proven(
                ClientProver.believed(user.client(), one -> one.subject().isEmpty(), api, source),
                api,
                client -> people.named(user.username(), client.organization().id(), api, source));
    }

    /// The user is not looked at for who did not prove an application.
    private static Proof proven(Proof client, Api api, Function<Members, Proof> user) {
        if (!(client instanceof Proof.Proven(Facts proven, var _))) {
            return client;
        }
        Optional<Actor> application = Actor.of(proven.members());
        if (application.isEmpty()) {
            return Proof.Refused.genuine("no application acts for a user by this credential");
        }
        return switch (user.apply(proven.members())) {
            case Proof.Cold() -> new Proof.Cold();
            case Proof.Refused(Refusal refusal) -> new Proof.Refused(new Refusal.BadUser(refusal));
            case Proof.Proven(Facts known, var _) ->
                new Proof.Proven(new Facts.Beside(api, known.members(), application.get()));
        };
    }
}
