package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.token.Session;
import java.util.List;
import java.util.Optional;

/// Open logins of users: seen and ended here, opened where an Api lets users log in.
final class UserSessions {
    static final Noun<Session> NOUN = new Noun<>(
            "session",
            List.of(
                    Attribute.of("id", Types.id(Kind.SESSION), Session::id),
                    Attribute.of("user", Types.id(Kind.USER), Session::user),
                    Attribute.of(
                            "organization",
                            Types.id(Kind.ORGANIZATION),
                            session -> session.lineage().organization()),
                    Attribute.of(
                            "membership",
                            Types.id(Kind.MEMBERSHIP),
                            session -> session.lineage().member()),
                    Attribute.of("opened_at", Types.TIME, Session::openedAt),
                    Attribute.of("seen_at", Types.TIME, Session::seenAt),
                    Attribute.of("expires_at", Types.TIME, Session::diesAt),
                    Attribute.of("ended", Type.flag(), Session::ended),
                    Attribute.optional("address", Types.BLOCK, Session::address)));

    private UserSessions() {}

    /// Those that have not ended; one whose time is over may be among them.
    static Got<Reply> list(Call call) {
        return call.user()
                .then(user -> call.query()
                        .slice(Kind.SESSION)
                        .map(slice -> call.desk().store().sessions().sessions(user.id(), slice))
                        .map(page -> Replies.page(NOUN, page, Session::id, call)));
    }

    static Got<Reply> get(Call call) {
        return call.session().map(session -> Replies.shown(200, NOUN, session, call));
    }

    static Got<Reply> revoke(Call call) {
        return call.session()
                .then(session -> call.matched(NOUN, session))
                .then(session -> call.write(
                        call.act(),
                        act -> call.desk().store().sessions().end(session.id(), act),
                        ended -> Replies.shown(200, NOUN, ended, call)));
    }

    /// All at once, whatever they are for; the password stays.
    static Got<Reply> revokeAll(Call call) {
        return call.user()
                .then(user -> call.matched(Users.NOUN, user))
                .then(user -> call.write(
                        call.act(),
                        act -> call.desk().store().sessions().endAll(user.id(), act),
                        _ -> Replies.shown(200, Users.NOUN, user, call)));
    }

    /// The user of a session decides who sees it.
    static Optional<Id> home(Call call, Session session) {
        return call.desk().store().users().user(session.user()).map(user -> user.organization());
    }
}
