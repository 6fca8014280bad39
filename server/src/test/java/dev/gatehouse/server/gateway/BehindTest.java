package dev.gatehouse.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.limit.Buckets;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.token.TokenFormats;
import dev.gatehouse.server.NoPlatforms;
import dev.gatehouse.server.cors.Cors;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Events;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.proxy.CertificateHeader;
import dev.gatehouse.server.proxy.OriginalRequest;
import dev.gatehouse.server.proxy.ProxyDialect;
import dev.gatehouse.server.proxy.TrustedProxies;
import dev.gatehouse.server.signed.SealedKeys;
import dev.gatehouse.server.signed.Signatures;
import dev.gatehouse.testkit.memory.MemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET K09, law 5: a node that cannot know whether its facts are current refuses as such, at the gateway and
/// at `/verify`, whatever was asked.
class BehindTest {
    @Test
    void aNodeWhoseFactsAreNotFreshAnswers503OnBothWays(@TempDir Path folder) {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        MemoryStore store = new MemoryStore(_ -> new byte[32], random);
        FactSource facts = store.facts();
        Custody custody = Custody.open(folder.resolve(Custody.FILE), true, random);
        Keys keys = new Keys(store.keys(), custody, CryptoProviders.jdk(), random, clock);
        Prover prover = new Prover(
                facts,
                CheckKeys.of(List.of(CheckKeys.Entry.of('1', new byte[32]))),
                Pepper.of(List.of(Pepper.Entry.of(1, new byte[32]))),
                new TokenFormats(keys, clock, 10),
                new Misses(() -> 0, random));
        Verifier verifier = new Verifier(prover, facts, clock);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Observations observations = new Observations(registry, new Events(registry));
        Assertions assertions = new NoAssertions();
        Limiter limiter = new Limiter(new Buckets(8, 8, System::nanoTime, random));
        CallDialect.Chosen standard = _ -> new StandardDialect(
                Map.of(),
                new Holders(
                        CryptoProviders.choose(),
                        store.proofs(),
                        Pepper.of(List.of(Pepper.Entry.of(1, new byte[32]))),
                        clock));
        Front gateway = new Gateway(
                facts,
                Map.of(),
                standard,
                new Cors(facts),
                verifier,
                assertions,
                NoPlatforms.calls(store.connections(), custody, clock),
                limiter,
                new RetiredRoutes(store.retiredUses(), clock, Runnable::run),
                new Signatures(new SealedKeys(custody, clock), store.assertions(), clock),
                observations,
                System::nanoTime);
        TrustedProxies loopback =
                new TrustedProxies(List.of(AddressBlock.parse("127.0.0.0/8").orElseThrow()));
        Front verify = new ForwardAuth(
                new OriginalRequest(ProxyDialect.X_FORWARDED, loopback, new CertificateHeader(Optional.empty()), 8192),
                facts,
                standard,
                verifier,
                assertions,
                limiter,
                new RetiredRoutes(store.retiredUses(), clock, Runnable::run),
                new Signatures(new SealedKeys(custody, clock), store.assertions(), clock),
                observations);
        assertThat(status(gateway)).isEqualTo("421");
        assertThat(status(verify)).isEqualTo("403");
        store.behind(true);
        assertThat(status(gateway)).isEqualTo("503 1");
        assertThat(status(verify)).isEqualTo("503 1");
        store.behind(false);
        assertThat(status(gateway)).isEqualTo("421");
        assertThat(status(verify)).isEqualTo("403");
    }

    private record NoAssertions() implements Assertions {
        @Override
        public Optional<String> sign(HttpFacts call, String audience, Verdict.Allowed allowed) {
            return Optional.empty();
        }

        @Override
        public Optional<String> signLoading(HttpFacts call, String audience, Verdict.Allowed allowed) {
            return Optional.empty();
        }
    }

    private static String status(Front front) {
        HttpFacts asked = new HttpFacts(
                "1",
                "verify",
                false,
                "GET",
                "orders.example",
                OriginalRequest.PATH,
                Optional.empty(),
                List.of(
                        new Header("X-Forwarded-Method", "GET"),
                        new Header("X-Forwarded-Uri", "/things"),
                        new Header("X-Forwarded-Host", "orders.example"),
                        new Header("X-Forwarded-Proto", "https"),
                        new Header("X-Forwarded-For", "192.0.2.7")),
                Bytes.NONE,
                InetAddress.getLoopbackAddress(),
                System.nanoTime());
        Reply reply = ((Outcome.Answer) front.head(asked)).reply();
        return (reply.status() + " "
                        + reply.headers().stream()
                                .filter(header -> header.name().equals("Retry-After"))
                                .map(Header::value)
                                .findFirst()
                                .orElse(""))
                .strip();
    }
}
