package dev.gatehouse.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;

/// The first message of a TLS caller, written byte by byte, because the JDK's own client no longer offers what
/// has to be refused (RFC 5246 section 7.4.1.2).
final class TlsHello {
    static final int SSL_3 = 0x0300;
    static final int TLS_1_0 = 0x0301;
    static final int TLS_1_1 = 0x0302;
    static final int TLS_1_2 = 0x0303;

    /// The kind of the record that comes back.
    static final int ALERT = 21;

    static final int HANDSHAKE = 22;

    private static final Map<String, Integer> SUITES = Map.of(
            "TLS_RSA_WITH_AES_128_GCM_SHA256", 0x009c,
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", 0x009e,
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", 0xc013,
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", 0xc023,
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", 0xc024,
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", 0xc02b);

    private TlsHello() {}

    /// Sends a hello that offers one version and one suite; -1 when the connection ends without a word.
    static int answered(int port, int version, String suite) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(hello(version, SUITES.get(suite)));
            InputStream in = socket.getInputStream();
            return in.read();
        }
    }

    private static byte[] hello(int version, int suite) {
        byte[] groups = extension(10, new byte[] {0, 2, 0, 23});
        byte[] points = extension(11, new byte[] {1, 0});
        // ecdsa_secp256r1_sha256, rsa_pkcs1_sha256
        byte[] algorithms = extension(13, new byte[] {0, 4, 4, 3, 4, 1});
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(two(version));
        body.writeBytes(new byte[32]);
        body.write(0);
        body.writeBytes(two(2));
        body.writeBytes(two(suite));
        body.writeBytes(new byte[] {1, 0});
        body.writeBytes(two(groups.length + points.length + algorithms.length));
        body.writeBytes(groups);
        body.writeBytes(points);
        body.writeBytes(algorithms);
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.write(HANDSHAKE);
        record.writeBytes(two(TLS_1_0));
        record.writeBytes(two(body.size() + 4));
        record.writeBytes(new byte[] {1, 0});
        record.writeBytes(two(body.size()));
        record.writeBytes(body.toByteArray());
        return record.toByteArray();
    }

    private static byte[] extension(int kind, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(two(kind));
        out.writeBytes(two(content.length));
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] two(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }
}
