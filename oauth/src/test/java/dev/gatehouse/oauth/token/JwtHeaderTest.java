package dev.gatehouse.oauth.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.oauth.Forger;
import dev.gatehouse.oauth.assertion.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The header of a token has three members and names a key of ours, and the whole is small (GAUNTLET E04, E05,
/// E06).
class JwtHeaderTest extends JwtAttackFixture {
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
}
