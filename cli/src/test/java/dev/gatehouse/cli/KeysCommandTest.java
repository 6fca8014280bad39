package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import dev.gatehouse.cli.apply.EmptyServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The keys under which tokens are made, by command only.
class KeysCommandTest extends FilesAndServer {
    @Test
    void keysAreListedPreparedRotatedAndRetiredWithAReceipt() {
        String first = seal();
        assertThat(done("keys", "prepare", "gatehouse")).contains("prepared", "assert");
        assertThat(done("keys", "rotate", "gatehouse")).contains("active").doesNotContain(first);
        assertThat(done("keys", "list", "gatehouse")).contains(first, "retired");
        String second = seal();
        assertThat(done("keys", "retire", "gatehouse", second).lines().map(line -> line.replaceAll(" +", " ")))
                .contains("id " + second, "use seal", "state withdrawn")
                .anyMatch(line -> line.matches("receipt 1 of 1 nodes after [0-9]+ ms; local"));
        assertThat(done("keys", "list", "gatehouse")).contains(first).doesNotContain(second);
        assertThat(run("keys", "retire", "gatehouse", "key_0000000000000").exit())
                .isEqualTo(Exit.REFUSED);
    }

    @Test
    void keysAreRewrappedWhileTheNodeIsStopped() throws IOException {
        String config = temporary.resolve("server/gatehouse.yaml").toString();
        String key = seal();
        server.close();
        assertThat(rewrap("--config", config, "--prepare")).contains("not used yet");
        Ran early = CommandLineTest.run(Map.of(), "", "keys", "rewrap", "--config", config, "--drop-old");
        assertThat(early.exit()).isEqualTo(Exit.NO_START);
        assertThat(early.err()).contains("still needed");
        assertThat(rewrap("--config", config)).startsWith("3 rows are encrypted anew");
        assertThat(rewrap("--config", config, "--drop-old")).contains("Only the current key is left");
        EmptyServer before = server;
        server = EmptyServer.start(temporary.resolve("server"), before.key());
        assertThat(seal()).isEqualTo(key);
    }

    private static String rewrap(String... arguments) {
        String line = "keys rewrap " + String.join(" ", arguments);
        Ran ran = CommandLineTest.run(Map.of(), "", line.split(" ", -1));
        assertThat(ran.exit()).as(ran.err()).isZero();
        return ran.out();
    }

    private String seal() {
        return done("keys", "list", "gatehouse")
                .lines()
                .filter(line -> line.contains(" seal ") && line.contains(" active "))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
    }

    private String done(String... arguments) {
        Ran ran = run(arguments);
        assertThat(ran.exit()).as(ran.err()).isZero();
        return ran.out();
    }
}
