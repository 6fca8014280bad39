package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.Forger;
import dev.gatehouse.oauth.World;
import dev.gatehouse.oauth.assertion.Assertions;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.keys.KeyLife;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JwtAttackTest {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private World world;
    private List<Api> jwtApis;

    @BeforeAll
    void start(@TempDir Path folder) {
        world = new World(folder);
        jwtApis = List.of(world.es256, world.rs256, world.eddsa);
    }

    private boolean accepted(String token, Api api) {
        return world.formats.read(Secret.of(token), api) instanceof Read.Proven;
    }

    private void refused(String token, Api api) {
        assertThat(accepted(token, api))
                .as(token.substring(0, Math.min(300, token.length())))
                .isFalse();
    }

    @Test
    void theForgersUnchangedTokenIsAccepted() {
        for (Api api : jwtApis) {
            Forger forger = new Forger(world, api);
            assertThat(accepted(forger.token(forger.header(), forger.payload()), api))
                    .as(api.name())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none", "None", "nOnE", "NONE", "", "ES256 ", "es256", "ES384", "HS256", "PS256", "RS256 ", "ES256K"
            })
    void e01e02TheAlgorithmIsTheKeysOwnAndNoOther(String algorithm) {
        for (Api api : jwtApis) {
            Forger forger = new Forger(world, api);
            String header = forger.header()
                    .replace("\"alg\":\"" + forger.jwk.algorithm().wire(), "\"alg\":\"" + algorithm);
            String signed = forger.token(header, forger.payload());
            refused(signed, api);
            refused(signed.substring(0, signed.lastIndexOf('.') + 1), api);
            refused(signed.substring(0, signed.lastIndexOf('.')), api);
        }
    }

    @Test
    void e01TheAlgorithmOfAnotherApisKeyIsRefused() {
        for (Api api : jwtApis) {
            for (Api other : jwtApis) {
                if (!api.equals(other)) {
                    Forger forger = new Forger(world, other);
                    Forger target = new Forger(world, api);
                    String header = target.header()
                            .replace(
                                    target.jwk.algorithm().wire(),
                                    other.tokens().algorithm().wire());
                    refused(forger.token(header, target.payload()), api);
                    refused(forger.token(target.header(), target.payload()), api);
                    refused(forger.token(forger.header(), target.payload()), api);
                }
            }
        }
    }

    @Test
    void e01SegmentsAreExactlyThreeAndNotEmpty() {
        for (Api api : jwtApis) {
            String token = world.text(api);
            String[] parts = token.split("\\.", -1);
            refused(parts[0] + "." + parts[1], api);
            refused(parts[0] + "." + parts[1] + ".", api);
            refused(parts[0] + ".." + parts[2], api);
            refused("." + parts[1] + "." + parts[2], api);
            refused(token + ".", api);
            refused("." + token, api);
            refused(token + "." + parts[2], api);
            refused(token + "." + parts[1] + "." + parts[2], api);
            refused("", api);
            refused("..", api);
            refused(parts[0], api);
        }
    }

    @Test
    void e02OurPublicKeyIsNoMacKey() throws GeneralSecurityException {
        for (Api api : jwtApis) {
            Forger forger = new Forger(world, api);
            byte[] der = forger.jwk.key().getEncoded();
            String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(der);
            String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----";
            List<byte[]> secrets = List.of(
                    der,
                    pem.getBytes(StandardCharsets.US_ASCII),
                    (pem + "\n").getBytes(StandardCharsets.US_ASCII),
                    forger.jwk.json().getBytes(StandardCharsets.US_ASCII),
                    Base64.getEncoder().encode(der));
            for (byte[] secret : secrets) {
                for (String alg : List.of("HS256", forger.jwk.algorithm().wire())) {
                    String header =
                            forger.header().replace(forger.jwk.algorithm().wire(), alg);
                    String input = Forger.encode(header) + "." + Forger.encode(forger.payload());
                    Mac mac = Mac.getInstance("HmacSHA256");
                    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                    refused(
                            input + "." + Base64Url.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII))),
                            api);
                }
            }
        }
    }

    @Test
    void e03NothingButAPlainJwsIsRead() throws Exception {
        Forger forger = new Forger(world, world.es256);
        String[] parts = world.text(world.es256).split("\\.", -1);
        JWEObject jwe = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM)
                        .contentType("JWT")
                        .keyID(forger.jwk.keyId())
                        .build(),
                new Payload(new PlainJWT(JWTClaimsSet.parse(forger.payload())).serialize()));
        jwe.encrypt(new ECDHEncrypter(ECKey.parse(forger.jwk.json())));
        refused(jwe.serialize(), world.es256);
        refused(new PlainJWT(JWTClaimsSet.parse(forger.payload())).serialize(), world.es256);
        refused(
                "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2]
                        + "\"}",
                world.es256);
        refused(
                "{\"payload\":\"" + parts[1] + "\",\"signatures\":[{\"protected\":\"" + parts[0] + "\",\"signature\":\""
                        + parts[2] + "\"}]}",
                world.es256);
        refused(forger.token(forger.header(), String.join(".", parts)), world.es256);
        refused(forger.token(with(forger.header(), "\"cty\":\"JWT\""), String.join(".", parts)), world.es256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"jku\":\"http://canary/\"",
                "\"x5u\":\"http://canary/\"",
                "\"x5c\":[\"AAAA\"]",
                "\"x5t\":\"AAAA\"",
                "\"crit\":[\"x\"]",
                "\"crit\":[]",
                "\"b64\":false",
                "\"zip\":\"DEF\"",
                "\"cty\":\"JWT\"",
                "\"enc\":\"A256GCM\"",
                "\"p2c\":2147483647",
                "\"nonce\":\"x\"",
                "\"unknown\":1",
                "\"alg\":\"none\"",
                "\"kid\":\"x\"",
                "\"ALG\":\"none\""
            })
    void e04e05HeadersBesideTheThreeAreRefused(String member) {
        for (Api api : jwtApis) {
            Forger forger = new Forger(world, api);
            refused(forger.token(with(forger.header(), member), forger.payload()), api);
            refused(forger.token("{" + member + "," + forger.header().substring(1), forger.payload()), api);
        }
    }

    @Test
    void e04AKeyInTheHeaderIsNotUsed() throws Exception {
        Forger forger = new Forger(world, world.es256);
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID(forger.jwk.keyId()).generate();
        JWSObject jws = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new com.nimbusds.jose.JOSEObjectType("at+jwt"))
                        .keyID(own.getKeyID())
                        .jwk(own.toPublicJWK())
                        .build(),
                new Payload(forger.payload()));
        jws.sign(new ECDSASigner(own));
        refused(jws.serialize(), world.es256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../dev/null", "' OR 1=1--", "http://canary", "", "null", "key_0000000000000", "%00"})
    void e04KeyIdsAreOnlyLookedUp(String keyId) {
        Forger forger = new Forger(world, world.es256);
        refused(forger.token(forger.header().replace(forger.jwk.keyId(), keyId), forger.payload()), world.es256);
        refused(
                forger.token(forger.header().replace(forger.jwk.keyId(), keyId + "x".repeat(10_000)), forger.payload()),
                world.es256);
        refused(
                forger.token(forger.header().replace('"' + forger.jwk.keyId() + '"', "1"), forger.payload()),
                world.es256);
    }

    @Test
    void e05CostlyTokensAreRefused() {
        Forger forger = new Forger(world, world.es256);
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        refused(forger.token(forger.header(), with(forger.payload(), "\"x\":" + deep)), world.es256);
        refused(
                forger.token(forger.header(), with(forger.payload(), "\"x\":" + "[".repeat(9) + "]".repeat(9))),
                world.es256);
        refused(
                forger.token(
                        forger.header(),
                        forger.payload().replace("\"aud\":", "\"aud\":[" + "\"a\",".repeat(500) + "\"b\"],\"y\":")),
                world.es256);
        refused(
                forger.token(forger.header(), with(forger.payload(), "\"x\":\"" + "x".repeat(1 << 20) + "\"")),
                world.es256);
        refused("ey" + ".".repeat(1 << 20), world.es256);
        refused("ey.".repeat(1 << 18), world.es256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JWT",
                "AT+JWT",
                "at+JWT",
                "application/at+jwt",
                "dpop+jwt",
                "logout+jwt",
                "",
                "gatehouse-assertion+jwt",
                "at+jwt "
            })
    void e06OtherTypesAreRefused(String type) {
        for (Api api : jwtApis) {
            Forger forger = new Forger(world, api);
            refused(forger.token(forger.header().replace("at+jwt", type), forger.payload()), api);
            refused(forger.token(forger.header().replace("\"typ\":\"at+jwt\",", ""), forger.payload()), api);
        }
    }

    @Test
    void e06AnAssertionIsNoAccessToken() {
        Assertions assertions = new Assertions(world.keys, world.clock, 10);
        String assertion = assertions
                .sign(world.allowed(world.es256), world.es256.audience(), "GET", "/x")
                .orElseThrow();
        refused(assertion, world.es256);
    }

    @Test
    void e07IssuerAndAudienceAreExact() {
        Forger forger = new Forger(world, world.es256);
        String audience = '"' + world.es256.audience() + '"';
        String issuer = '"' + world.es256.issuer() + '"';
        for (String other : List.of(
                "\"" + world.es256.audience() + ".evil\"",
                "\"" + world.es256.audience() + "/\"",
                "\"" + world.sealed.audience() + "\"",
                "[" + audience + "]",
                "[" + audience + ",\"https://other\"]",
                "[]",
                "null",
                "\"\"")) {
            refused(forger.token(forger.header(), forger.payload().replace(audience, other)), world.es256);
        }
        for (String other : List.of(
                "\"" + world.es256.issuer() + "/\"", "\"" + world.rs256.issuer() + "\"", "null", "[" + issuer + "]")) {
            refused(forger.token(forger.header(), forger.payload().replace(issuer, other)), world.es256);
        }
        for (String name : List.of("iss", "aud", "sub", "client_id", "scope", "jti", "iat", "exp", "lin")) {
            refused(
                    forger.token(forger.header(), forger.payload().replace("\"" + name + "\":", "\"x\":")),
                    world.es256);
            refused(forger.token(forger.header(), with(forger.payload(), "\"" + name + "\":1")), world.es256);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1795262400\"",
                "1e308",
                "1.0",
                "17952624e2",
                "9223372036854775808",
                "9223372036854775807",
                "-9223372036854775808",
                "-1",
                "0",
                "-0",
                "01",
                "+1",
                "0x1",
                "1_0",
                "NaN",
                "Infinity",
                "null",
                "true",
                "[]",
                "{}",
                "[1]",
                "253402300800",
                "99999999999999999999999999999999999999",
                "1795262400.5",
                ""
            })
    void e08TimesAreIntegersInRange(String number) {
        Forger forger = new Forger(world, world.es256);
        String payload = forger.payload();
        refused(
                forger.token(forger.header(), payload.replaceFirst("\"exp\":[0-9]+", "\"exp\":" + number)),
                world.es256);
        String iat = payload.replaceFirst("\"iat\":[0-9]+", "\"iat\":" + number);
        refused(forger.token(forger.header(), iat), world.es256);
        refused(forger.token(forger.header(), with(payload, "\"exp\":" + number)), world.es256);
        refused(forger.token(forger.header(), with(payload, "\"nbf\":" + number)), world.es256);
    }

    @Test
    void e08ALifeThatNoPolicyGivesIsRefused() {
        Forger forger = new Forger(world, world.es256);
        long now = world.now.getEpochSecond();
        record Case(long issuedAt, long expiresAt, boolean accepted) {}
        for (Case c : List.of(
                new Case(now, now + 86_400, true),
                new Case(now, now + 86_401, false),
                new Case(now, now, false),
                new Case(now, now - 1, false),
                new Case(now + 60, now + 120, true),
                new Case(now + 61, now + 120, false),
                new Case(now - 86_400, now, true),
                new Case(253_402_300_799L, 253_402_300_800L, false))) {
            String payload = forger.payload()
                    .replaceFirst("\"iat\":[0-9]+", "\"iat\":" + c.issuedAt())
                    .replaceFirst("\"exp\":[0-9]+", "\"exp\":" + c.expiresAt());
            assertThat(accepted(forger.token(forger.header(), payload), world.es256))
                    .as(c.toString())
                    .isEqualTo(c.accepted());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4.5.6.7", "", "......", "x"})
    void theLineageHasOneSpelling(String lineage) {
        Forger forger = new Forger(world, world.es256);
        refused(
                forger.token(
                        forger.header(),
                        forger.payload().replaceFirst("\"lin\":\"[^\"]*\"", "\"lin\":\"" + lineage + "\"")),
                world.es256);
        String old = forger.payload().replaceFirst(".*\"lin\":\"([^\"]*)\".*", "$1");
        for (String other : List.of(
                old + ".0",
                old.replaceFirst("\\.3\\.", ".03."),
                old.replaceFirst("\\.3\\.", ".-3."),
                old.toUpperCase(java.util.Locale.ROOT))) {
            refused(forger.token(forger.header(), forger.payload().replace(old, other)), world.es256);
        }
    }

    @Test
    void e09EcdsaNumbersMustBeInRangeAndInOneForm() {
        Forger forger = new Forger(world, world.es256);
        String input = Forger.encode(forger.header()) + "." + Forger.encode(forger.payload());
        byte[] good = forger.sign(input);
        byte[] r = Arrays.copyOf(good, 32);
        byte[] s = Arrays.copyOfRange(good, 32, 64);
        byte[] zero = new byte[32];
        List<byte[]> signatures = new ArrayList<>();
        for (byte[] odd : List.of(zero, bytes(ORDER), bytes(ORDER.add(BigInteger.ONE)), bytes(BigInteger.ONE), ff())) {
            signatures.add(join(odd, s));
            signatures.add(join(r, odd));
            signatures.add(join(odd, odd));
        }
        signatures.add(new byte[0]);
        signatures.add(new byte[1]);
        signatures.add(Arrays.copyOf(good, 63));
        signatures.add(Arrays.copyOf(good, 65));
        signatures.add(join(zero, good));
        signatures.add(der(r, s));
        for (byte[] signature : signatures) {
            refused(input + "." + Base64Url.encode(signature), world.es256);
        }
        assertThat(accepted(input + "." + Base64Url.encode(good), world.es256)).isTrue();
    }

    @Test
    void e09OtherAlgorithmsSignaturesHaveOneLength() {
        for (Api api : List.of(world.rs256, world.eddsa)) {
            Forger forger = new Forger(world, api);
            String input = Forger.encode(forger.header()) + "." + Forger.encode(forger.payload());
            byte[] good = forger.sign(input);
            for (byte[] signature : List.of(
                    new byte[good.length],
                    Arrays.copyOf(good, good.length - 1),
                    Arrays.copyOf(good, good.length + 1),
                    join(new byte[1], good))) {
                refused(input + "." + Base64Url.encode(signature), api);
            }
        }
    }

    @Test
    void e09EverySingleCharacterCounts() {
        for (Api api : List.of(world.es256, world.eddsa)) {
            String token = world.text(api);
            for (int i = 0; i < token.length(); i++) {
                char c = token.charAt(i);
                for (char other : List.of(c == 'A' ? 'B' : 'A', c == '_' ? '-' : '_', '=', ' ', '\n', '+', '.')) {
                    if (other != c) {
                        refused(token.substring(0, i) + other + token.substring(i + 1), api);
                    }
                }
                refused(token.substring(0, i), api);
                refused(token.substring(0, i) + token.substring(i + 1), api);
                refused(token.substring(0, i) + "\u00e9" + token.substring(i + 1), api);
            }
            refused(token + "=", api);
            refused(" " + token, api);
            refused(token + "\n", api);
        }
    }

    @Test
    void aKeyIsAcceptedUntilItsLastTokenHasDiedAndNotLonger(@TempDir Path other) {
        World w = new World(other);
        String token = w.text(w.es256);
        w.keys.rotate(w.es256, Act.system("test", w.now));
        assertThat(w.formats.read(Secret.of(token), w.es256)).isInstanceOf(Read.Proven.class);
        w.now = w.now.plus(KeyLife.ACCEPTED_AFTER).minusSeconds(1);
        assertThat(w.formats.read(Secret.of(token), w.es256)).isInstanceOf(Read.Proven.class);
        w.now = w.now.plusSeconds(1);
        assertThat(w.formats.read(Secret.of(token), w.es256)).isInstanceOf(Read.Refused.class);
    }

    private static String with(String object, String member) {
        return object.substring(0, object.length() - 1) + "," + member + "}";
    }

    private static byte[] bytes(BigInteger number) {
        byte[] raw = number.toByteArray();
        byte[] out = new byte[32];
        int length = Math.min(32, raw.length);
        System.arraycopy(raw, raw.length - length, out, 32 - length, length);
        return out;
    }

    private static byte[] ff() {
        byte[] out = new byte[32];
        Arrays.fill(out, (byte) 0xff);
        return out;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    private static byte[] der(byte[] r, byte[] s) {
        byte[] first = new BigInteger(1, r).toByteArray();
        byte[] second = new BigInteger(1, s).toByteArray();
        byte[] body = join(
                join(new byte[] {2, (byte) first.length}, first), join(new byte[] {2, (byte) second.length}, second));
        return join(new byte[] {0x30, (byte) body.length}, body);
    }
}
