package dev.gatehouse.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.egress.Fetched.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where requests go and where they do not (GAUNTLET J06).
class EgressPlacesTest {
    private final Roads roads = new Roads();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "169.254.169.254",
                "192.168.1.1",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fd00::1",
                "fe81::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1"
            })
    void nameWithAnAddressThatIsNotPublicIsRefused(String address) {
        try (Egress egress = roads.egress(Roads.always(address))) {
            assertThat(egress.fetch(EgressRequest.get("https://rebind.test/")))
                    .isEqualTo(new Fetched.Refused(Reason.ADDRESS));
        }
    }

    @Test
    void oneAddressThatIsNotPublicAmongOthersIsEnough() {
        try (Egress egress = roads.egress(Roads.always("93.184.216.34", "2606:4700::1", "127.0.0.1"))) {
            assertThat(egress.fetch(EgressRequest.get("https://mixed.test/")))
                    .isEqualTo(new Fetched.Refused(Reason.ADDRESS));
        }
    }

    /// The name means this address at the first look-up and another at every later one: there is no later one.
    @Test
    void connectionGoesToTheAddressThatWasChecked() {
        AtomicInteger looks = new AtomicInteger();
        try (PeerServer first = PeerServer.on("127.0.0.1", 0, (_, out) -> out.write(Roads.bytes(Roads.OK)));
                PeerServer second =
                        PeerServer.on("127.0.0.2", first.port(), (_, out) -> out.write(Roads.bytes(Roads.OK)));
                Egress egress = roads.egress(
                        _ -> List.of(AddressBlock.numeric(looks.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")
                                .orElseThrow()),
                        Roads.plain("rebind.test", first.port()))) {
            assertThat(egress.fetch(EgressRequest.get("http://rebind.test:" + first.port() + "/")))
                    .isInstanceOf(Fetched.Answer.class);
            assertThat(roads.looked).containsExactly("rebind.test");
            assertThat(first.connections()).isEqualTo(1);
            assertThat(second.connections()).isZero();
        }
    }

    @Test
    void nextAddressIsTriedWhenOneDoesNotAnswer() {
        try (PeerServer peer = PeerServer.answering(Roads.OK);
                Egress egress =
                        roads.egress(Roads.always("127.0.0.3", "127.0.0.1"), Roads.plain("two.test", peer.port()))) {
            assertThat(egress.fetch(EgressRequest.get("http://two.test:" + peer.port() + "/")))
                    .isInstanceOf(Fetched.Answer.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/, SCHEME",
        "https://example.com:22/, PORT",
        "https://example.com:25/, PORT",
        "https://example.com:6379/, PORT",
        "https://example.com:8443/, PORT",
        "https://127.0.0.1/, ADDRESS",
        "https://[::1]/, ADDRESS",
        "https://[::ffff:169.254.169.254]/, ADDRESS",
        "https://[64:ff9b::a9fe:a9fe]/, ADDRESS",
        "https://8.8.8.8/, ADDRESS",
        "https://127.1/, URL",
        "https://user@example.com/, URL",
        "gopher://example.com/, URL"
    })
    void whatNobodyOpenedIsRefusedWithoutAskingAnybody(String url, Reason reason) {
        try (Egress egress =
                roads.egress(Roads.always("127.0.0.1"), new Opening(true, "example.com", 9443, Optional.empty()))) {
            assertThat(egress.fetch(EgressRequest.get(url))).isEqualTo(new Fetched.Refused(reason));
        }
        assertThat(roads.looked).isEmpty();
    }

    /// An opening is one scheme, host and port: not its neighbours.
    @Test
    void openingOpensNothingBesides() {
        try (PeerServer peer = PeerServer.answering(Roads.OK);
                Egress egress = roads.egress(Roads.always("127.0.0.1"), Roads.plain("crm.test", peer.port()))) {
            for (String url : List.of("http://x.crm.test:%d/", "http://crm.test:1%d/", "https://crm.test:%d/")) {
                assertThat(egress.fetch(EgressRequest.get(url.formatted(peer.port() % 10_000))))
                        .isInstanceOf(Fetched.Refused.class);
            }
            assertThat(peer.connections()).isZero();
        }
    }
}
