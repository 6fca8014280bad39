package dev.gatehouse.oauth.token;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.oauth.Forger;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A token is a JWS under the algorithm of its key, in one form (RFC 8725 section 3.1; GAUNTLET E01, E02, E03).
class JwtAlgorithmTest extends JwtAttackFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "none", "None", "nOnE", "NONE", "", "ES256 ", "es256", "ES384", "HS256", "PS384", "RS256 ", "ES256K"
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
}
