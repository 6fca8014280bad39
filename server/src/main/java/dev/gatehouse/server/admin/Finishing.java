package dev.gatehouse.server.admin;

import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectSessionStore;
import dev.gatehouse.core.store.ConnectSessionStore.Held;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Vault;
import dev.gatehouse.server.connect.ConnectFlow;
import java.util.Optional;

/// The end of a connect session: an organization's server shows the code that a browser brought it, and says who
/// is using that browser. Only now there is a connection.
final class Finishing {
    private static final Attribute<Void, Secret> CODE = Attribute.in(
            "code",
            Types.converted(
                    Types.matching(
                            "the connect_code that the browser came with",
                            "[A-Za-z0-9_-]{43}",
                            "Wd1SIPr0yBhWLNnvvhHxVNSBUJsNK0bFJpa7dqzxBhU"),
                    Secret::of,
                    Secret::reveal));
    private static final Attribute<Void, Boolean> OTHER_ACCOUNT = Attribute.in("other_account", Type.flag());

    static final Form FINISH =
            Form.of(Form.required(CODE), Form.required(ConnectSessions.BEGAN_BY), Form.optional(OTHER_ACCOUNT));

    private Finishing() {}

    static Got<Reply> finish(Call call) {
        return call.connectSession()
                .then(session -> call.matched(ConnectSessions.NOUN, session))
                .then(session -> ready(call, session))
                .then(held -> person(call, held))
                .then(held -> call.desk()
                        .outbound()
                        .sessions()
                        .open(held)
                        .<Got<Parts>>map(Got::of)
                        .orElseGet(() -> Got.no(new Problem.Conflict("what the platform gave cannot be decrypted")))
                        .then(parts -> held.session().again() ? again(call, held, parts) : made(call, held, parts)));
    }

    private static Got<Held> ready(Call call, ConnectSession session) {
        return sessions(call)
                .ready(session.id(), call.desk().pepper().digests(call.given().need(CODE)), call.now())
                .<Got<Held>>map(Got::of)
                .orElseGet(() -> Got.no(unready(call, session)));
    }

    /// Looked at again, because somebody may have finished it since.
    private static Problem unready(Call call, ConnectSession session) {
        ConnectSession now = sessions(call).session(session.id()).orElse(session);
        if (!call.now().isBefore(now.diesAt())) {
            return new Problem.Conflict("the session is over");
        }
        return switch (now.state()) {
            case READY -> new Problem.InvalidField("code", "the connect_code that the browser came with");
            case OPEN, STARTED, RETURNED, FINISHED, FAILED ->
                new Problem.Conflict("the session is " + now.state().wire());
        };
    }

    /// GAUNTLET J02: a link may have been sent to somebody else, who then connected an account of its own.
    /// Whoever arrives with the code has to be whom the session was begun for; otherwise nothing comes of it.
    private static Got<Held> person(Call call, Held held) {
        if (held.session().beganBy().equals(call.given().need(ConnectSessions.BEGAN_BY))) {
            return Got.of(held);
        }
        var _ = sessions(call).fail(held.session().id(), "somebody else came back", call.act());
        return Got.no(new Problem.Conflict("the session was begun by somebody else, and has ended"));
    }

    private static Got<Reply> made(Call call, Held held, Parts parts) {
        Connection connection = ConnectFlow.connection(held.session(), call.now(), held.tokenExpiresAt());
        return call.write(
                call.act(),
                act -> sessions(call)
                        .add(
                                held.session().id(),
                                connection,
                                vault(call).seal(connection, Connection.FIRST, parts.bytes()),
                                act),
                added -> Replies.shown(200, Connections.NOUN, added, call));
    }

    private static Got<Reply> again(Call call, Held held, Parts parts) {
        Optional<SealedConnection> found =
                call.desk().store().connections().sealed(held.session().connection());
        if (found.isEmpty()) {
            return Got.no(new Problem.Conflict("the connection is gone"));
        }
        Connection before = found.get().connection();
        if (otherAccount(call, found.get(), parts)
                && !call.given().get(OTHER_ACCOUNT).orElse(false)) {
            return Got.no(new Problem.Conflict("it is another account at the platform than before, or nobody can tell;"
                    + " say other_account to connect it nevertheless"));
        }
        Act act = call.act();
        return call.write(
                act,
                by -> sessions(call)
                        .reconnect(
                                held.session().id(),
                                before,
                                vault(call).seal(before, before.credential() + 1, parts.bytes()),
                                held.tokenExpiresAt(),
                                by),
                done -> Replies.shown(200, Connections.NOUN, done, call));
    }

    /// GAUNTLET J04: compared by what the platform calls the account, where its file says what that is; what had
    /// a name and now has none is another.
    private static boolean otherAccount(Call call, SealedConnection before, Parts parts) {
        Optional<String> was = vault(call)
                .open(before.connection(), before.sealed())
                .map(Parts::read)
                .flatMap(Finishing::account);
        return was.isPresent() && !was.equals(account(parts));
    }

    private static Optional<String> account(Parts parts) {
        return parts.part(Field.ACCOUNT).map(Secret::reveal);
    }

    private static ConnectSessionStore sessions(Call call) {
        return call.desk().store().connectSessions();
    }

    private static Vault vault(Call call) {
        return call.desk().outbound().vault();
    }
}
