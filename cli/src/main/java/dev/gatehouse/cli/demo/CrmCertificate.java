package dev.gatehouse.cli.demo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/// A certificate for `localhost` that nobody but itself has signed (RFC 5280), written byte by byte because the JDK
/// has nothing that writes one. Its key is in memory only.
record CrmCertificate(Certificate certificate, KeyPair keys) {
    private static final byte[] ECDSA_SHA256 =
            der(0x30, new byte[] {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02});
    private static final byte[] ALTERNATIVE_NAME = {0x06, 0x03, 0x55, 0x1d, 0x11};
    private static final Duration LIFE = Duration.ofDays(365);

    static CrmCertificate draw(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
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
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] whole = der(0x30, content, ECDSA_SHA256, der(0x03, new byte[1], signature.sign()));
            return new CrmCertificate(
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole)), keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes and signs with keys on P-256", e);
        }
    }

    String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has its bytes", e);
        }
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
            context.init(managers.getKeyManagers(), null, new SecureRandom());
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
