package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.session.SessionText;
import dev.gatehouse.core.session.Sessions;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.PasskeyStore.Passkey;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.server.http.OwnCookies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The end of a sign-in, however somebody proved itself: a session, and the way on to what waits.
record Arrival(PageDesk desk, Replies replies) {
    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration LIFE = Duration.ofDays(7);

    /// Opens a session for what was proven, with a string that nobody has seen before, and ends the one that this
    /// browser had (GAUNTLET L03). Whoever proves itself again has not signed out: the login that it has goes
    /// on, under another string (ADR 0051).
    Reply proven(Visit visit, Optional<String> ask, Proven proven) {
        return opened(visit, proven, onwards(visit, ask), _ -> true).orElseThrow();
    }

    /// The same by a key that counted on, which the session ends with; empty when that key is gone by now.
    Optional<Reply> byPasskey(Visit visit, Optional<String> ask, Proven proven, Passkey passkey) {
        Act act = proven.act(visit.http().id(), desk.store().clock().instant());
        return opened(
                visit,
                proven,
                onwards(visit, ask),
                session -> desk.store().passkeys().opened(passkey, session.id(), act) instanceof Stored.Done);
    }

    private Optional<Reply> opened(Visit visit, Proven proven, Reply onwards, Predicate<Session> counts) {
        desk.observations().allowed(visit.http(), visit.api().name());
        Act act = proven.act(visit.http().id(), desk.store().clock().instant());
        Sessions.Terms terms = new Sessions.Terms(
                SessionText.MARKED,
                IDLE,
                LIFE,
                false,
                SessionStore.Rule.MANY,
                Restriction.ofListed(List.of(visit.api().id())));
        Optional<Sessions.Opened.Open> renewed = visit.visitor()
                .flatMap(before -> desk.sessions()
                        .renew(
                                before.session(),
                                proven.allowed(),
                                proven.methods(),
                                terms,
                                visit.http().from(),
                                act));
        Sessions.Opened opened = renewed.<Sessions.Opened>map(Function.identity())
                .orElseGet(() -> desk.sessions()
                        .open(
                                proven.allowed(),
                                proven.methods(),
                                terms,
                                visit.http().from(),
                                act));
        return switch (opened) {
            case Sessions.Opened.Open(Secret text, Session session) -> {
                if (!counts.test(session)) {
                    desk.ended(desk.store().sessions().end(session.id(), act));
                    yield Optional.empty();
                }
                visit.visitor()
                        .filter(before -> !before.session().id().equals(session.id()))
                        .ifPresent(before -> desk.ended(
                                desk.store().sessions().follow(before.session().id(), session.id(), act)));
                yield Optional.of(onwards.with("Set-Cookie", OwnCookies.SESSION.set(text.reveal(), visit.secure())));
            }
            case Sessions.Opened.Full _, Sessions.Opened.Another _ ->
                Optional.of(replies.error(409, visit.texts(), visit.texts().of("sign-in.full")));
        };
    }

    /// To what waits.
    Reply onwards(Visit visit, Optional<String> ask) {
        return Replies.see(device(visit, ask)
                .map(Paths::device)
                .or(() -> ask.map(text -> text.equals(Paths.AGAIN) ? Paths.SECURITY : Paths.authorize(text)))
                .orElse(Paths.ACCOUNT));
    }

    /// The code of the device that waits, if one does.
    Optional<String> device(Visit visit, Optional<String> ask) {
        return ask.flatMap(text -> desk.devices().waited(text, visit.api()));
    }

    /// Whether a client waits, rather than a device or a page of ours.
    boolean client(Visit visit, Optional<String> ask) {
        return ask.filter(text -> !text.equals(Paths.AGAIN)).isPresent()
                && device(visit, ask).isEmpty();
    }
}
