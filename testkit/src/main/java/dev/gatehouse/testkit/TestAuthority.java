package dev.gatehouse.testkit;

import dev.gatehouse.core.net.AddressBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// An authority that signs certificates for tests: X.509 version 3, written byte by byte.
public final class TestAuthority {
    /// A certificate with its keys.
    public record Issued(X509Certificate certificate, KeyPair keys) {
        /// The certificate in PEM.
        public String pem() {
            return TestAuthority.pem("CERTIFICATE", TestAuthority.encoded(certificate));
        }

        /// The private key in PEM, PKCS#8.
        public String keyPem() {
            return TestAuthority.pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        }

        /// Writes both into a folder, the key for the owner only.
        public Issued write(Path folder, String name) throws IOException {
            Files.writeString(folder.resolve(name + ".pem"), pem());
            writeKey(folder.resolve(name + ".key"), keyPem());
            return this;
        }
    }

    /// Trusts whoever is there: what it may do is decided elsewhere.
    ///
    /// @param refuses whether nobody is taken for now
    private record Anybody(BooleanSupplier refuses) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            if (refuses.getAsBoolean()) {
                throw new CertificateException("not taken any more");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static final byte[] ECDSA_SHA256 =
            der(0x30, new byte[] {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02});
    private static final byte[] SAN = {0x06, 0x03, 0x55, 0x1d, 0x11};
    private static final byte[] CONSTRAINTS = {0x06, 0x03, 0x55, 0x1d, 0x13};
    private static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final X500Principal name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    /// A new authority of this name.
    public TestAuthority(String name) {
        this.name = new X500Principal("CN=" + name);
        this.keys = pair("EC");
        Instant now = Instant.now();
        this.certificate = sign(
                this.name,
                keys,
                now.minus(1, ChronoUnit.DAYS),
                now.plus(30, ChronoUnit.DAYS),
                extension(CONSTRAINTS, true, der(0x30, TRUE)));
    }

    private TestAuthority(X500Principal name, KeyPair keys, X509Certificate certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    /// A root of this name that ends at this time, and lets so many sign below it.
    public static TestAuthority root(String called, Instant notAfter, int length) {
        X500Principal name = new X500Principal("CN=" + called);
        KeyPair keys = pair("EC");
        return new TestAuthority(name, keys, new TestAuthority(called).certificate())
                .below(called, keys, notAfter, length);
    }

    /// An authority for which this one signed.
    ///
    /// @param length how many may sign below it
    /// @param uses of what it signs, by the last number of their OIDs; any without
    public TestAuthority below(String called, Instant notAfter, int length, int... uses) {
        return below(called, pair("EC"), notAfter, length, uses);
    }

    private TestAuthority below(String called, KeyPair own, Instant notAfter, int length, int... uses) {
        X500Principal subject = new X500Principal("CN=" + called);
        byte[] constraints = extension(CONSTRAINTS, true, der(0x30, TRUE, der(0x02, new byte[] {(byte) length})));
        Instant notBefore = Instant.now().minus(2, ChronoUnit.DAYS);
        X509Certificate signed = uses.length == 0
                ? sign(subject, own, notBefore, notAfter, constraints)
                : sign(subject, own, notBefore, notAfter, constraints, uses(uses));
        return new TestAuthority(subject, own, signed);
    }

    private static byte[] uses(int... last) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int one : last) {
            out.writeBytes(new byte[] {0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, (byte) one});
        }
        return extension(new byte[] {0x06, 0x03, 0x55, 0x1d, 0x25}, false, der(0x30, out.toByteArray()));
    }

    /// A certificate with these uses only, by the last number of their OIDs (1 is of servers, 2 of clients).
    public Issued issueFor(int... last) {
        KeyPair subject = pair("EC");
        Instant now = Instant.now();
        return new Issued(
                sign(
                        new X500Principal("CN=leaf"),
                        subject,
                        now.minus(2, ChronoUnit.DAYS),
                        now.plus(20, ChronoUnit.DAYS),
                        uses(last)),
                subject);
    }

    /// The authority's own certificate.
    public X509Certificate certificate() {
        return certificate;
    }

    /// The authority's own certificate in PEM.
    public String pem() {
        return pem("CERTIFICATE", encoded(certificate));
    }

    /// A certificate for these DNS names and addresses, valid now, with an EC key.
    public Issued issue(String... names) {
        return issue("EC", Instant.now().plus(20, ChronoUnit.DAYS), names);
    }

    /// The same with an RSA key.
    public Issued issueRsa(String... names) {
        return issue("RSA", Instant.now().plus(20, ChronoUnit.DAYS), names);
    }

    /// A certificate with this kind of key that ends at this time.
    public Issued issue(String kind, Instant notAfter, String... names) {
        ByteArrayOutputStream san = new ByteArrayOutputStream();
        for (String one : names) {
            san.writeBytes(AddressBlock.numeric(one)
                    .map(address -> der(0x87, address.getAddress()))
                    .orElseGet(() -> der(0x82, one.getBytes(StandardCharsets.US_ASCII))));
        }
        KeyPair subject = pair(kind);
        byte[] extension = names.length == 0
                ? extension(CONSTRAINTS, false, der(0x30))
                : extension(SAN, false, der(0x30, san.toByteArray()));
        Instant notBefore = Instant.now().minus(2, ChronoUnit.DAYS);
        return new Issued(sign(new X500Principal("CN=leaf"), subject, notBefore, notAfter, extension), subject);
    }

    private X509Certificate sign(
            X500Principal subject, KeyPair subjectKeys, Instant notBefore, Instant notAfter, byte[]... extensions) {
        byte[] tbs = der(
                0x30,
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, BigInteger.valueOf(SERIAL.getAndIncrement()).toByteArray()),
                ECDSA_SHA256,
                name.getEncoded(),
                der(0x30, time(notBefore), time(notAfter)),
                subject.getEncoded(),
                subjectKeys.getPublic().getEncoded(),
                der(0xa3, der(0x30, extensions)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(tbs);
            byte[] bits = new byte[1];
            byte[] whole = der(0x30, tbs, ECDSA_SHA256, der(0x03, bits, signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] extension(byte[] oid, boolean critical, byte[] value) {
        return der(0x30, oid, critical ? TRUE : new byte[0], der(0x04, value));
    }

    private static byte[] time(Instant instant) {
        String text = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(instant);
        return der(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (body.size() < 0x80) {
            out.write(body.size());
        } else if (body.size() < 0x100) {
            out.write(0x81);
            out.write(body.size());
        } else {
            out.write(0x82);
            out.write(body.size() >> 8);
            out.write(body.size());
        }
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    /// A certificate in DER.
    public static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair(String kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(kind.equals("EC") ? 256 : 2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A PEM block.
    public static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /// Writes a file that only its owner can read.
    public static void writeKey(Path path, String content) throws IOException {
        Files.deleteIfExists(path);
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(path, content);
    }

    /// Whether it has signed a certificate.
    boolean issued(X509Certificate one) {
        try {
            one.verify(keys.getPublic());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// What a server needs that shows this certificate.
    public static SSLContext server(Issued shown) {
        return server(shown, null);
    }

    /// The same, for one that takes whatever certificate it is shown.
    ///
    /// @param refuses whether it takes none for now
    static SSLContext serverForAnybody(Issued shown, BooleanSupplier refuses) {
        return server(shown, new TrustManager[] {new Anybody(refuses)});
    }

    private static SSLContext server(Issued shown, TrustManager @Nullable [] clients) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("own", shown.keys().getPrivate(), new char[0], new X509Certificate[] {shown.certificate()});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(own, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), clients, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a client needs that trusts this authority, and shows this certificate if it has one.
    public SSLContext client(Optional<Issued> shown) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            if (shown.isPresent()) {
                own.setKeyEntry("own", shown.get().keys().getPrivate(), new char[0], new X509Certificate[] {
                    shown.get().certificate()
                });
            }
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(own, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
