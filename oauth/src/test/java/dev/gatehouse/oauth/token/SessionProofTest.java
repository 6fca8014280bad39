package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Proof;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.oauth.World;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The string of a session is looked for under every pepper of the list.
class SessionProofTest {
    private static final Secret TEXT = Secret.of("ghl_0123456789abcdef");
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Pepper.Entry OLD = pepper(1);
    private static final Pepper.Entry NEW = pepper(2);

    @TempDir
    Path folder;

    private World world;
    private long nanos;
    private Prover prover;

    private static Pepper.Entry pepper(int id) {
        byte[] raw = new byte[32];
        Arrays.fill(raw, (byte) id);
        return Pepper.Entry.of(id, raw);
    }

    @BeforeEach
    void start() {
        world = new World(folder);
        prover = new Prover(
                world.facts,
                world.custody.checkKeys(),
                Pepper.of(List.of(NEW, OLD)),
                world.formats,
                new Misses(() -> nanos, world.random));
    }

    private void open(Pepper.Entry under) {
        Verdict.Allowed user = world.allowedUser(world.es256, "alice");
        Session session = new Session(
                world.id(Kind.SESSION),
                user.members().holder().who(),
                user.lineage(),
                world.now,
                world.now.plusSeconds(60),
                Duration.ofSeconds(60),
                world.now,
                Optional.empty(),
                Restriction.unrestricted(),
                false,
                false);
        world.facts.sessions.put(Pepper.of(List.of(under)).digest(TEXT), session);
        world.put(user.members());
    }

    private Proof load(Secret text, InetAddress from) {
        return prover.proveLoading(new Presented.Session(text), world.es256, new Ask.Authenticate(from));
    }

    private Proof prove() {
        return prover.prove(new Presented.Session(TEXT), world.es256);
    }

    @Test
    void oneInMemoryIsProvenThereWhicheverPepperItIsUnder() {
        open(OLD);
        assertThat(prove()).isInstanceOf(Proof.Proven.class);
        world.facts.sessions.clear();
        open(NEW);
        assertThat(prove()).isInstanceOf(Proof.Proven.class);
    }

    @Test
    void oneThatMemoryDoesNotTellOfIsLoaded() {
        assertThat(prove()).isInstanceOf(Proof.Cold.class);
        assertThat(load(TEXT, HERE)).isInstanceOf(Proof.Refused.class);
        open(OLD);
        assertThat(load(TEXT, HERE)).isInstanceOf(Proof.Proven.class);
    }

    /// PROTOCOLS 4: strings that anybody can make up have a budget for each address.
    @Test
    void whoMakesUpTooManyIsNotLookedUp() {
        open(OLD);
        for (int i = 0; i < Misses.BURST; i++) {
            assertThat(refused(load(Secret.of("made up " + i), HERE))).isInstanceOf(Refusal.BadCredential.class);
        }
        int loaded = world.facts.loads;
        assertThat(refused(load(Secret.of("one more"), HERE))).isEqualTo(new Refusal.TooMany(Misses.REFILL));
        assertThat(world.facts.loads).isEqualTo(loaded);
        assertThat(load(TEXT, HERE)).as("what is in memory").isInstanceOf(Proof.Proven.class);
        nanos = Misses.REFILL.toNanos();
        assertThat(refused(load(Secret.of("one more"), HERE))).isInstanceOf(Refusal.BadCredential.class);
        assertThat(refused(load(Secret.of("another"), HERE))).isInstanceOf(Refusal.TooMany.class);
    }

    @Test
    void whatIsFoundIsNotCounted() {
        open(OLD);
        for (int i = 0; i < 2 * Misses.BURST; i++) {
            assertThat(load(TEXT, HERE)).isInstanceOf(Proof.Proven.class);
        }
    }

    @Test
    void everyNetworkHasItsOwnBudget() throws UnknownHostException {
        for (int i = 0; i <= Misses.BURST; i++) {
            load(Secret.of("made up " + i), InetAddress.getByName("2001:db8::" + Integer.toHexString(i)));
        }
        InetAddress beside = InetAddress.getByName("2001:db8::ffff");
        assertThat(refused(load(Secret.of("one more"), beside))).isInstanceOf(Refusal.TooMany.class);
        int free = 0;
        for (int i = 1; i <= 100; i++) {
            InetAddress other = InetAddress.getByName("2001:db8:0:" + Integer.toHexString(i) + "::1");
            free += refused(load(Secret.of("one more"), other)) instanceof Refusal.BadCredential ? 1 : 0;
        }
        assertThat(free).as("but for who shares its place by chance").isGreaterThan(95);
    }

    private static Refusal refused(Proof proof) {
        assertThat(proof).isInstanceOf(Proof.Refused.class);
        return ((Proof.Refused) proof).refusal();
    }
}
