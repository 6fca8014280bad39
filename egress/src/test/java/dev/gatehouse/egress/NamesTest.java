package dev.gatehouse.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Names are looked up in time (GAUNTLET J07).
class NamesTest {
    private static final InetAddress FOUND = InetAddress.getLoopbackAddress();
    private static final Deadline OVER = new Deadline(() -> 0, 0);

    /// A resolver that never hears of one name.
    private static List<InetAddress> resolve(String name) throws UnknownHostException {
        if (name.equals("hangs.example")) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(name);
            }
        }
        return List.of(FOUND);
    }

    private static Target target(String host) {
        return Target.at(true, host, 443, "/").orElseThrow();
    }

    @Test
    void whatNobodyWaitsForAnyMoreTakesNoPlace() throws Failed {
        try (Names names = new Names(NamesTest::resolve)) {
            for (int i = 0; i < 1000; i++) {
                assertThatThrownBy(() -> names.of(target("hangs.example"), OVER))
                        .isInstanceOf(Failed.class);
            }
            Deadline patient = Deadline.in(Duration.ofMinutes(1), System::nanoTime);
            assertThat(names.of(target("answers.example"), patient)).containsExactly(FOUND);
        }
    }

    @Test
    void aNumericAddressIsNotLookedUp() throws Failed {
        try (Names names = new Names(name -> List.of())) {
            assertThat(names.of(target("192.0.2.1"), OVER)).hasSize(1);
            assertThatThrownBy(() -> names.of(target("nothing.example"), OVER)).isInstanceOf(Failed.class);
        }
    }
}
