package dev.gatehouse.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.egress.Fetched.Cause;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whose certificate a handshake failed by, as the JDK tells it; without sockets, where an alert may be lost.
class AlertsTest {
    private final TestAuthority authority = new TestAuthority("ca");

    @ParameterizedTest
    @CsvSource({
        "(certificate_unknown) Received fatal alert: certificate_unknown, CERTIFICATE",
        "(unknown_ca) Received fatal alert: unknown_ca, CERTIFICATE",
        "(certificate_expired) Received fatal alert: certificate_expired, CERTIFICATE",
        "(handshake_failure) Received fatal alert: handshake_failure, TLS",
        "(protocol_version) Received fatal alert: protocol_version, TLS",
        "(certificate_expired) NotAfter: Sat Jan 01 00:00:00 UTC 2000, TLS",
        "(certificate_unknown) PKIX path building failed, TLS"
    })
    void aReceivedAlertAboutACertificateIsAboutOurs(String words, Cause cause) {
        assertThat(Alerts.failed(new SSLHandshakeException(words)).why()).isEqualTo(cause);
        assertThat(Alerts.failed(new IOException(words)).why()).isEqualTo(Cause.TLS);
    }

    @Test
    void theWordsAreThoseOfTheJdk() throws SSLException {
        SSLEngine server = TestAuthority.server(authority.issue("bank.test")).createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        SSLEngine client = authority.client(Optional.empty()).createSSLEngine();
        client.setUseClientMode(true);
        assertThat(Alerts.failed(failure(client, server)).why()).isEqualTo(Cause.CERTIFICATE);

        SSLEngine stranger = TestAuthority.server(new TestAuthority("strangers").issue("bank.test"))
                .createSSLEngine();
        stranger.setUseClientMode(false);
        SSLEngine doubting = authority.client(Optional.empty()).createSSLEngine();
        doubting.setUseClientMode(true);
        assertThat(Alerts.failed(failure(doubting, stranger)).why()).isEqualTo(Cause.TLS);
    }

    /// What the client fails with.
    private static SSLException failure(SSLEngine client, SSLEngine server) throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        ByteBuffer toServer = ByteBuffer.allocate(100_000);
        ByteBuffer toClient = ByteBuffer.allocate(100_000);
        for (int turn = 0; turn < 20; turn++) {
            try {
                turn(client, toClient, toServer);
            } catch (SSLException e) {
                return e;
            }
            try {
                turn(server, toServer, toClient);
            } catch (SSLException e) {
                server.wrap(ByteBuffer.allocate(0), toClient);
            }
        }
        throw new AssertionError("the handshake did not fail");
    }

    private static void turn(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        in.flip();
        try {
            int before = -1;
            while (in.remaining() != before || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                before = in.remaining();
                while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    engine.wrap(ByteBuffer.allocate(0), out);
                }
                engine.unwrap(in, ByteBuffer.allocate(100_000));
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            }
        } finally {
            in.compact();
        }
    }
}
