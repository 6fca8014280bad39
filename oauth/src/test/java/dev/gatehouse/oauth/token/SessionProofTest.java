package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Proof;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.oauth.World;
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
    private static final Pepper.Entry OLD = pepper(1);
    private static final Pepper.Entry NEW = pepper(2);

    @TempDir
    Path folder;

    private World world;
    private Prover prover;

    private static Pepper.Entry pepper(int id) {
        byte[] raw = new byte[32];
        Arrays.fill(raw, (byte) id);
        return Pepper.Entry.of(id, raw);
    }

    @BeforeEach
    void start() {
        world = new World(folder);
        prover = new Prover(world.facts, world.custody.checkKeys(), Pepper.of(List.of(NEW, OLD)), world.formats);
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
        assertThat(prover.proveLoading(new Presented.Session(TEXT), world.es256)).isInstanceOf(Proof.Refused.class);
        open(OLD);
        assertThat(prover.proveLoading(new Presented.Session(TEXT), world.es256)).isInstanceOf(Proof.Proven.class);
    }
}
