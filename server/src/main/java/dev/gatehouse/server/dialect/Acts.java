package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.token.Lineage;

/// Who changes something by a request of a dialect.
final class Acts {
    private Acts() {}

    static Act of(Desk desk, HttpFacts http, Members members) {
        return act(
                desk,
                http,
                new Act.Actor.Member(
                        members.organization().id(),
                        members.application().id(),
                        members.credential().id()));
    }

    /// Whoever holds a token.
    static Act of(Desk desk, HttpFacts http, Lineage token) {
        return act(desk, http, new Act.Actor.Member(token.organization(), token.application(), token.credential()));
    }

    private static Act act(Desk desk, HttpFacts http, Act.Actor actor) {
        return new Act(actor, http.id(), desk.store().clock().instant());
    }
}
