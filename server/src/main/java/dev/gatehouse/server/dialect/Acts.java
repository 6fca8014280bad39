package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Kind;
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
                        members.holder().who(),
                        members.credential().id()));
    }

    /// Whoever holds a token. A token of a user names a membership and not who that is.
    static Act of(Desk desk, HttpFacts http, Lineage token) {
        Act.Actor actor = token.member().kind() == Kind.APPLICATION
                ? new Act.Actor.Member(token.organization(), token.member(), token.credential())
                : new Act.Actor.Itself("token");
        return act(desk, http, actor);
    }

    private static Act act(Desk desk, HttpFacts http, Act.Actor actor) {
        return new Act(actor, http.id(), desk.store().clock().instant());
    }
}
