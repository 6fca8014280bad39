package dev.gatehouse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.Moments;
import dev.gatehouse.core.store.SessionStore.Rule;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.storage.TestKeys;
import dev.gatehouse.storage.db.Bounds;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Engine;
import dev.gatehouse.storage.db.Isolation;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.SqliteDb;
import dev.gatehouse.storage.db.Work;
import dev.gatehouse.storage.facts.FactBounds;
import dev.gatehouse.storage.facts.LocalFacts;
import dev.gatehouse.storage.feed.LocalFeed;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever manages is never held up by a burst of what callers do.
class LaneTest {
    @TempDir
    Path folder;

    private final Nouns nouns = new Nouns(7);
    private final Act act = nouns.act();
    private final List<Lane> written = new ArrayList<>();
    private final List<Lane> read = new ArrayList<>();
    private Optional<SqlStore> opened = Optional.empty();
    private User user = nouns.user(nouns.id(Kind.ORGANIZATION), "nobody");
    private Credential password = nouns.password(user);
    private Session session = session(nouns.id(Kind.MEMBERSHIP));

    /// A database that notes which lanes are written on.
    private record Noted(Db inner, List<Lane> written, List<Lane> read) implements Db {
        @Override
        public Engine engine() {
            return inner.engine();
        }

        @Override
        public <T> T read(Lane lane, Work<T> work) {
            read.add(lane);
            return inner.read(lane, work);
        }

        @Override
        public <T> T write(Lane lane, Isolation isolation, Work<T> work) {
            written.add(lane);
            return inner.write(lane, isolation, work);
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private Session session(Id membership) {
        return new Session(
                nouns.id(Kind.SESSION),
                user.id(),
                new Lineage(user.organization(), membership, password.id(), new Generations(0, 0, 0, 0)),
                Nouns.NOW,
                Nouns.NOW.plus(Duration.ofDays(1)),
                Duration.ofHours(1),
                Nouns.NOW,
                Optional.empty(),
                Restriction.unrestricted(),
                false,
                false);
    }

    private SqlStore store() {
        return opened.orElseThrow();
    }

    @BeforeEach
    void open() {
        Db db = new Noted(SqliteDb.open(folder, Bounds.DEFAULT), written, read);
        LocalFeed feed = new LocalFeed();
        LocalFacts facts = LocalFacts.open(
                new SqlFactLoader(db), feed, FactBounds.DEFAULT, () -> 0, () -> Nouns.NOW, nouns.id(Kind.NODE), 1);
        opened = Optional.of(
                new SqlStore(db, feed, facts, TestKeys.mac(), new Random(1), TokenStore.Room.DEFAULT, Moments.NONE));
        Installation installed = nouns.installation();
        done(store().install(installed, act));
        user = done(store().users().add(nouns.user(installed.root().id(), "alice"), act));
        Membership membership = done(store().users().add(nouns.membership(user.id(), user.organization()), act));
        password = done(store().users().setPassword(nouns.password(user), act));
        session = session(membership.id());
        written.clear();
        read.clear();
    }

    @AfterEach
    void close() {
        opened.ifPresent(SqlStore::close);
    }

    private static <T> T done(Stored<T> stored) {
        assertThat(stored).isInstanceOf(Stored.Done.class);
        return ((Stored.Done<T>) stored).value();
    }

    private Claims token() {
        return new Claims(
                nouns.id(Kind.TOKEN),
                nouns.id(Kind.API),
                user.id().text(),
                user.id().text(),
                session.lineage(),
                Scopes.of("read"),
                Nouns.NOW,
                Nouns.NOW.plus(TokenPolicy.DEFAULT.life()));
    }

    @Test
    void whatCallersDoIsOfTheDataPlane() {
        done(store().sessions().open(session, Digest.of(1, new byte[32]), Rule.MANY, act));
        done(store().sessions().seen(session, Nouns.NOW.plus(session.step())));
        done(store().sessions().end(session.id(), act));
        done(store().users().restretch(password, password, act));
        done(store().tokens().revoke(token(), act));
        done(store().tokens().supersede(password.id(), act));
        assertThat(written).hasSize(6).containsOnly(Lane.DATA);
    }

    @Test
    void callsThroughConnectionsHaveALaneOfTheirOwn() {
        ConnectionStore connections = store().connections();
        Connection connection = done(connections.add(nouns.connection(user.organization(), "crm"), Nouns.SEALED, act));
        written.clear();
        read.clear();
        assertThat(connections.sealed(connection.id())).isPresent();
        assertThat(connections.sealed(user.organization(), "crm")).isPresent();
        assertThat(read).hasSize(2).containsOnly(Lane.CALLS);
        Instant soon = Nouns.NOW.plusSeconds(45);
        Lease first = done(connections.lease(connection.id(), 1, soon, act));
        done(connections.renew(first, soon, act));
        done(connections.commit(first, Nouns.SEALED, Optional.empty(), Nouns.NOW, act));
        Lease second = done(connections.lease(connection.id(), 2, soon, act));
        done(connections.release(second, true, Nouns.NOW, "slow", act));
        Lease third = done(connections.lease(connection.id(), 2, soon, act));
        done(connections.refused(third, "invalid_grant", act));
        assertThat(written).hasSize(7).containsOnly(Lane.CALLS);
    }

    /// Sweepers look each half minute, on every node; writing would take the one lock of a file database.
    @Test
    void whoeverFindsNothingThatIsOverWritesNothing() {
        assertThat(store().connectSessions().sweep(Nouns.NOW)).isZero();
        assertThat(store().connectionEvents().take(10, Nouns.NOW)).isEmpty();
        assertThat(written).isEmpty();
        assertThat(read).hasSize(2).containsOnly(Lane.ADMIN);
    }

    @Test
    void whatOperatorsDoInAnEmergencyIsManagement() {
        done(store().sessions().endAll(user.id(), act));
        done(store().members().cut(user.id(), act));
        done(store().members().revoke(user.id(), act));
        assertThat(written).hasSize(3).containsOnly(Lane.ADMIN);
    }
}
