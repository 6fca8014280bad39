package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Secret;
import dev.gatehouse.server.SampleKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;

/// A certificate for `localhost` that nobody but itself has signed (RFC 5280), written byte by byte because the JDK
/// has nothing that writes one.
record CrmCertificate(Certificate certificate, KeyPair keys) {
    private static final byte[] ECDSA_SHA256 =
            der(0x30, new byte[] {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02});
    private static final byte[] ALTERNATIVE_NAME = {0x06, 0x03, 0x55, 0x1d, 0x11};
    private static final Duration LIFE = Duration.ofDays(365);

    static CrmCertificate draw(Instant now) {
        try {
            SampleKey drawn = SampleKey.draw();
            KeyPair keys = drawn.keys();
            byte[] name = new X500Principal("CN=localhost").getEncoded();
            byte[] names = der(0x30, der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)));
            byte[] content = der(
                    0x30,
                    der(0xa0, der(0x02, new byte[] {2})),
                    der(0x02, BigInteger.valueOf(now.toEpochMilli()).toByteArray()),
                    ECDSA_SHA256,
                    name,
                    der(0x30, time(now.minus(Duration.ofDays(1))), time(now.plus(LIFE))),
                    name,
                    keys.getPublic().getEncoded(),
                    der(0xa3, der(0x30, der(0x30, ALTERNATIVE_NAME, der(0x04, names)))));
            byte[] whole = der(0x30, content, ECDSA_SHA256, der(0x03, new byte[1], drawn.sign(content)));
            return new CrmCertificate(
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole)), keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK reads certificates", e);
        }
    }

    /// Reads what [#pem] and [#keyPem] have written.
    ///
    /// @return nothing when it is no such thing, or ends within a month
    static Optional<CrmCertificate> read(String pem, Secret keyPem, Instant now) {
        try {
            var certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            byte[] key = Base64.getMimeDecoder().decode(keyPem.reveal().replaceAll("-----[A-Z ]+-----", ""));
            PrivateKey own = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
            boolean lasts = certificate instanceof X509Certificate dated
                    && dated.getNotAfter().toInstant().isAfter(now.plus(Duration.ofDays(30)));
            return lasts
                    ? Optional.of(new CrmCertificate(certificate, new KeyPair(certificate.getPublicKey(), own)))
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has its bytes", e);
        }
    }

    Secret keyPem() {
        return Secret.of(pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
    }

    /// What a server needs that shows it.
    SSLContext context() {
        try {
            // PKCS12 would encrypt the key, in memory too, with ten thousand rounds.
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry("own", keys.getPrivate(), new char[0], new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
            managers.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            // It asks nobody for a certificate, so it need not read the system's.
            context.init(managers.getKeyManagers(), new TrustManager[0], new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK keeps a key in memory", e);
        }
    }

    private static byte[] time(Instant instant) {
        String text = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(instant);
        return der(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (body.size() >= 0x100) {
            out.write(0x82);
            out.write(body.size() >> 8);
        } else if (body.size() >= 0x80) {
            out.write(0x81);
        }
        out.write(body.size());
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }
}
