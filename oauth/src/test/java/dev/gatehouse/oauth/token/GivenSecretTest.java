package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Proof;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.World;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets that were given rather than drawn name nothing, so all of their client's are tried.
class GivenSecretTest {
    @TempDir
    Path folder;

    @Test
    void allThatWillBeTriedAreReadTogether() {
        World world = new World(folder);
        List<Id> all = List.of(world.id(Kind.CREDENTIAL), world.id(Kind.CREDENTIAL), world.id(Kind.CREDENTIAL));
        world.facts.secrets.put("theirs", all);
        Prover prover = new Prover(
                world.facts,
                world.custody.checkKeys(),
                world.custody.pepper(),
                world.formats,
                new Misses(() -> 0, world.random));
        Presented client = new Presented.Client("theirs", Secret.of("not one of ours"));
        assertThat(prover.prove(client, world.es256)).isInstanceOf(Proof.Refused.class);
        assertThat(world.facts.gathered)
                .as("nothing is read where nobody may wait")
                .isEmpty();
        assertThat(prover.proveLoading(client, world.es256, new Ask.Authenticate(InetAddress.getLoopbackAddress())))
                .isInstanceOf(Proof.Refused.class);
        assertThat(world.facts.gathered).isEqualTo(all);
    }
}
