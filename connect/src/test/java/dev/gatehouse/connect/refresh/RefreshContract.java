package dev.gatehouse.connect.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Connection.Health;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Credentials are renewed once, whoever asks (GAUNTLET J09).
abstract class RefreshContract extends RefreshFixture {
    @Test
    void fiftyCallersOnTwoEnginesCauseOneRefreshEachTimeTheTokenEnds() {
        Connection connection = connection();
        for (int round = 1; round <= ROUNDS; round++) {
            String expected = "access-" + round;
            assertThat(storm(connection, 0))
                    .allSatisfy(usable -> assertThat(token(usable)).isEqualTo(expected));
            assertThat(platform.requests()).hasSize(round);
            clock.advance(Duration.ofMinutes(10));
        }
        assertThat(now(connection).credential()).isEqualTo(1 + ROUNDS);
        assertThat(audited("connection.refresh")).hasSize(ROUNDS);
    }

    @Test
    void fiftyCallersWhoseTokenWasRefusedCauseOneRefresh() {
        Connection connection = connection();
        token(engines.getFirst().use(connection.id(), 0));
        clock.advance(Duration.ofSeconds(60));
        assertThat(storm(connection, 2))
                .allSatisfy(usable -> assertThat(token(usable)).isEqualTo("access-2"));
        assertThat(platform.requests()).hasSize(2);
    }

    /// A platform that refuses what it has just given is not asked for more.
    @Test
    void tokenThatIsRefusedAtOnceIsNotRenewed() {
        Connection connection = connection();
        token(engines.getFirst().use(connection.id(), 0));
        assertThat(storm(connection, 2)).allSatisfy(usable -> assertThat(usable).isInstanceOf(Usable.Rejected.class));
        assertThat(platform.requests()).hasSize(1);
        clock.advance(Duration.ofSeconds(60));
        assertThat(token(engines.getLast().use(connection.id(), 2))).isEqualTo("access-2");
    }

    @Test
    void tokensThatLiveHalfAMinuteAreRenewedOnceInAQuarter() {
        platform.tokensLive(30);
        Connection connection = connection();
        for (int round = 1; round <= ROUNDS; round++) {
            String expected = "access-" + round;
            assertThat(storm(connection, 0))
                    .allSatisfy(usable -> assertThat(token(usable)).isEqualTo(expected));
            assertThat(storm(connection, 0))
                    .allSatisfy(usable -> assertThat(token(usable)).isEqualTo(expected));
            assertThat(platform.requests()).hasSize(round);
            clock.advance(Duration.ofSeconds(31));
        }
    }

    @Test
    void requestSaysWhatTheRfcSays() {
        token(engines.getFirst().use(connection().id(), 0));
        assertThat(platform.requests())
                .containsExactly("grant_type=refresh_token&refresh_token=refresh-0&client_id=gatehouse"
                        + "&client_secret=client-s3cret");
    }

    @Test
    void tokenOfAClientIsObtainedWithItsOwnCredentials() {
        Connection connection =
                connection(ConnectionKind.CLIENT_CREDENTIALS, Map.of("client_id", "me", "client_secret", "mine"));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(token(usable)).isEqualTo("access-1"));
        assertThat(platform.requests())
                .containsExactly("grant_type=client_credentials&client_id=me&client_secret=mine");
    }

    @Test
    void tokenOfAKeyIsObtainedWithAnAssertionThatItSigned() {
        TestAuthority.Issued key = new TestAuthority("keys").issueRsa();
        platform.trust(key.keys().getPublic());
        Connection connection =
                connection(ConnectionKind.JWT_BEARER, Map.of("client_id", "me", "private_key", key.keyPem()));
        for (int round = 1; round <= 2; round++) {
            String expected = "access-" + round;
            assertThat(storm(connection, 0))
                    .allSatisfy(usable -> assertThat(token(usable)).isEqualTo(expected));
            clock.advance(Duration.ofMinutes(10));
        }
        assertThat(platform.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request)
                        .startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=")
                        .doesNotContain("client"));
        assertThat(platform.assertions()).hasSize(2).first().asString().contains("\"iss\":\"me\"", "\"of me\"");
    }

    /// Not at once: platforms say the same of times that they do not like.
    @Test
    void keyThatThePlatformDoesNotKnowNeedsSomebody() {
        TestAuthority.Issued key = new TestAuthority("keys").issueRsa();
        Connection connection =
                connection(ConnectionKind.JWT_BEARER, Map.of("client_id", "me", "private_key", key.keyPem()));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(usable).isInstanceOf(Usable.Unavailable.class));
        assertThat(platform.requests()).hasSize(1);
        assertThat(now(connection).health()).isEqualTo(Health.LIVE);
        clock.advance(Duration.ofSeconds(121));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(usable).isInstanceOf(Usable.NeedsReauth.class));
        assertThat(platform.requests()).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS", "IS_BUSY", "TALKS_NONSENSE", "REDIRECTS"})
    void platformThatFailsIsAskedOnceAndLeftAlone(Mood mood) {
        platform.mood(mood);
        Connection connection = connection();
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(usable).isInstanceOf(Usable.Unavailable.class));
        assertThat(platform.requests()).hasSize(1);
        assertThat(audited("connection.failing")).hasSize(1);
        assertThat(now(connection).health()).isEqualTo(Health.LIVE);
        platform.mood(Mood.GIVES);
        clock.advance(Duration.ofSeconds(121));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(token(usable)).isEqualTo("access-1"));
        assertThat(platform.requests()).hasSize(2);
    }

    @Test
    void platformThatSaysInvalidGrantIsAskedOnceAndReconnectingKeepsTheId() {
        platform.mood(Mood.SAYS_INVALID_GRANT);
        Connection connection = connection();
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(usable).isInstanceOf(Usable.NeedsReauth.class));
        assertThat(platform.requests()).hasSize(1);
        assertThat(audited("connection.needs_reauth")).hasSize(1);
        Connection broken = now(connection);
        assertThat(broken.health()).isEqualTo(Health.NEEDS_REAUTH);
        platform.mood(Mood.GIVES);
        Connection again = reconnect(broken);
        assertThat(again.id()).isEqualTo(connection.id());
        assertThat(token(engines.getLast().use(connection.id(), 0))).isEqualTo("access-1");
    }

    private Connection reconnect(Connection before) {
        Parts parts = Parts.of(Map.of("access_token", "access-x", "refresh_token", "refresh-0"));
        return done(stores.getFirst()
                .connections()
                .reconnect(
                        before,
                        vault().seal(before, before.credential() + 1, parts.bytes()),
                        Optional.of(Nouns.NOW),
                        act));
    }

    /// Somebody reconnects while the platform refuses the credential before: the refusal is about that one.
    @Test
    void refusalOfACredentialThatWasReplacedMeanwhileIsNobodysBusiness() {
        Connection connection = connection();
        platform.mood(Mood.SAYS_INVALID_GRANT);
        platform.before(() -> {
            platform.before(() -> {});
            reconnect(connection);
        });
        milestones = _ -> platform.mood(Mood.GIVES);
        assertThat(token(engines.getFirst().use(connection.id(), 0))).isEqualTo("access-1");
        assertThat(now(connection).health()).isEqualTo(Health.LIVE);
        assertThat(audited("connection.needs_reauth")).isEmpty();
    }

    @Test
    void tokenThatStillCountsIsUsedWhileThePlatformFails() {
        Connection connection = connection();
        token(engines.getFirst().use(connection.id(), 0));
        platform.mood(Mood.FAILS);
        clock.advance(Duration.ofSeconds(570));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(token(usable)).isEqualTo("access-1"));
        assertThat(platform.requests()).as("one attempt before its end").hasSize(2);
    }

    @Test
    void heldAndRevokedConnectionsAreNotUsedAndNobodyIsAsked() {
        Connection connection = connection();
        done(stores.getFirst().members().hold(connection.id(), Hold.OWNER, act));
        assertThat(engines.getLast().use(connection.id(), 0)).isInstanceOf(Usable.Standing.class);
        done(stores.getFirst().members().lift(connection.id(), Hold.OWNER, act));
        token(engines.getLast().use(connection.id(), 0));
        done(stores.getFirst().members().revoke(connection.id(), act));
        assertThat(engines.getFirst().use(connection.id(), 0)).isInstanceOf(Usable.Standing.class);
        assertThat(engines.getFirst().use(nouns.id(Kind.CONNECTION), 0)).isInstanceOf(Usable.Missing.class);
        assertThat(platform.requests()).hasSize(1);
    }

    @Test
    void kindsThatNobodyRenewsAreUsedAsTheyAre() {
        Connection external = connection(ConnectionKind.OAUTH_EXTERNAL, Map.of("access_token", "theirs"));
        assertThat(token(engines.getFirst().use(external.id(), 0))).isEqualTo("theirs");
        assertThat(engines.getFirst().use(external.id(), 1)).isInstanceOf(Usable.CallerRenews.class);
        assertThat(platform.requests()).isEmpty();
    }

    @Test
    void credentialIsUnreadableAtRestAndNowhereElseThanInItsPlace() {
        Connection connection = connection();
        var stored = stores.getFirst().connections().sealed(connection.id()).orElseThrow();
        assertThat(new String(stored.sealed().bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("refresh-0");
        assertThat(vault().open(connection, stored.sealed())).isPresent();
        Connection renewed = connection.written(Health.LIVE, 2, Optional.empty());
        assertThat(vault().open(renewed, stored.sealed())).as("put back").isEmpty();
        Connection other = new Connection(
                nouns.id(Kind.CONNECTION),
                connection.organization(),
                connection.platform(),
                connection.kind(),
                connection.name(),
                connection.description(),
                connection.standing(),
                connection.createdAt());
        assertThat(vault().open(other, stored.sealed())).as("another row's").isEmpty();
    }
}
