package dev.gatehouse.server.pages;

import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.oauth.authorize.SignedIn;
import java.time.Instant;
import java.util.Optional;

/// Who is signed in, as a verdict on the session found it. Only what pages opened is a sign-in: a session of a
/// dialect took the password alone.
record Visitor(Members members, Session session) {
    static Optional<Visitor> of(Facts facts) {
        return facts instanceof Facts.Logged logged
                        && logged.session().ofPagesOf(logged.api().id())
                ? Optional.of(new Visitor(logged.members(), logged.session()))
                : Optional.empty();
    }

    Id user() {
        return session.user();
    }

    String username() {
        return members.holder().publicName();
    }

    SignedIn signedIn() {
        return new SignedIn(user(), session.id(), session.openedAt(), session.methods());
    }

    Act act(String requestId, Instant now) {
        return new Act(
                new Act.Actor.Member(
                        members.holder().organization(),
                        user(),
                        members.credential().id()),
                requestId,
                now);
    }
}
