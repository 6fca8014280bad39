package dev.gatehouse.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.egress.Fetched.Cause;
import dev.gatehouse.egress.Fetched.Reason;
import dev.gatehouse.testkit.TestAuthority;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Certificates that we show, and what comes of one that is refused.
class EgressCertificateTest {
    private final Roads roads = new Roads();

    /// Where nobody could see whose certificate it is, nothing is sent.
    @Test
    void whoShowsACertificateIsNotSentWithoutTls() {
        TestAuthority.Issued own = new TestAuthority("ca").issue();
        ClientIdentity identity =
                new ClientIdentity(List.of(own.certificate()), own.keys().getPrivate());
        try (PeerServer peer = PeerServer.answering(Roads.OK);
                Egress egress = roads.egress(Roads.always("127.0.0.1"), Roads.plain("crm.test", peer.port()))) {
            EgressRequest request = EgressRequest.get("http://crm.test:" + peer.port() + "/");
            assertThat(egress.fetch(request.by(Optional.of(identity)))).isEqualTo(new Fetched.Refused(Reason.SCHEME));
            assertThat(peer.heads()).isEmpty();
        }
    }

    /// In TLS 1.3 a client hears of it only after it has sent the request. Of one that is missing a server of
    /// TLS 1.2 says no more than that the handshake failed. What alerts mean is in `AlertsTest`.
    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.2, false"})
    void certificateThatIsRefusedIsAHandshakeThatFailed(String version, boolean shows) {
        TestAuthority authority = new TestAuthority("ca");
        TestAuthority.Issued own = new TestAuthority("strangers").issue();
        Optional<ClientIdentity> identity = shows
                ? Optional.of(new ClientIdentity(
                        List.of(own.certificate()), own.keys().getPrivate()))
                : Optional.empty();
        try (PeerServer peer = PeerServer.distrusting(authority.issue("bank.test"), version);
                Egress egress = roads.egress(
                        Roads.always("127.0.0.1"),
                        new Opening(true, "bank.test", peer.port(), Optional.of(authority.certificate())))) {
            EgressRequest request = EgressRequest.get("https://bank.test:" + peer.port() + "/");
            Fetched fetched = egress.fetch(request.by(identity));
            assertThat(fetched)
                    .as("an alert is lost where the server has gone before the client has said all")
                    .isIn(new Fetched.Unreachable(Cause.CERTIFICATE, false), new Fetched.Unreachable(Cause.TLS, false));
            assertThat(peer.heads()).isEmpty();
        }
    }

    /// What the client itself says of the server's is not said of its own.
    @Test
    void certificateOfTheServerThatIsRefusedIsNotTheClients() {
        TestAuthority.Issued own = new TestAuthority("ca").issue();
        ClientIdentity identity =
                new ClientIdentity(List.of(own.certificate()), own.keys().getPrivate());
        try (PeerServer peer = PeerServer.tls(new TestAuthority("stranger").issue("bank.test"), Roads.OK);
                Egress egress = roads.egress(
                        Roads.always("127.0.0.1"), new Opening(true, "bank.test", peer.port(), Optional.empty()))) {
            EgressRequest request = EgressRequest.get("https://bank.test:" + peer.port() + "/");
            Fetched fetched = egress.fetch(request.by(Optional.of(identity)));
            assertThat(fetched).isEqualTo(new Fetched.Unreachable(Cause.TLS, false));
            assertThat(fetched.certificateRefused()).isFalse();
        }
    }
}
