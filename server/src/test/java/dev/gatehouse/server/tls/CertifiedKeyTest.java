package dev.gatehouse.server.tls;

import static dev.gatehouse.testkit.TestAuthority.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestAuthority.Issued;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates and keys as they are found in files.
class CertifiedKeyTest {
    private static final TestAuthority CA = new TestAuthority("ca");
    private static final Issued EC = CA.issue("a.example");
    private static final Issued RSA = CA.issueRsa("a.example");

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "EC PRIVATE KEY"})
    void ecKeysAreReadInBothForms(String label) {
        byte[] der = EC.keys().getPrivate().getEncoded();
        String key = pem(label, label.startsWith("EC") ? inner(der) : der);
        assertThat(read(EC.pem(), key).key().getEncoded())
                .isEqualTo(EC.keys().getPrivate().getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY"})
    void rsaKeysAreReadInBothForms(String label) {
        byte[] der = RSA.keys().getPrivate().getEncoded();
        String key = pem(label, label.startsWith("RSA") ? inner(der) : der);
        assertThat(read(RSA.pem(), key).key()).isEqualTo(RSA.keys().getPrivate());
    }

    @Test
    void textAroundTheBlocksAndWindowsLineEndsDoNotMatter() {
        String pem = "Subject: CN=leaf\n\n" + EC.pem() + "\nIssuer:\n" + CA.pem();
        CertifiedKey read = read(
                pem.replace("\n", "\r\n"),
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n" + "-----END EC PARAMETERS-----\n" + EC.keyPem());
        assertThat(read.chain()).hasSize(2);
        assertThat(read.names().covers("a.example")).isTrue();
    }

    @Test
    void neitherKeyNorContentIsInWhatIsPrinted() {
        CertifiedKey read = read(EC.pem(), EC.keyPem());
        assertThat(read.toString()).isEqualTo("c.pem");
        assertThat(Pem.blocks(EC.keyPem().getBytes(StandardCharsets.US_ASCII), "f"))
                .hasToString("[PRIVATE KEY]");
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedAndNamed() {
        refused(EC.pem(), CA.issue("a.example").keyPem(), "k.pem: the key does not belong to the certificate");
        refused(EC.pem(), RSA.keyPem(), "k.pem: there is no EC key in it");
        refused(EC.pem(), EC.pem(), "k.pem: there must be exactly one private key, and there are 0");
        refused(EC.pem(), EC.keyPem() + EC.keyPem(), "and there are 2");
        refused(EC.pem(), EC.keyPem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "k.pem: the key is encrypted");
        refused(EC.pem(), EC.keyPem().replace("PRIVATE KEY", "OPENSSH PRIVATE KEY"), "this kind of key is not read");
        refused(EC.keyPem(), EC.keyPem(), "c.pem: there is no certificate in it");
        refused(CA.pem() + EC.pem(), EC.keyPem(), "c.pem: certificate 2 did not sign certificate 1");
        refused(CA.issue().pem(), EC.keyPem(), "c.pem: the certificate names no host");
        refused(pem("CERTIFICATE", new byte[] {1, 2, 3}), EC.keyPem(), "c.pem: a certificate in it cannot be read");
    }

    @Test
    void damagedPemIsRefusedWithoutShowingIt() {
        String cut = EC.keyPem().substring(0, 80);
        refused(EC.pem(), cut, "k.pem: the block PRIVATE KEY has no end");
        refused(EC.pem(), cut + "\n" + EC.keyPem(), "has no end");
        refused(EC.pem(), "-----END PRIVATE KEY-----\n", "a block ends that did not begin");
        refused(EC.pem(), EC.keyPem().replace("END PRIVATE", "END PUBLIC"), "a block ends that did not begin");
        refused(EC.pem(), EC.keyPem().replace("\nM", "\n*M"), "k.pem: the block PRIVATE KEY is not Base64");
        String many = "-----BEGIN X-----\n-----END X-----\n".repeat(300);
        refused(EC.pem(), many, "more than 256 blocks");
        assertThatThrownBy(() -> read(EC.pem(), pem("PRIVATE KEY", "swordfish".getBytes(StandardCharsets.US_ASCII))))
                .hasMessageNotContaining("swordfish")
                .hasMessageNotContaining(
                        Base64.getEncoder().encodeToString("swordfish".getBytes(StandardCharsets.US_ASCII)));
    }

    private static void refused(String certificate, String key, String why) {
        assertThatThrownBy(() -> read(certificate, key))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining(why);
    }

    private static CertifiedKey read(String certificate, String key) {
        return CertifiedKey.read(
                "c.pem",
                certificate.getBytes(StandardCharsets.US_ASCII),
                "k.pem",
                key.getBytes(StandardCharsets.US_ASCII));
    }

    /// The key inside a PKCS#8 structure: what stands behind the version and the algorithm.
    private static byte[] inner(byte[] pkcs8) {
        ByteBuffer in = ByteBuffer.wrap(pkcs8);
        in.get();
        length(in);
        in.position(in.position() + 3);
        in.get();
        int algorithm = length(in);
        in.position(in.position() + algorithm + 1);
        byte[] key = new byte[length(in)];
        in.get(key);
        return key;
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xff;
        return first < 0x80 ? first : first == 0x81 ? der.get() & 0xff : der.getShort() & 0xffff;
    }
}
