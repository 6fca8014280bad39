package dev.gatehouse.oauth.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which JWK Sets are the public keys of a client (RFC 7517, GAUNTLET E04, E09).
class ClientKeysTest {
    private static final String X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private static final String Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    private static final String EC = "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + X + "\",\"y\":\"" + Y + "\"";
    private static final String ED =
            "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"";

    private static ClientKeys.Read read(String... keys) {
        return ClientKeys.read("{\"keys\":[{" + String.join("},{", keys) + "}]}");
    }

    private static ClientKeys good(String... keys) {
        ClientKeys.Read read = read(keys);
        assertThat(read).isInstanceOf(ClientKeys.Read.Good.class);
        return ((ClientKeys.Read.Good) read).keys();
    }

    private static String wrong(String... keys) {
        return read(keys) instanceof ClientKeys.Read.Wrong(String why) ? why : "taken";
    }

    @Test
    void keysAreWrittenAnewWithNothingButThemselves() {
        ClientKeys keys = good(
                "\"kid\":\"a\"," + EC + ",\"x5c\":[\"MII\"],\"x5u\":\"https://evil.example\"", "\"kid\":\"b\"," + ED);
        assertThat(keys.text())
                .isEqualTo("{\"keys\":[{\"crv\":\"P-256\",\"kid\":\"a\",\"kty\":\"EC\",\"use\":\"sig\",\"x\":\"" + X
                        + "\",\"y\":\"" + Y + "\"},{\"crv\":\"Ed25519\",\"kid\":\"b\",\"kty\":\"OKP\",\"use\":\"sig\","
                        + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}");
        assertThat(ClientKeys.read(keys.text())).isEqualTo(new ClientKeys.Read.Good(keys));
        assertThat(keys.thumbprints().getLast())
                .as("RFC 8037 A.3")
                .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
    void privatePartsAreRefused(String part) {
        assertThat(wrong("\"kid\":\"a\"," + EC + ",\"" + part + "\":\"AAAA\"")).contains("private parts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"use\":\"enc\" | not for signatures",
                "\"use\":1 | not for signatures",
                "\"key_ops\":[\"sign\"] | not for signatures",
                "\"key_ops\":\"verify\" | not for signatures",
                "\"alg\":\"RS256\" | no alg but ES256",
                "\"alg\":\"HS256\" | no alg but ES256",
                "\"alg\":\"none\" | no alg but ES256",
                "\"alg\":7 | no alg but ES256"
            })
    void keysForSomethingElseAreRefused(String member, String why) {
        assertThat(wrong("\"kid\":\"a\"," + EC + "," + member)).contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"use\":\"sig\"", "\"key_ops\":[\"verify\"]", "\"alg\":\"ES256\"", "\"ext\":true"})
    void whatSaysTheSameIsTaken(String member) {
        assertThat(good("\"kid\":\"a\"," + EC + "," + member).thumbprints()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"kid\":\"\",", "\"kid\":1,", "\"kid\":\"a b\",", "\"kid\":\"\\u0000\","})
    void everyKeyHasAName(String kid) {
        assertThat(wrong(kid + EC)).contains("needs a kid");
        assertThat(wrong("\"kid\":\"" + "a".repeat(256) + "\"," + EC)).contains("needs a kid");
    }

    @Test
    void noTwoHaveOneNameOrAreOneKey() {
        assertThat(wrong("\"kid\":\"a\"," + EC, "\"kid\":\"a\"," + ED)).contains("twice");
        assertThat(wrong("\"kid\":\"a\"," + EC, "\"kid\":\"b\"," + EC)).contains("twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kty\":\"oct\"",
                "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"",
                "\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"" + X + "\",\"y\":\"" + Y + "\"",
                "\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"" + X + "\",\"y\":\"" + Y + "\"",
                "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + X + "\"",
                "\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + X + "\"",
                "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"",
                "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"",
                "\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"",
                "\"kty\":\"RSA\",\"e\":\"AQAB\"",
                "\"kty\":\"unknown\""
            })
    void otherAndWeakKeysAreRefused(String key) {
        assertThat(wrong("\"kid\":\"a\"," + key)).contains("must be an RSA key");
    }

    /// What no factory refuses and no provider need take.
    @Test
    void anRsaModulusIsOdd() {
        byte[] even = new byte[256];
        even[0] = (byte) 0x80;
        String n = Base64.getUrlEncoder().withoutPadding().encodeToString(even);
        assertThat(wrong("\"kid\":\"a\",\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + n + "\""))
                .contains("must be an RSA key");
    }

    @Test
    void anRsaKeyIsNoLongerThanWorthChecking() throws JOSEException {
        String small = new RSAKeyGenerator(1024, true)
                .keyID("a")
                .generate()
                .toPublicJWK()
                .toString();
        assertThat(wrong(small.substring(1, small.length() - 1))).contains("2048 to 4096");
    }

    @Test
    void aSetIsBounded() throws JOSEException {
        assertThat(ClientKeys.read("{}")).isInstanceOf(ClientKeys.Read.Wrong.class);
        assertThat(ClientKeys.read("{\"keys\":[]}")).isInstanceOf(ClientKeys.Read.Wrong.class);
        assertThat(ClientKeys.read("{\"keys\":[1]}")).isInstanceOf(ClientKeys.Read.Wrong.class);
        assertThat(ClientKeys.read("[]")).isInstanceOf(ClientKeys.Read.Wrong.class);
        assertThat(ClientKeys.read("{\"keys\":[{" + EC + "}],\"keys\":[]}")).isInstanceOf(ClientKeys.Read.Wrong.class);
        String[] nine = new String[ClientKeys.MAX_KEYS + 1];
        for (int i = 0; i < nine.length; i++) {
            String key = new ECKeyGenerator(Curve.P_256)
                    .keyID("k" + i)
                    .generate()
                    .toPublicJWK()
                    .toString();
            nine[i] = key.substring(1, key.length() - 1);
        }
        assertThat(wrong(nine)).contains("1 to 8 keys");
        String long16 = "\"kid\":\"a\"," + EC + ",\"x5c\":[\"" + "A".repeat(ClientKeys.MAX_LENGTH) + "\"]";
        assertThat(wrong(long16)).contains("16384 characters");
    }
}
