package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said at the URL of a client later on, and for how long the last word holds.
class ClientDocumentChangeTest {
    @TempDir
    Path folder;

    private ClientDocumentWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new ClientDocumentWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whatTheDocumentSaysNowHoldsAfterAWhile() {
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        world.redirect = "https://other.example.com/cb";
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        world.clock.advance(Duration.ofMinutes(11));
        world.unknown(world.url());
        world.redirect = CodeFlow.REDIRECT;
        world.clock.advance(Duration.ofMinutes(11));
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        world.status = 500;
        world.clock.advance(Duration.ofMinutes(11));
        assertThat(world.begin(world.url()).status()).as("what was read last").isLessThan(400);
    }

    /// A document that is gone, or is none any more, begins nothing until it is good again.
    @Test
    void whatWasWithdrawnDoesNotCount() {
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        world.status = 404;
        world.clock.advance(Duration.ofMinutes(11));
        world.unknown(world.url());
        int before = world.asked.get();
        world.status = 200;
        world.unknown(world.url());
        assertThat(world.asked.get()).as("not again at once").isEqualTo(before);
        world.clock.advance(Duration.ofSeconds(31));
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        world.there = world.document("https://fake.test/other.json", "");
        world.clock.advance(Duration.ofMinutes(11));
        world.unknown(world.url());
        world.status = 500;
        world.clock.advance(Duration.ofSeconds(31));
        world.unknown(world.url());
        world.status = 200;
        world.there = "";
        world.clock.advance(Duration.ofSeconds(31));
        assertThat(world.begin(world.url()).status()).isLessThan(400);
    }

    @Test
    void whatNobodyCanTellHoldsForADay() {
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        world.status = 500;
        world.clock.advance(Duration.ofHours(23));
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        world.clock.advance(Duration.ofHours(2));
        world.unknown(world.url());
        world.status = 200;
        world.clock.advance(Duration.ofSeconds(31));
        assertThat(world.begin(world.url()).status()).isLessThan(400);
    }
}
