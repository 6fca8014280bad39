package dev.gatehouse.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.memory.MemoryStore;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A challenge is used up once on nodes whose clocks differ (GAUNTLET L08).
class ChallengesTest {
    private final MemoryStore store = new MemoryStore(_ -> new byte[32], new Random(3));
    private final TestClock first = new TestClock();
    private final TestClock late = new TestClock();

    private Challenges at(TestClock clock) {
        return new Challenges(new FormTokens(HmacSha256.under(new byte[32]), clock), store.proofs(), new Random(4));
    }

    @Test
    void aUseIsRememberedUntilNoNodeTakesTheChallenge() {
        assertThat(at(first).use("drawn now")).isTrue();
        first.advance(Duration.ofSeconds(630));
        assertThat(at(first).use("another, which sweeps")).isTrue();
        late.advance(Duration.ofSeconds(585));
        assertThat(at(late).use("drawn now"))
                .as("ten minutes are not over by a clock that is 45 seconds behind")
                .isFalse();
    }
}
