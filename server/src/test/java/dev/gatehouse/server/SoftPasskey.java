package dev.gatehouse.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// A device with one key, which says whatever a test wants it to say (WebAuthn sections 5.8.1, 6.1 and 6.5.4). What
/// it does is written anew here, so that no mistake of the library is repeated.
final class SoftPasskey {
    /// What it says besides.
    ///
    /// @param flags of section 6.1: 1 present, 4 verified
    record Saying(String site, String origin, String type, int flags, int counter) {
        Saying from(String other) {
            return new Saying(site, other, type, flags, counter);
        }

        Saying at(String other) {
            return new Saying(other, origin, type, flags, counter);
        }

        Saying as(String other) {
            return new Saying(site, origin, other, flags, counter);
        }

        Saying with(int other) {
            return new Saying(site, origin, type, other, counter);
        }

        Saying counting(int other) {
            return new Saying(site, origin, type, flags, other);
        }
    }

    static final int PRESENT = 1;
    static final int VERIFIED = 4;
    private static final int MADE = 64;

    private final KeyPair pair = draw();
    private final byte[] id;

    SoftPasskey(String id) {
        this.id = id.getBytes(StandardCharsets.UTF_8);
    }

    private static KeyPair draw() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Saying honest(String origin) {
        return new Saying("localhost", origin, "", PRESENT | VERIFIED, 0);
    }

    String id() {
        return text(id);
    }

    /// The answer to a challenge to make a key.
    String made(String challenge, Saying saying) {
        byte[] client = client("webauthn.create", challenge, saying);
        byte[] data = join(
                authenticator(saying.with(saying.flags() | MADE)),
                new byte[16],
                ByteBuffer.allocate(2).putShort((short) id.length).array(),
                id,
                cose());
        byte[] attestation = join(
                hex("a3"),
                string("fmt"),
                string("none"),
                string("attStmt"),
                hex("a0"),
                string("authData"),
                bytes(data));
        return json(Map.of("clientDataJSON", text(client), "attestationObject", text(attestation)));
    }

    /// The answer to a challenge to prove the key.
    String proven(String challenge, String user, Saying saying) {
        byte[] client = client("webauthn.get", challenge, saying);
        byte[] data = authenticator(saying);
        return json(Map.of(
                "clientDataJSON",
                text(client),
                "authenticatorData",
                text(data),
                "signature",
                text(signed(join(data, sha256(client)))),
                "userHandle",
                text(user.getBytes(StandardCharsets.UTF_8))));
    }

    private static byte[] client(String type, String challenge, Saying saying) {
        return RunningServer.JSON
                .writeValueAsString(Map.of(
                        "type",
                        saying.type().isEmpty() ? type : saying.type(),
                        "challenge",
                        text(challenge.getBytes(StandardCharsets.UTF_8)),
                        "origin",
                        saying.origin(),
                        "crossOrigin",
                        false))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] authenticator(Saying saying) {
        return join(
                sha256(saying.site().getBytes(StandardCharsets.UTF_8)),
                new byte[] {(byte) saying.flags()},
                ByteBuffer.allocate(4).putInt(saying.counter()).array());
    }

    /// RFC 9053 section 7.1.1: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    private byte[] cose() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return join(
                hex("a5010203262001"),
                hex("21"),
                bytes(coordinate(key.getW().getAffineX().toByteArray())),
                hex("22"),
                bytes(coordinate(key.getW().getAffineY().toByteArray())));
    }

    private static byte[] coordinate(byte[] number) {
        byte[] out = new byte[32];
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, out, 32 - length, length);
        return out;
    }

    private byte[] signed(byte[] what) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(what);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String json(Map<String, String> response) {
        return RunningServer.JSON.writeValueAsString(Map.of(
                "id",
                text(id),
                "rawId",
                text(id),
                "type",
                "public-key",
                "response",
                response,
                "clientExtensionResults",
                Map.of()));
    }

    private static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return join(new byte[] {(byte) (0x60 | bytes.length)}, bytes);
    }

    private static byte[] bytes(byte[] bytes) {
        return join(new byte[] {0x58, (byte) bytes.length}, bytes);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
