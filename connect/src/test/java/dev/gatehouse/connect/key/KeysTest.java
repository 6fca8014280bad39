package dev.gatehouse.connect.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connect.platform.Loaded;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.connect.platform.PlatformLoader;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestAuthority.Issued;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is made of private keys, and which are told to be of no use before anybody is asked.
class KeysTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    private static final String FILE = """
            platform: Example
            title: Example
            docs: https://docs.example.com/
            hosts: [api.example.com]
            base: https://api.example.com
            ways:
              jwt_bearer:
                fields:
                  client: {title: Client, secret: false}
                  user: {title: User, secret: false, required: false}
                  key: {title: Key id, secret: false, required: false}
                assertion:
                  algorithm: ALGORITHM
                  issuer: "{client}"
                  subject: "{user}"
                  audience: https://api.example.com/token
                  key-id: "{key}"
                  claims: {scope: "read \\"all\\"", of: "{user}"}
                  life: 2m
              certificate: {}
            oauth: {token: "https://api.example.com/token", client: none}
            """;

    private final TestAuthority authority = new TestAuthority("ca");

    private static Way way(ConnectionKind kind, String algorithm) {
        return switch (PlatformLoader.load("f", FILE.replace("ALGORITHM", algorithm))) {
            case Loaded.Good(var platform) -> platform.ways().get(kind);
            case Loaded.Wrong(var mistakes) -> throw new AssertionError(mistakes.toString());
        };
    }

    private static KeyPair pair(String kind, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (bits > 0) {
            generator.initialize(bits);
        }
        return generator.generateKeyPair();
    }

    private static String pem(KeyPair pair) {
        return TestAuthority.pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    private static String part(String jwt, int which) {
        return new String(Base64.getUrlDecoder().decode(jwt.split("[.]", -1)[which]), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, RSA, 2048, SHA256withRSA",
        "ES256, EC, 256, SHA256withECDSAinP1363Format",
        "EdDSA, Ed25519, 0, Ed25519"
    })
    void assertionSaysWhatTheFileSaysAndIsSignedWithTheKey(String algorithm, String kind, int bits, String verifies)
            throws Exception {
        KeyPair pair = pair(kind, bits);
        var terms = way(ConnectionKind.JWT_BEARER, algorithm).assertion().orElseThrow();
        Assertions assertions = new Assertions(InstantSource.fixed(NOW), new Random(1));
        Map<String, String> values = Map.of("client", "me", "user", "Ann", "key", "k1", "private_key", pem(pair));
        String jwt = assertions.sign(terms, values).map(Secret::reveal).orElseThrow();
        assertThat(part(jwt, 0)).isEqualTo("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"k1\"}");
        assertThat(part(jwt, 1))
                .startsWith("{\"iss\":\"me\",\"aud\":\"https://api.example.com/token\",\"sub\":\"Ann\",\"of\":\"Ann\","
                        + "\"scope\":\"read \\\"all\\\"\",\"iat\":1777629590,\"exp\":1777629710,\"jti\":\"");
        Signature signature = Signature.getInstance(verifies);
        signature.initVerify(pair.getPublic());
        signature.update(jwt.substring(0, jwt.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(jwt.split("[.]", -1)[2])))
                .isTrue();
        assertThat(part(assertions.sign(terms, values).orElseThrow().reveal(), 1))
                .as("each has an id of its own")
                .isNotEqualTo(part(jwt, 1));
    }

    @Test
    void whatTheCredentialHasNoPartForIsLeftOut() throws Exception {
        var terms = way(ConnectionKind.JWT_BEARER, "ES256").assertion().orElseThrow();
        Assertions assertions = new Assertions(InstantSource.fixed(NOW), new Random(1));
        String key = pem(pair("EC", 256));
        String jwt = assertions
                .sign(terms, Map.of("client", "me", "private_key", key))
                .map(Secret::reveal)
                .orElseThrow();
        assertThat(part(jwt, 0)).doesNotContain("kid");
        assertThat(part(jwt, 1)).doesNotContain("\"sub\"", "\"of\"");
        assertThat(assertions.sign(terms, Map.of("private_key", key))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RS256, RSA, 1024", "RS256, EC, 256", "ES256, EC, 384", "ES256, RSA, 2048", "EdDSA, EC, 256"})
    void keysThatFitNoAlgorithmAreTold(String algorithm, String kind, int bits) throws Exception {
        Way way = way(ConnectionKind.JWT_BEARER, algorithm);
        assertThat(CredentialKeys.fault(way, Map.of("private_key", pem(pair(kind, bits))), NOW))
                .isPresent();
    }

    @Test
    void whatIsNoKeyIsToldWithoutAWordOfIt() throws Exception {
        Way way = way(ConnectionKind.JWT_BEARER, "RS256");
        String good = pem(pair("RSA", 2048));
        assertThat(CredentialKeys.fault(way, Map.of("private_key", good), NOW)).isEmpty();
        assertThat(CredentialKeys.fault(way, Map.of("private_key", good.replace("\n", "\\n")), NOW))
                .as("as files in JSON have it")
                .isEmpty();
        for (String bad : new String[] {
            "",
            "s3cret",
            good + good,
            good.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
            good.replace("END PRIVATE", "END OTHER"),
            good.substring(0, 200)
        }) {
            assertThat(CredentialKeys.fault(way, Map.of("private_key", bad), NOW))
                    .hasValueSatisfying(why -> assertThat(why).doesNotContain("s3cret", "MII"));
        }
    }

    @Test
    void certificateAndKeyAreAPairThatHasNotEnded() {
        Way way = way(ConnectionKind.CERTIFICATE, "RS256");
        Instant ends = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        Issued one = authority.issue("EC", ends);
        Issued other = authority.issueRsa();
        Map<String, String> good = Map.of("certificate", one.pem() + authority.pem(), "private_key", one.keyPem());
        assertThat(CredentialKeys.fault(way, good, ends)).isEmpty();
        assertThat(CredentialKeys.fault(way, good, ends.plusSeconds(1)))
                .hasValueSatisfying(why -> assertThat(why).contains(ends.toString()));
        assertThat(CredentialKeys.fault(way, Map.of("certificate", one.pem(), "private_key", other.keyPem()), NOW))
                .isPresent();
        assertThat(CredentialKeys.fault(way, Map.of("certificate", one.keyPem(), "private_key", one.keyPem()), NOW))
                .isPresent();
        assertThat(CredentialKeys.fault(way, Map.of("private_key", one.keyPem()), NOW))
                .isPresent();
        for (String chain : new String[] {
            authority.pem() + one.pem(), one.pem() + one.pem(), one.pem() + new TestAuthority("x").pem()
        }) {
            assertThat(CredentialKeys.fault(way, Map.of("certificate", chain, "private_key", one.keyPem()), NOW))
                    .isPresent();
        }
        assertThat(Identities.of(way, good)).hasValueSatisfying(identity -> {
            assertThat(identity.chain()).hasSize(2);
            assertThat(identity.toString()).isEqualTo("CN=leaf");
        });
    }
}
