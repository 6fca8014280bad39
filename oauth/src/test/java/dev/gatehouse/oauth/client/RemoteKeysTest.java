package dev.gatehouse.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import dev.gatehouse.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that clients keep themselves: how often they are looked for, and what becomes of it when that fails.
class RemoteKeysTest {
    private static final PublicKeys AWAY = new PublicKeys("https://app.example.com/jwks");
    private static final CryptoProviders CRYPTO = CryptoProviders.choose();

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile Optional<String> there = Optional.empty();
    private final ECKey one = draw("one");
    private final ECKey two = draw("two");
    private final KnownKeys keys = new KnownKeys(CRYPTO, this::fetched, clock);

    private Optional<String> fetched(String uri) {
        assertThat(uri).isEqualTo(AWAY.jwks());
        fetches.incrementAndGet();
        return there;
    }

    private static ECKey draw(String name) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(name).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<String> set(ECKey... all) {
        return Optional.of(new JWKSet(List.of(all)).toPublicJWKSet().toString());
    }

    private static UnverifiedJws signed(ECKey by, String name) {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(name).build(),
                new JWTClaimsSet.Builder().issuer("app").build());
        try {
            jwt.sign(new ECDSASigner(by));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return UnverifiedJws.parseForeign(jwt.serialize(), Set.of("jwt"), 4096).orElseThrow();
    }

    private boolean counts(ECKey by) {
        return keys.signed(signed(by, by.getKeyID()), AWAY);
    }

    private void unavailable(ECKey by) {
        assertThatThrownBy(() -> counts(by)).isInstanceOf(FactsUnavailable.class);
    }

    @Test
    void theyAreKeptForAWhile() {
        there = set(one);
        for (int ask = 0; ask < 5; ask++) {
            assertThat(counts(one)).isTrue();
        }
        clock.advance(RemoteKeys.FRESH.minusSeconds(1));
        assertThat(counts(one)).isTrue();
        assertThat(fetches).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(counts(one)).isTrue();
        assertThat(fetches).hasValue(2);
    }

    /// Another key in the place of one: found when it is used, the old one gone with it.
    @Test
    void aNewKeyIsLookedForAndNoMoreOftenThanThat() {
        there = set(one);
        assertThat(counts(one)).isTrue();
        there = set(two);
        assertThat(counts(two)).as("looked a moment ago").isFalse();
        clock.advance(RemoteKeys.PAUSE);
        assertThat(counts(two)).isTrue();
        assertThat(counts(one)).isFalse();
        assertThat(fetches).hasValue(2);
        for (int guess = 0; guess < 100; guess++) {
            assertThat(keys.signed(signed(one, "guess" + guess), AWAY)).isFalse();
        }
        assertThat(fetches).hasValue(2);
    }

    /// Whoever sends names that nobody has, as often as it likes and while the client's server fails: those whose
    /// keys are known are served.
    @Test
    void namesOfStrangersKeepNobodyFromBeingServed() {
        there = set(one);
        assertThat(counts(one)).isTrue();
        there = Optional.empty();
        for (Duration passed = Duration.ZERO;
                passed.compareTo(RemoteKeys.STALE.minus(RemoteKeys.PAUSE)) < 0;
                passed = passed.plus(RemoteKeys.PAUSE)) {
            assertThat(keys.signed(signed(two, "guess"), AWAY)).isFalse();
            assertThat(keys.signed(signed(two, "another guess"), AWAY)).isFalse();
            assertThat(counts(one)).as("after " + passed).isTrue();
            clock.advance(RemoteKeys.PAUSE);
        }
        there = set(one, two);
        assertThat(counts(two)).isTrue();
        assertThat(counts(one)).isTrue();
    }

    /// A wrong signature under a name that is known is wrong, and nobody goes anywhere for it.
    @Test
    void aForgeryIsNoReasonToLook() {
        there = set(one);
        assertThat(counts(one)).isTrue();
        clock.advance(RemoteKeys.PAUSE);
        assertThat(keys.signed(signed(two, "one"), AWAY)).isFalse();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void whatCannotBeFetchedIsAnOutageAndNotLookedForAgainAtOnce() {
        for (int ask = 0; ask < 5; ask++) {
            unavailable(one);
        }
        assertThat(fetches).hasValue(1);
        there = set(one);
        clock.advance(RemoteKeys.PAUSE.minusSeconds(1));
        unavailable(one);
        clock.advance(Duration.ofSeconds(1));
        assertThat(counts(one)).isTrue();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void theOldOnesCountForAnHourWhileLookingFails() {
        there = set(one);
        assertThat(counts(one)).isTrue();
        there = Optional.empty();
        clock.advance(RemoteKeys.STALE.minusSeconds(1));
        assertThat(counts(one)).isTrue();
        assertThat(fetches).hasValue(2);
        clock.advance(Duration.ofSeconds(1));
        unavailable(one);
        clock.advance(RemoteKeys.PAUSE);
        there = set(one);
        assertThat(counts(one)).isTrue();
    }

    /// Of any number at once one looks, and the others have what it found.
    @Test
    void oneLooksForAll() throws InterruptedException, ExecutionException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        KnownKeys slow = new KnownKeys(
                CRYPTO,
                _ -> {
                    fetches.incrementAndGet();
                    begun.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return set(one);
                },
                clock);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = IntStream.range(0, 10)
                    .mapToObj(_ -> threads.submit(() -> slow.signed(signed(one, "one"), AWAY)))
                    .toList();
            begun.await();
            go.countDown();
            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(fetches).hasValue(1);
    }

    /// GAUNTLET E04, E05, E09: what is no set of public keys, each with a name of its own.
    @Test
    void aSetThatCannotBeOneIsNone() {
        String good = set(one).orElseThrow();
        String twice = good.replace(
                "{\"keys\":[", "{\"keys\":[" + two.toPublicJWK().toString().replace("two", "one") + ",");
        String secret = new JWKSet(List.of(one)).toString(false);
        for (String text :
                List.of("", "[]", "{}", "{\"keys\":[]}", "<html></html>", twice, secret, good + " ".repeat(20_000))) {
            there = Optional.of(text);
            unavailable(one);
            clock.advance(RemoteKeys.PAUSE);
        }
        there = Optional.of(good);
        assertThat(counts(one)).isTrue();
    }

    /// RFC 7517 section 5: keys for other purposes are passed over.
    @Test
    void keysForOtherPurposesArePassedOver() throws JOSEException {
        ECKey other = new ECKeyGenerator(Curve.P_256)
                .keyID("enc")
                .keyUse(KeyUse.ENCRYPTION)
                .generate();
        there = set(other, one);
        assertThat(counts(one)).isTrue();
        assertThat(counts(other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256"})
    void noOtherAlgorithmCounts(String algorithm) {
        there = set(one);
        String text = new String(
                java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encode(("{\"alg\":\"" + algorithm + "\",\"kid\":\"one\"}")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                java.nio.charset.StandardCharsets.US_ASCII);
        UnverifiedJws jws = UnverifiedJws.parseForeign(text + ".e30.AAAA", Set.of("jwt"), 4096)
                .orElseThrow();
        assertThat(keys.signed(jws, AWAY)).isFalse();
    }
}
