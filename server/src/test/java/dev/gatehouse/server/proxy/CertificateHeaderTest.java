package dev.gatehouse.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestAuthority.Issued;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a proxy tells of the certificate of a client: one, and nothing beside it, however long it is.
class CertificateHeaderTest {
    private static final CertificateHeader HEADER = new CertificateHeader(Optional.of("Client-Cert"));

    private final TestAuthority authority = new TestAuthority("clients");

    private static CertificateHeader.Told told(String value) {
        return HEADER.from(new HttpFacts(
                "1",
                "behind",
                true,
                "GET",
                "orders.example",
                "/things",
                Optional.empty(),
                List.of(new Header("Client-Cert", value)),
                Bytes.NONE,
                InetAddress.getLoopbackAddress(),
                0));
    }

    private static boolean taken(String value, Issued certificate) {
        return told(value) instanceof CertificateHeader.Told.Request(HttpFacts http)
                && http.certificate().orElseThrow().leaf().equals(certificate.certificate());
    }

    private static boolean unreadable(String value) {
        return told(value) instanceof CertificateHeader.Told.Unreadable;
    }

    private static String sequence(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return ":" + Base64.getEncoder().encodeToString(all.toByteArray()) + ":";
    }

    private static String escaped(String pem) {
        return URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
    }

    /// Names of three lengths, so that the base64 of each ends otherwise.
    @Test
    void oneIsTakenAndNoOtherBesideIt() {
        for (String name : List.of("a.example", "ab.example", "abc.example")) {
            Issued one = authority.issue(name);
            byte[] der = TestAuthority.encoded(one.certificate());
            assertThat(taken(sequence(der), one)).as(name).isTrue();
            assertThat(taken(escaped(one.pem()), one)).as(name).isTrue();
            assertThat(unreadable(sequence(der, der))).as("two: " + name).isTrue();
            assertThat(unreadable(sequence(der, new byte[] {0})))
                    .as("more: " + name)
                    .isTrue();
            assertThat(unreadable(escaped(one.pem() + one.pem())))
                    .as("blocks: " + name)
                    .isTrue();
            assertThat(unreadable(escaped(one.pem() + authority.pem())))
                    .as("a chain: " + name)
                    .isTrue();
            assertThat(unreadable(sequence(one.pem().getBytes(StandardCharsets.US_ASCII))))
                    .as("text in a sequence: " + name)
                    .isTrue();
        }
    }
}
