package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.SessionStore.Rule;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A row of an application that cannot be read keeps nobody from ending a login.
class UnreadableTermsTest {
    private final Nouns nouns = new Nouns(9);

    @TempDir
    Path folder;

    private static <T> T done(Stored<T> stored) {
        assertThat(stored).isInstanceOf(Stored.Done.class);
        return ((Stored.Done<T>) stored).value();
    }

    private Session open(Store store, User user, Instant at) {
        Act act = new Act(nouns.act().actor(), "r", at);
        Membership membership = done(store.users().add(nouns.membership(user.id(), user.organization()), act));
        Credential password = done(store.users().setPassword(nouns.password(user), act));
        Session session = new Session(
                nouns.id(Kind.SESSION),
                user.id(),
                new Lineage(user.organization(), membership.id(), password.id(), new Generations(0, 0, 0, 0)),
                at,
                at.plus(Duration.ofDays(1)),
                Duration.ofHours(1),
                at,
                Optional.empty(),
                Restriction.unrestricted(),
                false,
                false);
        byte[] digest = new byte[32];
        digest[0] = (byte) user.username().length();
        return done(store.sessions().open(session, Digest.of(1, digest), Rule.MANY, act));
    }

    private Grant grant(Session login, Application application, Api api, Instant at) {
        Id id = nouns.id(Kind.GRANT);
        Lineage lineage = new Lineage(
                login.lineage().organization(),
                login.lineage().member(),
                login.lineage().credential(),
                Optional.empty(),
                Optional.of(new Lineage.Granted(id, application.id())),
                List.of(),
                new Generations(0, 0, 0, 0));
        return new Grant(
                new Claims(
                        id,
                        api.id(),
                        login.user().text(),
                        application.clientId(),
                        lineage,
                        Scopes.of("openid"),
                        at,
                        at.plus(Duration.ofDays(90))),
                login.user(),
                login.id(),
                at,
                List.of("pwd"),
                new Grant.Binding(Optional.empty(), Optional.empty()),
                Optional.empty());
    }

    private void granted(Store store, Grant grant, int number) {
        byte[] digest = new byte[32];
        digest[0] = (byte) number;
        Instant at = grant.claims().issuedAt();
        Act act = new Act(nouns.act().actor(), "r", at);
        done(store.grants().open(grant, Digest.of(1, digest), at.plusSeconds(60), true, act));
    }

    @Test
    void whoIsStoppedIsStoppedAndTheApplicationIsToldLater() throws SQLException {
        try (Store store = TestKeys.storage().sqlite(folder);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gatehouse.db"));
                Statement statement = other.createStatement()) {
            var installed = nouns.installation();
            done(store.install(installed, nouns.act()));
            Application application =
                    done(store.members().add(nouns.application(installed.root().id(), "app"), nouns.act()));
            User alice = done(store.users().add(nouns.user(installed.root().id(), "alice"), nouns.act()));
            granted(store, grant(open(store, alice, Nouns.NOW), application, installed.admin(), Nouns.NOW), 1);
            statement.executeUpdate("UPDATE application SET client = 'no terms', back_channel = 'no uri'"
                    + " WHERE client_id = '" + application.clientId() + "'");
            done(store.members().cut(alice.id(), nouns.act()));
            assertThat(store.logouts().notices().take(10, Nouns.NOW)).hasSize(1);
        }
    }
}
