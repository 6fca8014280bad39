package dev.gatehouse.server.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/// Private keys in PEM: PKCS#8 (RFC 5958), and the older forms of RSA (RFC 8017 appendix A.1.2) and EC (RFC
/// 5915), which are PKCS#8 without the name of the algorithm; the certificate has that.
final class PrivateKeys {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int MAX_LENGTH = 0xffff;
    private static final byte[] VERSION_ZERO = {0x02, 0x01, 0x00};
    private static final byte[] PROBE = "gatehouse".getBytes(StandardCharsets.US_ASCII);

    private PrivateKeys() {}

    /// The one key of a file, which must belong to this certificate.
    ///
    /// @param file for messages
    static PrivateKey read(byte[] content, PublicKey certified, String file) {
        List<Pem.Block> blocks = Pem.blocks(content, file).stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .toList();
        if (blocks.size() != 1) {
            throw new TlsException(file + ": there must be exactly one private key, and there are " + blocks.size());
        }
        byte[] der = blocks.getFirst().der().toArray();
        byte[] pkcs8 = switch (blocks.getFirst().label()) {
            case "PRIVATE KEY" -> der;
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> wrapped(der, certified);
            case "ENCRYPTED PRIVATE KEY" ->
                throw new TlsException(file + ": the key is encrypted. Take the passphrase off (openssl pkey -in "
                        + file + " -out NEW) and keep the file for the user that Gatehouse runs as");
            default -> throw new TlsException(file + ": this kind of key is not read: " + blocks.getFirst());
        };
        try {
            PrivateKey key =
                    KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (!pair(key, certified)) {
                throw new TlsException(file + ": the key does not belong to the certificate");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new TlsException(
                    file + ": there is no " + certified.getAlgorithm() + " key in it, which the certificate is for");
        }
    }

    private static boolean pair(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = certified.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    /// PrivateKeyInfo ::= SEQUENCE { version, algorithm of the certificate's key, OCTET STRING key }.
    private static byte[] wrapped(byte[] key, PublicKey certified) {
        // SubjectPublicKeyInfo ::= SEQUENCE { algorithm SEQUENCE { ... }, BIT STRING }, well-formed by the JDK.
        ByteBuffer info = ByteBuffer.wrap(certified.getEncoded());
        var _ = info.get();
        var _ = length(info);
        int start = info.position();
        var _ = info.get();
        int algorithmLength = length(info);
        byte[] algorithm = new byte[info.position() + algorithmLength - start];
        info.get(start, algorithm);
        return tagged(SEQUENCE, VERSION_ZERO, algorithm, tagged(OCTET_STRING, key));
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (der.get() & 0xff);
        }
        return length;
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        if (length > MAX_LENGTH) {
            throw new TlsException("a private key is longer than " + MAX_LENGTH + " bytes");
        }
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
