package dev.gatehouse.server.dialect;

import dev.gatehouse.connect.call.Verification.Tried;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Looks;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.write.PublicUuid;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Connections that an organization manages through its dialect. Those of others are not there (GAUNTLET H01,
/// J08), and no credential is shown again.
final class Connections {
    private final Desk desk;

    Connections(Desk desk) {
        this.desk = desk;
    }

    private ConnectionStore store() {
        return desk.store().connections();
    }

    Outcome create(Asked asked) {
        return asked.managing(Outcome.Work.PLATFORM, allowed -> {
            Optional<ConnectionKind> kind =
                    asked.dialect().names().kind(asked.need(Input.KIND).reveal());
            Optional<String> description = description(asked, "");
            return kind.isEmpty() || description.isEmpty()
                    ? asked.refused(invalid(asked, kind.isEmpty() ? Input.KIND : Input.DESCRIPTION))
                    : asked.charging(
                            allowed,
                            charge -> created(
                                    asked, allowed, fresh(asked, allowed, kind.get(), description.get()), charge));
        });
    }

    /// Called by its key, because its organization has no other name for it.
    private Connection fresh(Asked asked, Verdict.Allowed allowed, ConnectionKind kind, String description) {
        Id id = Id.random(Kind.CONNECTION, desk.random());
        return new Connection(
                id,
                organization(allowed),
                asked.need(Input.PLATFORM).reveal(),
                kind,
                PublicUuid.hex(id),
                description,
                Standing.FRESH,
                desk.store().clock().instant());
    }

    /// Trying a credential may use it up, so that what can be refused without is refused before.
    private Reply created(Asked asked, Verdict.Allowed allowed, Connection connection, Charge.Made charge) {
        if (ConnectionView.length(store(), connection.organization()) >= ConnectionStore.MAX_CONNECTIONS) {
            return asked.uncharged(full(asked), charge);
        }
        return switch (new GivenCredential(asked).tried(connection)) {
            case GivenCredential.Read.Wrong(Fault fault) -> asked.refused(fault);
            case GivenCredential.Read.Good(Tried.Good good) ->
                told(
                        asked,
                        store().add(
                                        connection.until(good.tokenExpiresAt()),
                                        sealed(connection, Connection.FIRST, good),
                                        act(asked, allowed)),
                        charge);
        };
    }

    Outcome list(Asked asked) {
        return asked.listing((allowed, form) -> ConnectionView.page(asked, store(), organization(allowed), form));
    }

    Outcome count(Asked asked) {
        return asked.managing(
                Outcome.Work.VERIFY,
                allowed -> asked.charging(
                        allowed,
                        charge -> asked.answered(ConnectionView.count(store(), organization(allowed)), charge)));
    }

    Outcome get(Asked asked) {
        return one(
                asked,
                Outcome.Work.VERIFY,
                (allowed, found, charge) -> asked.shown(ConnectionView.shown(asked, found), charge));
    }

    Outcome delete(Asked asked) {
        return one(asked, Outcome.Work.REVOKE, (allowed, found, charge) -> switch (desk.store()
                .members()
                .revoke(found.id(), act(asked, allowed))) {
            case Stored.Done<Standing> _ -> asked.answered(Result.NONE, charge);
            case Stored.Missing<Standing> _, Stored.Conflict<Standing> _, Stored.Forbidden<Standing> _ ->
                asked.refused(new Refusal.NotFound());
            case Stored.Moved<Standing> _, Stored.Full<Standing> _ ->
                asked.uncharged(asked.unavailable("the connection is being changed"), charge);
        });
    }

    /// Platform and kind stay: whoever names others means another connection.
    Outcome update(Asked asked) {
        return one(asked, Outcome.Work.PLATFORM, (allowed, found, charge) -> {
            Optional<Input> other = other(asked, found);
            Optional<String> description = description(asked, found.description());
            if (other.isPresent() || description.isEmpty()) {
                return asked.refused(invalid(asked, other.orElse(Input.DESCRIPTION)));
            }
            return told(asked, changed(asked, allowed, found, description.get()), charge);
        });
    }

    /// The credential and what is said of it are one write, so that nothing is half done.
    private Changed changed(Asked asked, Verdict.Allowed allowed, Connection found, String description) {
        if (!asked.shown().has(Input.CREDENTIAL)) {
            return new Changed.Written(
                    found.description().equals(description)
                            ? new Stored.Done<>(found)
                            : settled(
                                    found, one -> store().describe(one, one.name(), description, act(asked, allowed))));
        }
        return switch (new GivenCredential(asked).tried(found)) {
            case GivenCredential.Read.Wrong(Fault fault) -> new Changed.Wrong(fault);
            case GivenCredential.Read.Good(Tried.Good good) ->
                new Changed.Written(reconnected(asked, allowed, found, good));
        };
    }

    /// What came of a change.
    private sealed interface Changed {
        record Written(Stored<Connection> stored) implements Changed {}

        record Wrong(Fault fault) implements Changed {}
    }

    private static Reply told(Asked asked, Changed changed, Charge.Made charge) {
        return switch (changed) {
            case Changed.Written(Stored<Connection> stored) -> told(asked, stored, charge);
            case Changed.Wrong(Fault fault) -> asked.refused(fault);
        };
    }

    private static Optional<Input> other(Asked asked, Connection found) {
        Optional<String> platform = asked.shown().get(Input.PLATFORM).map(Secret::reveal);
        Optional<String> kind = asked.shown().get(Input.KIND).map(Secret::reveal);
        if (!platform.orElse(found.platform()).equals(found.platform())) {
            return Optional.of(Input.PLATFORM);
        }
        boolean same = kind.map(asked.dialect().names()::kind)
                .map(Optional.of(found.kind())::equals)
                .orElse(true);
        return same ? Optional.empty() : Optional.of(Input.KIND);
    }

    /// Tried once, however many writes of others come between.
    private Stored<Connection> reconnected(Asked asked, Verdict.Allowed allowed, Connection found, Tried.Good good) {
        return settled(
                found,
                now -> store().reconnect(
                                now.saying(description(asked, now.description()).orElse(now.description())),
                                sealed(now, now.credential() + 1, good),
                                good.tokenExpiresAt(),
                                act(asked, allowed)));
    }

    private Stored<Connection> settled(Connection found, Function<Connection, Stored<Connection>> write) {
        AtomicReference<Optional<Connection>> now = new AtomicReference<>(Optional.of(found));
        return Looks.settled(
                () -> now.getAndSet(Optional.empty())
                        .or(() -> store().connection(found.id()))
                        .map(write)
                        .orElseGet(Stored.Missing::new),
                Stored.Moved.class::isInstance);
    }

    private static Reply full(Asked asked) {
        return asked.refused(Fault.of(RefusalClass.LIMIT_REACHED));
    }

    /// What was tried at a platform before is charged, whatever came of it here.
    private static Reply told(Asked asked, Stored<Connection> stored, Charge.Made charge) {
        return switch (stored) {
            case Stored.Done<Connection>(Connection now, var _) ->
                asked.answered(ConnectionView.shown(asked, now), charge);
            case Stored.Full<Connection> _ -> full(asked);
            case Stored.Missing<Connection> _, Stored.Conflict<Connection> _, Stored.Forbidden<Connection> _ ->
                asked.refused(new Refusal.NotFound());
            case Stored.Moved<Connection> _ -> {
                Reply moved = asked.unavailable("the connection is being changed");
                yield asked.shown().has(Input.CREDENTIAL) ? moved : asked.uncharged(moved, charge);
            }
        };
    }

    /// What is done to one connection.
    @FunctionalInterface
    private interface Verb {
        Reply on(Verdict.Allowed allowed, Connection found, Charge.Made charge);
    }

    /// Looking for what is not there is not for nothing.
    private Outcome one(Asked asked, Outcome.Work work, Verb verb) {
        return asked.managing(
                work,
                allowed -> asked.charging(
                        allowed,
                        charge -> PublicUuid.connection(
                                        asked.need(Input.TARGET_CONNECTION).reveal())
                                .flatMap(store()::connection)
                                .filter(found -> found.organization().equals(organization(allowed)))
                                .filter(found -> !found.standing().revoked())
                                .map(found -> verb.on(allowed, found, charge))
                                .orElseGet(() -> asked.refused(new Refusal.NotFound()))));
    }

    private static Optional<String> description(Asked asked, String otherwise) {
        return Optional.of(
                        asked.shown().get(Input.DESCRIPTION).map(Secret::reveal).orElse(otherwise))
                .filter(text -> Text.description(text, Connection.MAX_DESCRIPTION));
    }

    private static Fault invalid(Asked asked, Input input) {
        return Fault.of(RefusalClass.INVALID, List.of(new Fault.Field(asked.name(input), "is none that it can have")));
    }

    private Encrypted sealed(Connection connection, long number, Tried.Good good) {
        return desk.outbound().vault().seal(connection, number, good.parts().bytes());
    }

    private Act act(Asked asked, Verdict.Allowed allowed) {
        return Acts.of(desk, asked.http(), allowed.members());
    }

    private static Id organization(Verdict.Allowed allowed) {
        return allowed.members().organization().id();
    }
}
