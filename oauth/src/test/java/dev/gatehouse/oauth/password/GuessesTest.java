package dev.gatehouse.oauth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// GAUNTLET L02: how often a password may be tried, and who is not locked out.
class GuessesTest {
    private static final Guesses.Rates RATES = new Guesses.Rates(
            new Guesses.Rate(3, Duration.ofSeconds(10)),
            new Guesses.Rate(6, Duration.ofSeconds(10)),
            new Guesses.Rate(8, Duration.ofSeconds(10)));

    private final AtomicLong nanos = new AtomicLong();
    private final Guesses guesses = new Guesses(RATES, nanos::get);

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private boolean wrong(String username, String from) {
        return guesses.admit(username, address(from)) instanceof Guesses.Answer.Go;
    }

    private boolean right(String username, String from) {
        if (guesses.admit(username, address(from)) instanceof Guesses.Answer.Go(Guesses.Try one)) {
            one.right();
            return true;
        }
        return false;
    }

    private int admitted(String username, String network, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += wrong(username, network + i) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void oneUserFromOneAddressHasAFewTriesAndThenOneInAWhile() {
        for (int i = 0; i < 3; i++) {
            assertThat(wrong("alice", "192.0.2.1")).isTrue();
        }
        assertThat(guesses.admit("alice", address("192.0.2.1")))
                .isInstanceOfSatisfying(
                        Guesses.Answer.Wait.class,
                        wait -> assertThat(wait.time()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11)));
        assertThat(wrong("alice", "192.0.2.2")).as("from elsewhere").isTrue();
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(wrong("alice", "192.0.2.1")).isTrue();
        assertThat(wrong("alice", "192.0.2.1")).isFalse();
    }

    @Test
    void oneAddressDoesNotGoThroughAListOfNames() {
        int admitted = 0;
        for (int i = 0; i < 50; i++) {
            admitted += wrong("user" + i, "192.0.2.1") ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(6);
    }

    @Test
    void anIpv6HostHasOneNetworkOfAddresses() {
        assertThat(admitted("alice", "2001:db8::", 9)).isEqualTo(3);
        assertThat(wrong("alice", "2001:db8:0:1::1")).isTrue();
    }

    @Test
    void manyAddressesTogetherDoNotGuessAtOneName() {
        assertThat(admitted("alice", "192.0.2.", 200)).isEqualTo(8);
        assertThat(wrong("bob", "192.0.2.250")).isTrue();
    }

    @Test
    void strangersDoNotLockAUserOutWhereItIsAtHome() {
        assertThat(right("alice", "198.51.100.7")).isTrue();
        assertThat(admitted("alice", "192.0.2.", 200)).isEqualTo(8);
        assertThat(right("alice", "198.51.100.7")).isTrue();
        assertThat(wrong("alice", "198.51.100.8")).as("where it never was").isFalse();
    }

    @Test
    void whatWasRightDoesNotCount() {
        for (int i = 0; i < 100; i++) {
            assertThat(right("alice", "192.0.2.1")).isTrue();
        }
        assertThat(wrong("alice", "192.0.2.1")).isTrue();
    }

    @Test
    void whatWasRefusedCostsNobodyElse() {
        assertThat(admitted("alice", "192.0.2.", 200)).isEqualTo(8);
        for (int i = 0; i < 100; i++) {
            assertThat(wrong("alice", "192.0.2.99")).isFalse();
        }
        assertThat(wrong("bob", "192.0.2.99"))
                .as("the address has its tries still")
                .isTrue();
    }

    private boolean brought(String person, Id client) {
        return guesses.admit(person, client) instanceof Guesses.Answer.Go;
    }

    /// One server has one address for all people of a client.
    @Test
    void whatAClientBringsCountsForEachPersonApart() {
        Id till = new Id(Kind.APPLICATION, 1);
        Id other = new Id(Kind.APPLICATION, 2);
        for (int person = 0; person < 50; person++) {
            for (int i = 0; i < 3; i++) {
                assertThat(brought("p" + person, till)).isTrue();
            }
            assertThat(brought("p" + person, till)).isFalse();
        }
        assertThat(brought("p1", other)).isTrue();
        assertThat(brought("alice", till)).isTrue();
        int admitted = 0;
        for (int client = 3; client < 20; client++) {
            admitted += brought("p2", new Id(Kind.APPLICATION, client)) ? 1 : 0;
        }
        assertThat(admitted).as("one person from everywhere").isEqualTo(8 - 3);
    }
}
