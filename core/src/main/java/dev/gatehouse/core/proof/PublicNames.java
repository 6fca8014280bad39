package dev.gatehouse.core.proof;

import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import java.time.Duration;

/// Looks applications up by their public ids. For who has made up too many names none is looked up for a while.
record PublicNames(FactSource facts, Misses misses) {
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    Named named(String clientId, Ask ask) {
        Duration wait = misses.wait(ask);
        Look<Id> remembered = facts.client(clientId);
        if (!wait.isZero() && !(remembered instanceof Look.Known<Id>)) {
            return new Named.Refused(new Refusal.TooMany(wait));
        }
        if (facts.loadClient(clientId) instanceof Look.Known<Id>(Id application)
                && facts.loadActor(application) instanceof Look.Known<Actor>(Actor actor)) {
            return new Named.Known(actor);
        }
        if (remembered instanceof Look.Cold<Id>) {
            misses.missed(ask);
        }
        return new Named.Refused(new Refusal.BadCredential("no such client"));
    }
}
